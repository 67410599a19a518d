/*
 * One end of a conversation of sealed datagrams: keys, sequence numbers, replay window, timestamps,
 * round-trip time, the peer's address and the paths to it. It hands payloads up and datagrams
 * down and knows nothing of what is in a payload.
 *
 * The server's link follows its peer: to the source of the newest authentic packet, and nowhere
 * else. The client's link never does; it sends to the server addresses it was made with, and
 * opens a new path (a new port of ours) when states go unanswered.
 */
#ifndef SKUA_NET_DATAGRAM_LINK_H
#define SKUA_NET_DATAGRAM_LINK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/addr.h"
#include "base/buf.h"
#include "base/err.h"
#include "base/view.h"
#include "net/crypto/key.h"
#include "net/datagram/arrival.h"
#include "net/path/path.h"
#include "net/path/race.h"
#include "net/path/timing.h"

#define LINK_DATAGRAM_MIN_BYTES 39   /* sequence, tag, timestamps, fragment header, one byte */
#define LINK_DATAGRAM_MAX_BYTES 2048 /* stock's receive buffer */
#define LINK_FRAGMENT_BYTES     10   /* a fragment's header: timing.piece_bytes leaves room */
#define LINK_DETACH_MS          40000
#define LINK_ANSWER_MS          3000
#define LINK_COPY_MAX_BYTES     600 /* a longer payload takes one path at a time */
#define LINK_SKIP_RANDOM_BYTES  5   /* 40 bits: docs/SECURITY.md, "Clones" */

struct link;

/* One address of the server, for the client's link. */
struct link_peer {
    struct addr addr;
    enum path_family family; /* of the socket that reaches it */
};

/* A payload that arrived. */
struct link_payload {
    struct view bytes; /* borrows from the scratch buffer given to link_receive() */
    bool newest;       /* its sequence is above all before it; old ones are to be processed too */
    bool moved;        /* server: the peer is at another address since this packet */
};

struct link_stats {
    uint64_t dropped[SKUA_ERR_COUNT]; /* datagrams refused by link_receive(), by reason */
    uint64_t packets_received;        /* authentic */
    uint64_t bytes_received;          /* their UDP payloads */
    uint64_t packets_old;             /* of these, not the newest when they came */
    uint64_t packets_marked;          /* of these, with congestion experienced */
    uint64_t packets_sent;            /* handed out and not reported unsent */
    uint64_t bytes_sent;
    uint64_t packets_unsent; /* refused by the OS */
    uint64_t refused;        /* hints that nobody listens at the peer's address */
    uint64_t moves; /* server: how often the peer's address changed, first contact included */
    uint64_t paths_opened; /* client: port hops and further addresses, the first path included */
    uint64_t rtt_samples;
    double srtt_ms; /* of the path in use; as rtt.h has it before the first sample */
    double rttvar_ms;
    uint32_t loss_permille; /* of what the peer sends, of late */
    uint32_t peer;          /* client: which of the server's addresses is in use */
};

/*
 * The client's end. Sends with PACKET_TO_SERVER; sequence numbers start at 0.
 *
 * key      Copied into the cipher; the caller may wipe it afterwards.
 * peers    1..RACE_PEERS_MAX addresses of the server, best first; copied, more are ignored.
 * Returns  NULL if the crypto library refuses (crypto_start() did not run, or its pool is full).
 */
struct link *link_new_client(const struct key *key, const struct link_peer *peers, size_t count,
                             uint64_t now_ms);

/*
 * The server's end. Sends with PACKET_TO_CLIENT; has no peer until one is heard.
 *
 * path, family  The one socket it has, under a number of the caller's choice, open already.
 * Returns       NULL as above.
 */
struct link *
link_new_server(const struct key *key, uint32_t path, enum path_family family, uint64_t now_ms);

/* Ends the link and wipes its keys. NULL is fine. */
void link_free(struct link *link);

/*
 * Take in a datagram.
 *
 * how      Where it came from. how->at_ms of 0, or later than now_ms, means now_ms.
 * scratch  Overwritten; payload->bytes borrows from it. Its maximum is at least
 *          LINK_DATAGRAM_MAX_BYTES.
 * payload  Written only on success.
 * Returns  SKUA_OK, also for an authentic packet that is old but was never seen: its payload
 *          counts,
 *          its timestamps, its source and its arrival do not. Else why it was dropped and counted:
 *          SKUA_ERR_TRUNCATED, SKUA_ERR_TOO_LARGE (length), SKUA_ERR_DIRECTION (sent by our own
 *          side), SKUA_ERR_REPLAYED (seen, or older than the window), SKUA_ERR_FORGED.
 *          A dropped datagram changes nothing but its counter.
 * Source   docs/PROTOCOL.md, "Packets" and "Roaming"; docs/SECURITY.md.
 */
enum skua_err link_receive(struct link *link, struct view datagram, const struct arrival *how,
                           struct buf *scratch, struct link_payload *payload, uint64_t now_ms);

