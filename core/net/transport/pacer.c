/*
 * Each reason to send has a time; the earliest counts. They follow from what was noted: asking twice
 * changes nothing.
 *
 * A repetition is due when the newest state is not assumed to have arrived; each that goes unanswered
 * doubles the time to the next, with jitter. When several did and nothing else was heard, the path looks
 * dead: the sender then says little, until one packet proves life and the whole is due at once.
 */
#include "net/transport/pacer.h"

#include "net/transport/cadence.h"

#define NEVER             UINT64_MAX
#define TRIES_SHIFT_MAX   6
#define REPEATS_SHIFT_MAX 4
#define REPEAT_MAX_MS     1000
#define UNSENT_SHIFT_MAX  10
#define UNSENT_MAX_MS     1000
#define LEAST_BYTES       150 /* of a datagram with its headers; with less allowance none is sent */

static uint64_t
max_of(uint64_t a, uint64_t b)
{
    return a > b ? a : b;
}

static uint64_t
min_of(uint64_t a, uint64_t b)
{
    return a < b ? a : b;
}

void
pacer_init(struct pacer *p, bool is_client, uint64_t seed)
{
    *p =
        (struct pacer){ .is_client = is_client, .random = seed, .copy_ms = NEVER, .ack_ms = NEVER };
    bucket_init(&p->bucket, is_client ? PACER_CLIENT_BURST : PACER_SERVER_BURST,
                PACER_CLIENT_STEP_MS);
}

uint64_t
pacer_window_ms(const struct link_timing *timing, bool peer_is_skua)
{
    if (!timing->has_heard)
        return PACER_FIRST_RETRY_MS;
    uint64_t slack_ms = peer_is_skua ? cadence_ack_spacing_ms(timing) : PACER_ACK_SLACK_STOCK_MS;
    return timing->rto_ms + slack_ms;
}

/* Time from one repetition to the next. */
static uint64_t
backoff_ms(const struct pacer *p, const struct pacer_facts *facts, const struct link_timing *timing,
           uint64_t window_ms, uint64_t now_ms)
{
    unsigned shift = p->tries < TRIES_SHIFT_MAX ? p->tries : TRIES_SHIFT_MAX;
    uint64_t cap = max_of(PACER_RETRY_MAX_MS, 2 * window_ms);
    uint64_t ms = min_of(window_ms << shift, cap), jitter = p->jitter;
    uint64_t since_ms = max_of(timing->last_heard_ms, p->first_try_ms);
    if (p->is_dead && timing->has_heard) {
        ms = cadence_dead_ms(now_ms - min_of(now_ms, since_ms), facts->cadence.peer_is_skua);
        jitter /= 4; /* what is this small does not hurt in step */
    }
    return ms + ms * jitter / 1024;
}

/* When the bucket has a token. */
static uint64_t
token_ms(const struct pacer *p, const struct link_timing *timing, uint64_t now_ms)
{
    uint64_t due = bucket_due_ms(&p->bucket, now_ms);
    return due > now_ms && p->is_client ? max_of(due, p->last_data_ms + timing->send_interval_ms)
                                        : due;
}

static uint64_t
collected_ms(const struct pacer *p, uint64_t now_ms)
{
    if (p->is_client || !p->has_change)
        return now_ms;
    uint64_t due = p->first_change_ms + PACER_COLLECT_MS;
    if (p->has_input && now_ms - p->last_input_ms < PACER_RECENT_MS)
        return min_of(due, p->last_change_ms + PACER_QUIET_MS);
    return max_of(due, p->last_data_ms + max_of(p->interval_ms, PACER_FLOW_MS));
}

