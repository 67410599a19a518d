/*
 * When to send, and why. The pacer knows times and counts only; what the sender has to say it is told
 * with each question.
 *
 * Stock's rules are kept where stock depends on them: a heartbeat with a new number every 3 s, data
 * acknowledged within 100 ms. Where one end may do better alone, it does: docs/PROTOCOL.md, "What one
 * end can do".
 */
#ifndef SKUA_NET_TRANSPORT_PACER_H
#define SKUA_NET_TRANSPORT_PACER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "net/path/timing.h"
#include "net/transport/bucket.h"
#include "net/transport/cadence.h"

/*
 * A server waits this long for more output after the first change; after recent input only until the
 * program is quiet for a moment.
 */
#define PACER_COLLECT_MS 8
#define PACER_QUIET_MS   1
#define PACER_RECENT_MS  500

/*
 * Output that goes on while nobody types is shown at most this often, or once a send interval if that is
 * longer: 33 frames a second look as fluent as 50, and a line more in each costs less than one more frame.
 */
#define PACER_FLOW_MS 30

/*
 * Data is acknowledged this soon if nothing carries the acknowledgement before; how far those are kept
 * apart that carry nothing else: cadence_ack_spacing_ms(). The timestamps of a packet allow for the
 * time that it was held.
 */
#define PACER_ACK_DELAY_MS 20

/* How much longer than a round trip an acknowledgement may take to come: from stock, from ours. */
#define PACER_ACK_SLACK_STOCK_MS 100

/* The first state is repeated after 100 ms, 200 ms, ... while nothing at all was heard. */
#define PACER_FIRST_RETRY_MS 100

/* Repetitions back off from one retransmission timeout to this, or to two timeouts if that is more. */
#define PACER_RETRY_MAX_MS 1000

/* So many in a row unanswered, and nothing heard meanwhile: the path looks dead. */
#define PACER_DEAD_TRIES 3

/* Repetitions that went unanswered before the size of what is sent is suspected; and on a bad path. */
#define PACER_VAIN_TRIES      1
#define PACER_VAIN_LOSS_TRIES 3
#define PACER_VAIN_LOSS       50 /* of 1000 */

/* A stock peer gets input at most this often while the path looks dead. */
#define PACER_DEAD_INPUT_MS 400

/* Who was silent for this long, and is heard again, may have missed what was repeated meanwhile. */
#define PACER_SILENCE_MS 1000

/* Token bucket: packets that may go at once, and how fast they come back (a server's: one a frame). */
#define PACER_CLIENT_BURST   50
#define PACER_CLIENT_STEP_MS 10
#define PACER_SERVER_BURST   3
#define PACER_TOKEN_BYTES    600 /* of a diff, at a client */

/*
 * What is small is sent several times over when much gets lost: cadence_copies(). Not all at once, for
 * losses come in bursts; and not if the acknowledgement comes first.
 */
#define PACER_COPY_FIRST_MS  6
#define PACER_COPY_STEP_MS   5 /* each waits so much longer than the one before */
#define PACER_COPY_MAX_BYTES 300

/* Shutdown is repeated after 100 ms, 200 ms, ... up to once a second, for 10 s. */
#define PACER_SHUTDOWN_FIRST_MS 100
#define PACER_SHUTDOWN_MAX_MS   1000
#define PACER_SHUTDOWN_OVER_MS  10000

/* A server waits longer for a client that was not heard since: it shall learn that the session ended. */
#define PACER_SHUTDOWN_SILENT_MS 60000

/* The peer's shutdown is answered so often unasked, and repeats of it for so long. */
#define PACER_ANSWERS           3
#define PACER_ANSWER_SPACING_MS 20
#define PACER_LINGER_MS         2000

/* Why something is due; the first of several that are. */
enum pacer_what {
    PACER_NOTHING,
    PACER_SHUTDOWN,  /* the last state */
    PACER_FRESH,     /* our object changed since the newest state sent */
    PACER_RETRY,     /* a change seems not to have arrived */
    PACER_PROBE,     /* nothing to say, but an answer is wanted */
    PACER_COPY,      /* the same packet once more, before anything is known of it */
    PACER_ACK,       /* the peer waits for an acknowledgement */
    PACER_HEARTBEAT, /* too long silent */
};

/* What the sender knows when it asks. */
struct pacer_facts {
    bool fresh;                /* our object differs from the newest state sent */
    bool outstanding;          /* the peer is not known to hold the newest state sent */
    uint64_t assumed_until_ms; /* from when on it is not assumed to */
    bool is_acked;             /* our shutdown is acknowledged */
    struct cadence cadence;    /* a Skua peer answers what it knows already */
    bool is_full;              /* as much is under way as the path should hold */
};

struct pacer {
    bool is_client;
    uint64_t random;

    bool has_change; /* the times below are of a change that was not sent */
    uint64_t first_change_ms, last_change_ms;
    uint64_t data_blocked_ms; /* no diff before this: the last one did not fit */
    struct bucket bucket;
    uint64_t interval_ms; /* the send interval, and when something was heard, as of then */
    uint64_t heard_ms;
    uint64_t spacing_ms; /* of acknowledgements, as of then */