/*
 * Seal one payload into a datagram for the current path.
 *
 * payload  At most timing.piece_bytes + LINK_FRAGMENT_BYTES to stay within the path's budget; up to
 *          PACKET_MAX_BYTES - PACKET_OVERHEAD_BYTES is taken.
 * out      Cleared first. Its maximum is at least LINK_DATAGRAM_MAX_BYTES.
 * how      Written on success: path, addresses, ECT(0).
 * Returns  SKUA_OK, and the datagram counts as sent until link_path_event() says PATH_UNSENT or
 *          PATH_TOO_BIG;
 *          SKUA_ERR_CLOSED without a peer or an open path;
 *          SKUA_ERR_FULL while an address that did not prove itself has had its allowance: treat it
 *          as unsent and wait for a packet;
 *          SKUA_ERR_EXHAUSTED when sequence numbers or the key's blocks are used up: for good;
 *          SKUA_ERR_TOO_LARGE, SKUA_ERR_SYSTEM.
 *
 * The server forgets its peer after a send more than LINK_DETACH_MS after it was last heard.
 */
enum skua_err link_send(struct link *link, struct view payload, struct buf *out,
                        struct departure *how, uint64_t now_ms);

/*
 * Something happened to a path. After PATH_UNSENT and PATH_TOO_BIG the last datagram handed out for
 * that path does not count as sent any more (timing.send_failures > 0 until one goes out), so the
 * session must not treat its payload as sent either; with PATH_TOO_BIG, piece_bytes shrank.
 * PATH_UP, PATH_DOWN also answer an order to open.
 */
void link_path_event(struct link *link, uint32_t path, enum path_event what, uint64_t now_ms);

/* The next path to open or close, until false. Always false at the server. Ask after every door. */
bool link_next_order(struct link *link, struct path_order *out, uint64_t now_ms);

/*
 * The clock jumped, the process was stopped, or the machine may be a copy of another: skip ahead so
 * that no sequence number is sealed twice, and take no round trip from before for a sample.
 *
 * random   At least LINK_SKIP_RANDOM_BYTES fresh bytes from the kernel; the step is 1 + 40 bits
 *          of it.
 * Source   docs/SECURITY.md, "Clones".
 */
void link_woke(struct link *link, struct view random, uint64_t now_ms);

/*
 * The session's view of acknowledgements, after the payload just received was processed: the
 * newest of our states that the peer holds was last transmitted at sent_ms. Keeps the client on
 * its path, or ends its search for one.
 */
void link_note_acked(struct link *link, uint64_t sent_ms, uint64_t now_ms);

/*
 * Nothing of ours waits for an acknowledgement now: a silence up to here, however long, was agreed on and
 * is no reason to hop ports. What is sent next has LINK_ANSWER_MS.
 */
void link_note_unasked(struct link *link, uint64_t now_ms);

/*
 * The payload just received acknowledged a state that was transmitted for the first time at
 * first_sent_ms. If that is after the peer's last move, and the packet came from there, the
 * address is proved and link_send() is not limited any more. Call it for every packet with such
 * an acknowledgement.
 *
 * Source   docs/SECURITY.md, "On-path": 3 times what was received and 16 KiB until then.
 */
void link_confirm_path(struct link *link, uint64_t first_sent_ms);

/*
 * So many repetitions in a row went unanswered by now; call it after each send. The client's link then
 * searches among the server's addresses (race_turn()), and stays where the first answer comes from.
 */
void link_note_tries(struct link *link, uint32_t tries, uint64_t now_ms);

/*
 * While a search is young: what was sent last once more, verbatim, by another path. Ask after each send,
 * and after each path event, until false.
 *
 * out, how  As link_send() has them; out is overwritten in any case.
 */
bool link_next_copy(struct link *link, struct buf *out, struct departure *how, uint64_t now_ms);

/* The client's user did something: another path may be worth a look. */
void link_note_active(struct link *link, uint64_t now_ms);

/*
 * Ask before each datagram: whether one is to be sent now though there is nothing to say. The next
 * link_send() sends it where it belongs (race_wants_packet()).
 *
 * is_calm  nothing of ours is unanswered
 */
bool link_wants_packet(struct link *link, bool is_calm, uint64_t now_ms);

/* Large datagrams go unanswered while small ones arrive: shrink as PATH_TOO_BIG does. */
void link_note_black_hole(struct link *link, uint64_t now_ms);

/* When link_next_order() may have something by time alone. UINT64_MAX: never. */
uint64_t link_deadline_ms(const struct link *link);

/* Whether there is an address to send to and a path to send on. */
bool link_has_peer(const struct link *link);

/* What the transport paces itself by. */
struct link_timing link_timing(const struct link *link, uint64_t now_ms);

/* Counters and figures. */
struct link_stats link_stats(const struct link *link);

#endif