static uint64_t
fresh_ms(const struct pacer *p, const struct pacer_facts *facts, const struct link_timing *timing,
         uint64_t window_ms, uint64_t now_ms)
{
    if (!facts->fresh || (facts->is_full && !p->is_client && !p->is_revived))
        return NEVER;
    uint64_t due = max_of(collected_ms(p, now_ms), token_ms(p, timing, now_ms));
    if (p->is_dead && !p->is_revived) {
        uint64_t wait = backoff_ms(p, facts, timing, window_ms, now_ms);
        bool is_input = p->is_client && !facts->cadence.peer_is_skua;
        due = max_of(due, is_input ? p->last_sent_ms + min_of(wait, PACER_DEAD_INPUT_MS)
                                   : p->last_try_ms + wait);
    }
    return max_of(due, p->data_blocked_ms);
}

static uint64_t
retry_ms(const struct pacer *p, const struct pacer_facts *facts, const struct link_timing *timing,
         uint64_t window_ms, uint64_t now_ms)
{
    if (!facts->outstanding)
        return NEVER;
    if (p->is_revived)
        return max_of(now_ms, p->data_blocked_ms);
    uint64_t interval = min_of(timing->send_interval_ms, window_ms);
    uint64_t due = max_of(facts->assumed_until_ms, p->last_data_ms + interval);
    if (p->tries > 0)
        due = max_of(p->is_dead ? 0 : facts->assumed_until_ms,
                     p->last_try_ms + backoff_ms(p, facts, timing, window_ms, now_ms));
    return max_of(due, p->data_blocked_ms);
}

static uint64_t
heartbeat_ms(const struct pacer *p, const struct pacer_facts *facts,
             const struct link_timing *timing, uint64_t now_ms)
{
    bool is_answer = !p->is_client && facts->cadence.peer_is_skua;
    uint64_t every_ms =
        cadence_heartbeat_ms(&facts->cadence, timing, pacer_idle_ms(p, now_ms), is_answer);
    return p->any_sent ? p->last_new_ms + every_ms : now_ms;
}

/*
 * A server is never silent for longer than a heartbeat. The client asks: it is the end that moves, and
 * the end that a firewall's memory depends on.
 */
static uint64_t
probe_ms(const struct pacer *p, const struct pacer_facts *facts, const struct link_timing *timing,
         uint64_t window_ms, uint64_t now_ms)
{
    if (facts->outstanding || facts->fresh || !p->is_client || !timing->has_heard)
        return NEVER;
    uint64_t due = timing->last_heard_ms +
                   cadence_silence_ms(&facts->cadence, pacer_idle_ms(p, now_ms)) + window_ms;
    if (p->tries == 0)
        return due;
    return max_of(due, p->last_try_ms + backoff_ms(p, facts, timing, window_ms, now_ms));
}

static uint64_t
shutdown_ms(const struct pacer *p, const struct pacer_facts *facts, uint64_t now_ms)
{
    if (facts->is_acked)
        return p->ack_ms; /* the peer is shutting down too */
    if (p->shutdowns == 0)
        return now_ms;
    unsigned shift = p->shutdowns < TRIES_SHIFT_MAX ? p->shutdowns - 1 : TRIES_SHIFT_MAX;
    uint64_t due =
        p->last_sent_ms + min_of((uint64_t)PACER_SHUTDOWN_FIRST_MS << shift, PACER_SHUTDOWN_MAX_MS);
    return min_of(due, p->ack_ms);
}

/* The user is shown how old the newest answer is: after a silence the client asks for a new one. */
static void
ask_anew(struct pacer *p, bool was_silent)
{
    if (was_silent && p->is_client)
        p->is_poked = true;
}