    bool any_sent;
    uint64_t last_sent_ms; /* anything */
    uint64_t last_new_ms;  /* with a new number: what a stock peer takes for a sign of life */
    uint64_t last_data_ms;

    uint32_t tries; /* unanswered repetitions and probes in a row */
    uint64_t first_try_ms, last_try_ms;
    uint32_t jitter;  /* of the next, in 1/1024 */
    bool is_dead;     /* the path looks dead */
    bool is_revived;  /* it did, and was heard from */
    uint32_t loss;    /* of 1000, smoothed: of what was repeated */
    uint64_t copy_ms; /* UINT64_MAX: none */
    uint32_t copies, copies_wanted;

    uint64_t ack_ms; /* when an acknowledgement is due; UINT64_MAX: none is owed */
    uint64_t last_ack_ms, last_pure_ack_ms, last_input_ms;
    uint32_t repeats; /* duplicates answered since the last new state */
    bool has_input;

    bool is_poked;
    uint32_t unsent; /* in a row */
    bool was_unsent; /* the last one was */
    uint64_t unsent_ms;

    bool is_shutting, is_asked;
    uint64_t shutdown_ms, asked_ms, answered_ms; /* the last: all answers are out */
    uint32_t shutdowns, answers;
};

/* At `now_ms` nothing was sent, and something is due as soon as there is a peer. */
void pacer_init(struct pacer *p, bool is_client, uint64_t seed);

/*
 * When something is due, and what. Not before now_ms; UINT64_MAX and PACER_NOTHING: never, if nothing
 * happens.
 */
uint64_t
pacer_due_ms(struct pacer *p, const struct pacer_facts *facts, const struct link_timing *timing,
             uint64_t window_ms, enum pacer_what *what, uint64_t now_ms);

/* How long a state may be expected to arrive and be acknowledged, from its transmission on. */
uint64_t pacer_window_ms(const struct link_timing *timing, bool peer_is_skua);

/* For how long neither end has said anything. */
static inline uint64_t
pacer_idle_ms(const struct pacer *p, uint64_t now_ms)
{
    uint64_t last_ms = p->last_data_ms > p->last_input_ms ? p->last_data_ms : p->last_input_ms;
    return now_ms > last_ms ? now_ms - last_ms : 0;
}

/* Our object changed; it will not change any more for now. */
void pacer_note_change(struct pacer *p, uint64_t now_ms);
void pacer_note_quiet(struct pacer *p);

/* What changed can't be said now: not before until_ms, or the next acknowledgement of something. */
void pacer_note_blocked(struct pacer *p, uint64_t until_ms);

/*
 * A new newest state of the peer. One that came with a diff wants an acknowledgement soon, an urgent one
 * at once, others with whatever is sent next.
 */
void pacer_note_state(struct pacer *p, size_t diff_bytes, bool urgent, uint64_t now_ms);

/*
 * A state that the peer would not have sent if it had our acknowledgement: answered at once, but with
 * a send interval between two answers, and more when they keep coming.
 */
void pacer_note_repeat(struct pacer *p, uint64_t now_ms);

/* The peer holds a newer state of ours than we knew. */
void pacer_note_progress(struct pacer *p);

/*
 * Something was sent: what it was, whether under a new number, whether with a diff of diff_bytes that
 * the peer acknowledges, and whether the acknowledgement in it is up to date.
 */
struct pacer_sent {
    enum pacer_what what;
    bool is_new, is_data, has_ack;
    size_t diff_bytes;
};
void pacer_note_sent(struct pacer *p, const struct pacer_sent *sent,
                     const struct link_timing *timing, uint64_t now_ms);

/* A copy was due and cannot be made any more. */
void pacer_note_no_copy(struct pacer *p);

/* It did not leave this machine. */
void pacer_note_unsent(struct pacer *p, uint64_t now_ms);

/*
 * Whether so many repetitions went unanswered that something other than bad luck may be wrong: with what
 * was sent, or with the path.
 */
bool pacer_is_in_vain(const struct pacer *p, const struct link_timing *timing);

/* Whether input came after the last frame. */
static inline bool
pacer_owes_answer(const struct pacer *p)
{
    return p->has_input && p->last_input_ms >= p->last_data_ms;
}

/* Say something now. */
void pacer_poke(struct pacer *p);

/* Ours starts; the peer's has arrived. */
void pacer_shutdown(struct pacer *p, uint64_t now_ms);
void pacer_note_asked(struct pacer *p, uint64_t now_ms);

/* When the two below may become true by time alone. UINT64_MAX: never. */
uint64_t pacer_end_ms(const struct pacer *p);

/* Ours was tried for long enough; the peer's was answered often enough. */
bool pacer_is_over(const struct pacer *p, uint64_t now_ms);
bool pacer_is_answered(const struct pacer *p, uint64_t now_ms);

#endif
