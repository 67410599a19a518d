/*
 * One end of a session's synchronisation: a sender of our object's states, a receiver of the peer's,
 * the fragments between them, and the shutdown that ends both.
 *
 * Hands out payloads, not datagrams: it has never heard of keys, sockets or addresses. What it has to
 * know of the path it is told with each call (struct link_timing).
 */
#ifndef SKUA_NET_TRANSPORT_TRANSPORT_H
#define SKUA_NET_TRANSPORT_TRANSPORT_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/trace.h"
#include "base/view.h"
#include "net/path/timing.h"
#include "net/transport/syncable.h"
#include "net/wire/instruction.h"

enum transport_role { TRANSPORT_CLIENT, TRANSPORT_SERVER };

struct transport_config {
    enum transport_role role;
    struct syncable outgoing, incoming;
    struct state first_outgoing, first_incoming; /* number 0 of each; references are taken over */
    struct hello hello;                          /* ours; version 0: say none */
    uint64_t seed;                               /* for chaff and jitter */
    const struct trace *trace;                   /* borrowed; NULL: none */
};

/* Figures for status lines and tests. */
struct transport_stats {
    uint64_t instructions_sent, instructions_received;
    uint64_t payloads_sent, payloads_received;
    uint64_t diff_bytes_sent;         /* before compression */
    uint64_t retransmissions;         /* instructions that repeat a state */
    uint64_t dropped[SKUA_ERR_COUNT]; /* payloads and instructions, by reason */
    uint32_t states_held;             /* received states kept */
    uint32_t states_outstanding;      /* sent states kept */
};

struct transport;

struct transport *transport_new(const struct transport_config *config, uint64_t now_ms);
void transport_free(struct transport *t);

/*
 * Take a payload that the link has authenticated.
 *
 * Returns  SKUA_OK when an instruction was taken in; SKUA_ERR_INCOMPLETE when more pieces are needed;
 *          else why it was dropped. Whatever the bytes, the transport stays usable.
 */
enum skua_err transport_receive(struct transport *t, struct view payload, uint64_t now_ms);

/* Our object is now this. The reference is taken over. Ignored once we are shutting down. */
void transport_publish(struct transport *t, struct state current, uint64_t now_ms);

/*
 * Whether what was published last waits for its time, so that nothing newer would be sent any earlier:
 * who has much to publish may say that there is more (touch), and publish before transport_next() once
 * this is false.
 */
bool transport_is_waiting(struct transport *t, const struct link_timing *timing, uint64_t now_ms);
void transport_touch(struct transport *t, uint64_t now_ms);

/*
 * Our object will not change again for now (the pty is drained and quiet): what was published need not
 * wait for more. Optional; without it output is collected for a few milliseconds.
 */
void transport_quiet(struct transport *t);

/*
 * The next payload that is due, if one is: out, whose maximum is that of a datagram, is cleared and
 * filled. Call until it returns false.
 * Nothing is due while timing->has_peer is false.
 */
bool transport_next(struct transport *t, const struct link_timing *timing, struct buf *out,
                    uint64_t now_ms);

/* The payload that transport_next() gave last never left this machine: its state is due again. */
void transport_unsent(struct transport *t, uint64_t now_ms);

/* When transport_next() has something to say, given nothing else happens. UINT64_MAX: never. */
uint64_t
transport_deadline_ms(struct transport *t, const struct link_timing *timing, uint64_t now_ms);

/* Say something at the next opportunity: the path changed, we woke up, the user is waiting. */
void transport_poke(struct transport *t, uint64_t now_ms);

/* The newest state of the peer: borrowed until the next receive; its number; when it came. */
const struct state *transport_newest(const struct transport *t);
uint64_t transport_newest_num(const struct transport *t);
uint64_t transport_newest_ms(const struct transport *t);

/*
 * Our states: the newest number sent, the newest acknowledged, and when that one was transmitted last
 * and first.
 */
uint64_t transport_sent_num(const struct transport *t);
uint64_t transport_acked_num(const struct transport *t);
uint64_t transport_acked_sent_ms(const struct transport *t);
uint64_t transport_acked_first_sent_ms(const struct transport *t);

/*
 * Whether, since last asked, something was acknowledged in small pieces that had gone unanswered in large
 * ones: datagrams of full size do not get through (link_note_black_hole()).
 */
bool transport_take_black_hole(struct transport *t);

/* Whether something of ours should be answered, or a sign of life is overdue. */
bool transport_awaits_answer(const struct transport *t);

/* How many repetitions in a row went unanswered: link_note_tries(). */
uint32_t transport_tries(const struct transport *t);

/* One of the ends has to pay for each packet: signs of life are as seldom as they can be. Stays. */
void transport_note_metered(struct transport *t);

/* For how long a healthy peer may be silent as things are. */
uint64_t transport_silence_ms(const struct transport *t, uint64_t now_ms);

/* What the peer said of itself; version 0 while it has said nothing. */
const struct hello *transport_peer_hello(const struct transport *t);

/*
 * Shutdown. Either end starts it; the other acknowledges; both then end.
 *   start      from now on every instruction has the shutdown number; publishing is over
 *   is_acked   the peer has acknowledged ours
 *   is_over    ours has been tried for as long as makes sense; give up
 *   is_asked   the peer has started one (an orderly end: leave when is_answered)
 *   is_answered  we have acknowledged the peer's often enough to leave
 */
void transport_shutdown(struct transport *t, uint64_t now_ms);
bool transport_is_shutting(const struct transport *t);
bool transport_is_acked(const struct transport *t);
bool transport_is_over(const struct transport *t, uint64_t now_ms);
bool transport_is_asked(const struct transport *t);
bool transport_is_answered(const struct transport *t, uint64_t now_ms);

const struct transport_stats *transport_stats(const struct transport *t);

#endif