/* Something was heard since the last question: what does that change? */
static void
refresh(struct pacer *p, const struct pacer_facts *facts, const struct link_timing *timing,
        uint64_t window_ms, uint64_t now_ms)
{
    uint64_t silent_ms = timing->last_heard_ms - p->heard_ms;
    uint64_t step_ms = p->is_client ? PACER_CLIENT_STEP_MS : max_of(timing->send_interval_ms, 1);
    bucket_set_step(&p->bucket, step_ms, now_ms);
    p->interval_ms = timing->send_interval_ms;
    p->spacing_ms = cadence_ack_spacing_ms(timing);
    p->heard_ms = timing->last_heard_ms;
    if (p->tries == 0 || !timing->has_heard || timing->last_heard_ms < p->last_try_ms)
        return;
    bool was_silent = silent_ms >= PACER_SILENCE_MS && silent_ms >= 2 * window_ms;
    if (p->is_dead || was_silent || !facts->outstanding) {
        p->is_revived = p->is_dead || was_silent;
        p->is_dead = false;
        p->tries = 0;
        ask_anew(p, p->is_revived);
    }
}

struct choice {
    uint64_t ms;
    enum pacer_what what;
};

static void
consider(struct choice *c, enum pacer_what what, uint64_t ms, uint64_t now_ms)
{
    if (ms == NEVER)
        return;
    ms = max_of(ms, now_ms);
    if (ms < c->ms)
        *c = (struct choice){ .ms = ms, .what = what };
}

static struct choice
choose(const struct pacer *p, const struct pacer_facts *facts, const struct link_timing *timing,
       uint64_t window_ms, uint64_t now_ms)
{
    struct choice c = { .ms = NEVER };
    if (p->is_shutting) {
        consider(&c, PACER_SHUTDOWN, shutdown_ms(p, facts, now_ms), now_ms);
        return c;
    }
    if (p->is_poked) {
        enum pacer_what what = facts->fresh         ? PACER_FRESH
                               : facts->outstanding ? PACER_RETRY
                                                    : PACER_PROBE;
        consider(&c, what, max_of(now_ms, p->data_blocked_ms), now_ms);
    }
    consider(&c, PACER_FRESH, fresh_ms(p, facts, timing, window_ms, now_ms), now_ms);
    consider(&c, PACER_RETRY, retry_ms(p, facts, timing, window_ms, now_ms), now_ms);
    consider(&c, PACER_PROBE, probe_ms(p, facts, timing, window_ms, now_ms), now_ms);
    if (facts->outstanding)
        consider(&c, PACER_COPY, p->copy_ms, now_ms);
    consider(&c, PACER_ACK, p->ack_ms, now_ms);
    if (!p->is_dead || !facts->cadence.peer_is_skua) /* else pings do */
        consider(&c, PACER_HEARTBEAT, heartbeat_ms(p, facts, timing, now_ms), now_ms);
    return c;
}

uint64_t
pacer_due_ms(struct pacer *p, const struct pacer_facts *facts, const struct link_timing *timing,
             uint64_t window_ms, enum pacer_what *what, uint64_t now_ms)
{
    *what = PACER_NOTHING;
    if (!timing->has_peer || timing->allowance_bytes < LEAST_BYTES)
        return NEVER;
    refresh(p, facts, timing, window_ms, now_ms);
    struct choice c = choose(p, facts, timing, window_ms, now_ms);
    if (c.what == PACER_NOTHING)
        return NEVER;
    if (p->was_unsent) {
        unsigned shift = p->unsent < UNSENT_SHIFT_MAX ? p->unsent : UNSENT_SHIFT_MAX;
        uint64_t hold = min_of(UINT64_C(1) << shift, UNSENT_MAX_MS);
        c.ms = max_of(c.ms, p->unsent_ms + hold);
    }
    *what = c.what;
    return c.ms;
}

void
pacer_note_change(struct pacer *p, uint64_t now_ms)
{
    if (!p->has_change)
        p->first_change_ms = now_ms;
    p->has_change = true;
    p->last_change_ms = now_ms;
}

void
pacer_note_quiet(struct pacer *p)
{
    p->has_change = false;
}

void
pacer_note_blocked(struct pacer *p, uint64_t until_ms)
{
    p->data_blocked_ms = until_ms;
    p->is_poked = false;
}

