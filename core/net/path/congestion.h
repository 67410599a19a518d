/*
 * How many bytes may be under way at once. A window that grows while the path delivers them as they
 * come, and shrinks when they are lost, when a router marks them, or when they begin to wait in a queue:
 * what waits there is what the user waits for.
 *
 * A mark is a delay here: the peer adds half a second to the round trip that it tells of
 * (docs/PROTOCOL.md, "Timestamps").
 */
#ifndef SKUA_NET_PATH_CONGESTION_H
#define SKUA_NET_PATH_CONGESTION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define CONGESTION_DATAGRAM_BYTES 1280 /* with headers: what the window counts in */
#define CONGESTION_START_BYTES    (4 * CONGESTION_DATAGRAM_BYTES) /* RFC 3390 */
#define CONGESTION_MIN_BYTES      CONGESTION_DATAGRAM_BYTES
#define CONGESTION_MAX_BYTES      (256 * CONGESTION_DATAGRAM_BYTES)

/* Waiting that is aimed at, and from where on the window shrinks at once. RFC 6817 aims at 100. */
#define CONGESTION_TARGET_MS 25
#define CONGESTION_LIMIT_MS  50

/*
 * The shortest round trip is that of the last one or two such spells. So a queue that is not ours, which
 * stays whatever we do, is taken for a part of the path in the end.
 */
#define CONGESTION_BASE_MS 10000

/* The least of so many round trips counts, so that jitter does not look like a queue. RFC 6817, 3.4.2. */
#define CONGESTION_SAMPLES 3

struct congestion {
    double window_bytes;
    uint64_t sent_bytes, acked_bytes; /* since the start; between them is what is under way */
    bool has_shrunk;                  /* until then the window doubles in a round trip */
    bool was_full; /* since the last acknowledgement: more would have been sent */
    uint64_t shrunk_ms;

    bool has_base;
    uint64_t base_ms, before_ms; /* shortest round trips of this spell and the one before */
    uint64_t spell_ms;           /* when this one began */
    uint64_t newest_ms[CONGESTION_SAMPLES]; /* round trips, the newest last */
};

void congestion_init(struct congestion *c);

/* So many bytes left. Returns what to give to congestion_note_acked() when they have arrived. */
uint64_t congestion_note_sent(struct congestion *c, size_t bytes);

/* Everything up to this mark has arrived, or is lost for certain. */
void congestion_note_acked(struct congestion *c, uint64_t mark);

/* What was sent took rtt_ms, there and back. After congestion_note_acked(). */
void congestion_note_rtt(struct congestion *c, uint64_t rtt_ms, uint64_t now_ms);

/* Something of what was sent seems lost. srtt_ms: it shrinks once in so long. */
void congestion_note_loss(struct congestion *c, uint64_t srtt_ms, uint64_t now_ms);

/* Whether more may be sent, beyond the window by so many bytes. Asking notes that one would. */
bool congestion_has_room(struct congestion *c, size_t beyond_bytes);

#endif
