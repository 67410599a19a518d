/*
 * How often to say something when there is nothing to say: signs of life to a peer that is there, and
 * knocks at a path that looks dead.
 */
#ifndef SKUA_NET_TRANSPORT_CADENCE_H
#define SKUA_NET_TRANSPORT_CADENCE_H

#include <stdbool.h>
#include <stdint.h>

#include "net/path/timing.h"

#define CADENCE_HEARTBEAT_MS 3000

/*
 * Between ends that had nothing to say for a while, less often: a stock client shows "Last contact" after
 * 6500 ms without, a Skua client when this is over. Not where packets get lost or come late, unless the
 * link is metered: then it is as seldom as a NAT of 30 s allows, and soon.
 */
#define CADENCE_IDLE_MS         30000
#define CADENCE_IDLE_METERED_MS 5000
#define CADENCE_IDLE_STOCK_MS   6100
#define CADENCE_IDLE_SKUA_MS    10000
#define CADENCE_IDLE_SPARSE_MS  20000
#define CADENCE_IDLE_LOSS       5   /* of 1000 */
#define CADENCE_IDLE_JITTER_MS  200 /* by how much the timeout may be above a round trip */

/*
 * By how much a server then waits longer than a client that is ours: it answers the client's sign of life,
 * unless that is lost. If the two crossed, both would be without an answer.
 */
#define CADENCE_IDLE_APART_MS 300

/*
 * Acknowledgements that carry nothing else are kept so far apart: as far as stock's where nothing gets
 * lost; less where the peer may have losses to learn of, or sends so much that its window waits for us.
 */
#define CADENCE_ACK_MS         100
#define CADENCE_ACK_SOON_MS    60
#define CADENCE_ACK_LOSSY      5 /* of 1000 */
#define CADENCE_ACK_BULK_BYTES 600

/*
 * Into a path that looks dead the smallest packet that a Skua peer answers leaves this often, so that a
 * path that comes back is noticed within 300 ms, at less than 3 kbit/s with all headers. After a while
 * in silence less often. To a stock peer a packet must say something, and is larger.
 */
#define CADENCE_DEAD_MS        288
#define CADENCE_DEAD_LONG_MS   1100
#define CADENCE_DEAD_LONGER_MS 3000
#define CADENCE_LONG_MS        120000
#define CADENCE_LONGER_MS      600000

/* So many copies, at most, of what is small, that no more than this many of 1000 are lost in all of them. */
#define CADENCE_COPIES_MAX   5
#define CADENCE_COPY_RESIDUE 5

/* Whom the signs of life are for. */
struct cadence {
    bool peer_is_skua; /* it has no notice that comes too early */
    bool is_metered;   /* one of the ends has to pay for each packet */
};

/* From one sign of life to the next, when neither end has said anything for idle_ms. */
uint64_t cadence_heartbeat_ms(const struct cadence *c, const struct link_timing *timing,
                              uint64_t idle_ms, bool is_answer);

/* The longest that a healthy peer is silent then. */
uint64_t cadence_silence_ms(const struct cadence *c, uint64_t idle_ms);

/* From one acknowledgement that carries nothing else to the next. */
uint64_t cadence_ack_spacing_ms(const struct link_timing *timing);

/* From one knock to the next, when nothing was heard for silent_ms. */
uint64_t cadence_dead_ms(uint64_t silent_ms, bool peer_is_skua);

/* How many copies bring what is lost altogether, when loss of 1000 are, down to the residue. */
uint32_t cadence_copies(uint64_t loss);

#endif