void
pacer_note_state(struct pacer *p, size_t diff_bytes, bool urgent, uint64_t now_ms)
{
    p->repeats = 0;
    if (urgent)
        p->ack_ms = now_ms;
    if (diff_bytes == 0)
        return;
    uint64_t apart = diff_bytes >= CADENCE_ACK_BULK_BYTES ? CADENCE_ACK_SOON_MS : p->spacing_ms;
    uint64_t due = max_of(now_ms + PACER_ACK_DELAY_MS, p->last_pure_ack_ms + apart);
    p->ack_ms = min_of(p->ack_ms, due);
    p->has_input = true;
    p->last_input_ms = now_ms;
    /* Whatever the output before cost: the frame that answers this input may go at once. */
    bucket_grant(&p->bucket);
}

void
pacer_note_repeat(struct pacer *p, uint64_t now_ms)
{
    uint64_t wait = min_of(p->interval_ms << p->repeats, REPEAT_MAX_MS);
    if (p->ack_ms == NEVER && p->repeats < REPEATS_SHIFT_MAX)
        p->repeats++;
    p->ack_ms = min_of(p->ack_ms, max_of(now_ms, p->last_ack_ms + wait));
}

void
pacer_note_progress(struct pacer *p)
{
    if (p->tries == 0)
        p->loss -= (p->loss + 31) / 32;
    ask_anew(p, p->is_dead);
    p->tries = 0;
    p->data_blocked_ms = 0;
    p->is_revived = p->is_dead; /* and what went into the silence is due at once */
    p->is_dead = false;
}

/* xorshift64*: good enough for jitter, and the same on every run. */
static uint32_t
next_random(struct pacer *p)
{
    uint64_t x = p->random != 0 ? p->random : 1;
    x ^= x >> 12;
    x ^= x << 25;
    x ^= x >> 27;
    p->random = x;
    return (uint32_t)(x * UINT64_C(2685821657736338717) >> 32);
}

static void
note_try(struct pacer *p, const struct pacer_sent *sent, const struct link_timing *timing,
         uint64_t now_ms)
{
    if (p->tries == 0)
        p->first_try_ms = now_ms;
    if (sent->what == PACER_RETRY && !p->is_dead)
        p->loss += (1000 - p->loss) / 16;
    p->tries++;
    p->last_try_ms = now_ms;
    p->jitter = next_random(p) % 128;
    bool heard = timing->has_heard && timing->last_heard_ms >= p->first_try_ms &&
                 now_ms < timing->last_heard_ms + CADENCE_HEARTBEAT_MS + timing->rto_ms;
    p->is_dead = p->tries >= PACER_DEAD_TRIES && !heard;
}

static void
plan_copy(struct pacer *p, uint64_t now_ms)
{
    uint64_t wait = PACER_COPY_FIRST_MS + (uint64_t)p->copies * PACER_COPY_STEP_MS;
    p->copy_ms = p->copies < p->copies_wanted ? now_ms + wait : NEVER;
}

static void
note_data(struct pacer *p, const struct pacer_sent *sent, const struct link_timing *timing,
          uint64_t now_ms)
{
    uint64_t tokens = p->is_client ? 1 + sent->diff_bytes / PACER_TOKEN_BYTES : 1;
    bucket_take(&p->bucket, tokens, now_ms);
    p->last_data_ms = now_ms;
    p->has_change = p->is_revived = false;
    bool can_repeat = sent->diff_bytes <= PACER_COPY_MAX_BYTES && !p->is_dead;
    uint64_t loss = timing->loss_permille; /* that we repeat may have other reasons than loss */
    if (sent->what == PACER_FRESH)
        loss = max_of(loss, p->loss);
    p->copies = 0;
    p->copies_wanted = can_repeat ? cadence_copies(loss) : 0;
    plan_copy(p, now_ms);
}

static void
note_ack(struct pacer *p, const struct pacer_sent *sent, uint64_t now_ms)
{
    p->last_ack_ms = now_ms;
    p->ack_ms = NEVER;
    if (sent->what == PACER_ACK)
        p->last_pure_ack_ms = now_ms;
    if (!p->is_asked)
        return;
    p->answers++;
    if (p->answers < PACER_ANSWERS)
        p->ack_ms = now_ms + PACER_ANSWER_SPACING_MS;
    else if (p->answers == PACER_ANSWERS)
        p->answered_ms = now_ms + 1; /* the next look at the clock finds us done */
}

void
pacer_note_sent(struct pacer *p, const struct pacer_sent *sent, const struct link_timing *timing,
                uint64_t now_ms)
{
    if (!p->was_unsent)
        p->unsent = 0;
    p->was_unsent = p->is_poked = false;
    p->any_sent = true;
    p->last_sent_ms = now_ms;
    if (sent->is_new)
        p->last_new_ms = now_ms;
    if (sent->what == PACER_COPY) {
        p->copies++;
        plan_copy(p, now_ms);
    }
    if (sent->what == PACER_RETRY || sent->what == PACER_PROBE ||
        (sent->what == PACER_FRESH && p->tries > 0))
        note_try(p, sent, timing, now_ms);
    if (sent->is_data)
        note_data(p, sent, timing, now_ms);
    if (sent->what == PACER_SHUTDOWN)
        p->shutdowns++;
    if (sent->has_ack)
        note_ack(p, sent, now_ms);
}

void
pacer_note_no_copy(struct pacer *p)
{
    p->copy_ms = NEVER;
}

void
pacer_note_unsent(struct pacer *p, uint64_t now_ms)
{
    p->unsent++;
    p->was_unsent = true;
    p->unsent_ms = now_ms;
    p->is_poked = true;
}

bool
pacer_is_in_vain(const struct pacer *p, const struct link_timing *timing)
{
    return p->tries >=
           (timing->loss_permille >= PACER_VAIN_LOSS ? PACER_VAIN_LOSS_TRIES : PACER_VAIN_TRIES);
}

void
pacer_poke(struct pacer *p)
{
    p->is_poked = true;
    p->was_unsent = false;
    p->unsent = 0;
}

void
pacer_shutdown(struct pacer *p, uint64_t now_ms)
{
    if (p->is_shutting)
        return;
    p->is_shutting = true;
    p->shutdown_ms = now_ms;
}

void
pacer_note_asked(struct pacer *p, uint64_t now_ms)
{
    if (p->is_asked)
        return;
    p->is_asked = true;
    p->asked_ms = now_ms;
    p->ack_ms = now_ms;
}

static uint64_t
over_ms(const struct pacer *p)
{
    bool is_away = !p->is_client && p->heard_ms < p->shutdown_ms;
    return p->shutdown_ms + (is_away ? PACER_SHUTDOWN_SILENT_MS : PACER_SHUTDOWN_OVER_MS);
}

uint64_t
pacer_end_ms(const struct pacer *p)
{
    uint64_t over = p->is_shutting ? over_ms(p) : NEVER;
    uint64_t answered = p->is_asked ? p->asked_ms + PACER_LINGER_MS : NEVER;
    if (p->is_client && p->answers >= PACER_ANSWERS)
        answered = p->answered_ms;
    return min_of(over, answered);
}

bool
pacer_is_over(const struct pacer *p, uint64_t now_ms)
{
    return p->is_shutting && now_ms >= over_ms(p);
}

/*
 * A server that asked is ending whether it is answered or not, and somebody waits for the client's
 * prompt: it answers a few times and goes. A client that asked would tell of an unclean end, and nobody
 * waits for the server: it stays to answer repeats.
 */
bool
pacer_is_answered(const struct pacer *p, uint64_t now_ms)
{
    if (!p->is_asked)
        return false;
    return (p->is_client && p->answers >= PACER_ANSWERS) || now_ms - p->asked_ms >= PACER_LINGER_MS;
}
