/*
 * Every new number carries our whole object: one state never takes back what a lower number said. A
 * stock server depends on that, which delivers the newest state as an extension of the one before.
 *
 * Repetitions get new numbers, because stock acknowledges a number once: if the acknowledgement was
 * what got lost, a repeated number would never be answered. The exceptions are a large instruction,
 * whose lost fragments a verbatim repetition fills in, and copies sent on suspicion.
 */
#include "net/transport/sender.h"

#include <stdlib.h>

#include "base/mem.h"
#include "net/transport/chaff.h"
#include "net/transport/diffs.h"
#include "net/transport/flight.h"
#include "net/transport/pacer.h"
#include "net/transport/packed.h"
#include "net/transport/sent_list.h"

#define BLOCKED_MS 1000

struct sender {
    const struct syncable *object;
    struct hello hello;
    struct pacer pacer;
    struct sent_list sent;
    struct state current;
    bool is_fresh; /* current differs from the newest state sent */
    uint64_t ack_num;
    struct cadence cadence;
    uint64_t retransmissions;
    struct flight flight;
    struct packed packed;
    bool found_black_hole;
    bool last_is_sent; /* what was given last is in the list's last entry */
    struct diffs diffs;
    struct chaff chaff;
};

/* One instruction in the making. */
struct plan {
    enum pacer_what what;
    uint64_t num;
    const struct sent *base;
    struct view diff;
    const struct state *state; /* what the peer will hold; NULL: no new state */
    bool changes;
};

struct sender *
sender_new(const struct syncable *object, struct state first, bool is_client,
           const struct hello *hello, uint64_t seed, uint64_t now_ms)
{
    struct sender *s = mem_new(1, sizeof *s);
    s->object = object;
    s->hello = *hello;
    chaff_init(&s->chaff, seed);
    s->current = object->keep(object->object, &first);
    pacer_init(&s->pacer, is_client, seed ^ UINT64_C(0x9e3779b97f4a7c15));
    flight_init(&s->flight);
    sent_list_init(&s->sent, object, first, now_ms);
    diffs_init(&s->diffs, SENDER_DIFF_MAX_BYTES);
    return s;
}

void
sender_free(struct sender *s)
{
    if (s == NULL)
        return;
    diffs_fini(&s->diffs);
    s->object->release(s->object->object, &s->current);
    sent_list_fini(&s->sent);
    free(s);
}

void
sender_publish(struct sender *s, struct state current, uint64_t now_ms)
{
    const struct syncable *o = s->object;
    if (s->pacer.is_shutting) {
        o->release(o->object, &current);
        return;
    }
    o->release(o->object, &s->current);
    s->current = current;
    s->is_fresh = !o->equal(o->object, &sent_list_back(&s->sent)->state, &s->current);
    if (s->is_fresh)
        pacer_note_change(&s->pacer, now_ms);
}

bool
sender_is_fresh(const struct sender *s)
{
    return s->is_fresh && !s->pacer.is_shutting;
}

void
sender_touch(struct sender *s, uint64_t now_ms)
{
    if (sender_is_fresh(s))
        pacer_note_change(&s->pacer, now_ms);
}

void
sender_quiet(struct sender *s)
{
    pacer_note_quiet(&s->pacer);
}

static void
add_state(struct sender *s, const struct plan *plan, uint64_t now_ms)
{
    const struct syncable *o = s->object;
    struct sent *back = sent_list_back(&s->sent);
    if (back->num == plan->num) { /* the shutdown state, again */
        back->base_num = plan->base->num;
        back->last_ms = now_ms;
        back->left = true;
        return;
    }
    struct state state = o->keep(o->object, plan->state);
    sent_list_append(&s->sent, plan->num, plan->base->num, state, plan->changes, now_ms);
    sent_list_back(&s->sent)->mark = s->flight.congestion.sent_bytes;
    s->is_fresh = !o->equal(o->object, &state, &s->current);
}

static enum sender_step
carry_out(struct sender *s, const struct plan *plan, const struct link_timing *timing,
          struct instruction *out, bool *can_repeat, uint64_t now_ms)
{
    uint64_t front = sent_list_front(&s->sent)->num;
    *out = (struct instruction){
        .protocol_version = INSTRUCTION_PROTOCOL_VERSION,
        .old_num = plan->base->num,
        .new_num = plan->num,
        .ack_num = s->ack_num,
        .throwaway_num = front,
        .diff = plan->diff,
        .chaff = plan->state != NULL ? chaff_next(&s->chaff) : (struct view){ 0 },
        .hello = front == 0 ? s->hello : (struct hello){ 0 }, /* else it is known by now */
    };
    const struct pacer_sent sent = {
        .what = plan->what,
        .is_new = plan->state != NULL,
        .is_data = plan->diff.len > 0 && plan->changes,
        .has_ack = true,
        .diff_bytes = plan->diff.len,
    };
    *can_repeat = plan->diff.len > 0;
    if (*can_repeat)
        s->packed = (struct packed){ .num = plan->num, .base_num = plan->base->num };
    s->retransmissions += plan->what == PACER_RETRY;
    s->last_is_sent = plan->state != NULL;
    if (plan->state != NULL)
        add_state(s, plan, now_ms);
    pacer_note_sent(&s->pacer, &sent, timing, now_ms);
    return SENDER_NEW;
}

/* The next number, unless the last one was the last. */
static uint64_t
next_num(const struct sender *s)
{
    uint64_t back = s->sent.entry[s->sent.count - 1].num;
    return back >= INSTRUCTION_SHUTDOWN - 1 ? INSTRUCTION_SHUTDOWN : back + 1;
}

/* An empty diff under a new number, as stock acknowledges and says that it is there. */
static struct plan
plan_empty(struct sender *s, enum pacer_what what)
{
    struct sent *back = sent_list_back(&s->sent);
    bool is_known = !sent_list_is_outstanding(&s->sent);
    return (struct plan){
        .what = what,
        .num = next_num(s),
        .base = is_known ? sent_list_front(&s->sent) : back,
        .state = &back->state,
    };
}

/* The same with a diff, though one that changes nothing: it will be acknowledged. */
static struct plan
plan_filler(struct sender *s, enum pacer_what what)
{
    struct plan plan = plan_empty(s, what);
    plan.diff = diffs_filler();
    return plan;
}

/*
 * The smallest sign of life: a state that the peer has. Stock ignores it, but follows its address; ours
 * answers.
 */
static struct plan
plan_ping(struct sender *s, enum pacer_what what)
{
    const struct sent *front = sent_list_front(&s->sent);
    return (struct plan){ .what = what, .num = front->num, .base = front };
}

/* Our object, or if this is no time for it, less. */
static struct plan
plan_data(struct sender *s, enum pacer_what what, const struct link_timing *timing,
          uint64_t window_ms, uint64_t now_ms)
{
    struct plan plan = { .what = what, .num = next_num(s), .state = &s->current, .changes = true };
    plan.base = diffs_choose(&s->diffs, &s->sent, &s->current, window_ms, &plan.diff, now_ms);
    if (plan.base == NULL) {
        pacer_note_blocked(&s->pacer, now_ms + BLOCKED_MS);
        return plan_empty(s, PACER_HEARTBEAT);
    }
    bool is_early =
        now_ms < timing->last_heard_ms + SENDER_EARLY_MS && plan.diff.len <= SENDER_EARLY_BYTES;
    bool is_hushed = s->pacer.is_dead && s->cadence.peer_is_skua && !s->pacer.is_poked && !is_early;
    if (is_hushed || (s->pacer.is_dead && plan.diff.len > SENDER_SMALL_BYTES))
        return plan_ping(s, what);
    if (plan.diff.len <= SENDER_SMALL_BYTES)
        return plan;
    if (plan.diff.len > timing->allowance_bytes) {
        pacer_note_blocked(&s->pacer, now_ms + window_ms);
        return plan_filler(s, PACER_PROBE);
    }
    return plan;
}

/* An acknowledgement or a heartbeat takes along what there is to say, unless that is much. */
static struct plan
plan_ack(struct sender *s, enum pacer_what what, const struct link_timing *timing,
         uint64_t window_ms, uint64_t now_ms)
{
    bool is_outstanding = sent_list_is_outstanding(&s->sent);
    bool is_assumed = sent_list_assumed(&s->sent, window_ms, now_ms) == sent_list_back(&s->sent);
    if (!s->is_fresh && (!is_outstanding || is_assumed))
        return plan_empty(s, what);
    struct plan plan =
        plan_data(s, s->is_fresh ? PACER_FRESH : PACER_RETRY, timing, window_ms, now_ms);
    if (plan.state == NULL || (!s->is_fresh && plan.diff.len > SENDER_SMALL_BYTES))
        return plan_empty(s, what);
    return plan;
}

static struct plan
plan_shutdown(struct sender *s)
{
    struct sent *back = sent_list_back(&s->sent);
    const struct sent *base = sent_list_front(&s->sent);
    struct plan plan = { .what = PACER_SHUTDOWN,
                         .num = INSTRUCTION_SHUTDOWN,
                         .base = base,
                         .state = &s->current,
                         .changes = s->is_fresh || sent_list_is_outstanding(&s->sent) };
    if (base == back && base->num == INSTRUCTION_SHUTDOWN)
        return plan_ping(s, PACER_SHUTDOWN); /* acknowledged; only our own acknowledgement counts */
    if (!plan.changes)
        return plan;
    plan.diff = diffs_resend(&s->diffs, &s->sent, &s->current);
    return plan;
}

size_t
sender_piece_bytes(const struct sender *s, const struct link_timing *timing)
{
    bool is_suspect = s->packed.is_kept && s->packed.bytes > SENDER_SAFE_PIECE_BYTES &&
                      pacer_is_in_vain(&s->pacer, timing);
    return is_suspect && timing->piece_bytes > SENDER_SAFE_PIECE_BYTES ? SENDER_SAFE_PIECE_BYTES
                                                                       : timing->piece_bytes;
}

static bool
can_send_again(const struct sender *s, enum pacer_what what, const struct link_timing *timing)
{
    if (s->is_fresh)
        return false;
    if (what == PACER_COPY)
        return packed_can_copy(&s->packed, &s->sent);
    if (!packed_can_repeat(&s->packed, &s->sent, sender_piece_bytes(s, timing)))
        return false;
    if (what == PACER_SHUTDOWN)
        return s->pacer.ack_ms == UINT64_MAX;
    /* Every other time, in case it was the acknowledgement that got lost. */
    return what == PACER_RETRY && s->packed.fragments > 1 && s->pacer.tries % 2 == 0 &&
           !s->pacer.is_dead;
}

static enum sender_step
send_again(struct sender *s, enum pacer_what what, const struct link_timing *timing,
           uint64_t now_ms)
{
    struct sent *back = sent_list_back(&s->sent);
    s->last_is_sent = back->num == s->packed.num;
    if (s->last_is_sent) {
        back->last_ms = now_ms;
        back->left = true;
    }
    s->retransmissions++;
    flight_note_sent(&s->flight, &s->packed, &s->sent);
    const struct pacer_sent sent = { .what = what, .is_data = what != PACER_COPY };
    pacer_note_sent(&s->pacer, &sent, timing, now_ms);
    return SENDER_AGAIN;
}

static uint64_t
due(struct sender *s, const struct link_timing *timing, enum pacer_what *what, uint64_t now_ms)
{
    uint64_t window_ms = pacer_window_ms(timing, s->cadence.peer_is_skua);
    flight_look(&s->flight, timing, now_ms);
    const struct pacer_facts facts = {
        .fresh = s->is_fresh,
        .outstanding = sent_list_is_outstanding(&s->sent),
        .assumed_until_ms = sent_list_assumed_until_ms(&s->sent, window_ms, now_ms),
        .is_acked = sender_is_acked(s),
        .cadence = s->cadence,
        .is_full =
            s->is_fresh && flight_is_full(&s->flight, &s->sent, pacer_owes_answer(&s->pacer)),
    };
    return pacer_due_ms(&s->pacer, &facts, timing, window_ms, what, now_ms);
}

enum sender_step
sender_next(struct sender *s, const struct link_timing *timing, struct instruction *out,
            bool *can_repeat, uint64_t now_ms)
{
    enum pacer_what what;
    *can_repeat = false;
    if (due(s, timing, &what, now_ms) > now_ms)
        return SENDER_NOTHING;
    if (what == PACER_RETRY && !s->pacer.is_dead && !s->pacer.is_poked)
        flight_note_loss(&s->flight, timing, now_ms);
    if (can_send_again(s, what, timing))
        return send_again(s, what, timing, now_ms);

    uint64_t window_ms = pacer_window_ms(timing, s->cadence.peer_is_skua);
    struct plan plan;
    switch (what) {
    case PACER_NOTHING: return SENDER_NOTHING;
    case PACER_SHUTDOWN: plan = plan_shutdown(s); break;
    case PACER_FRESH:
    case PACER_RETRY: plan = plan_data(s, what, timing, window_ms, now_ms); break;
    case PACER_PROBE:
        plan =
            s->pacer.is_dead && s->cadence.peer_is_skua ? plan_ping(s, what) : plan_filler(s, what);
        break;
    case PACER_COPY: pacer_note_no_copy(&s->pacer); return SENDER_NOTHING;
    case PACER_ACK:
    case PACER_HEARTBEAT:
    default: plan = plan_ack(s, what, timing, window_ms, now_ms); break;
    }
    return carry_out(s, &plan, timing, out, can_repeat, now_ms);
}

void
sender_note_packed(struct sender *s, size_t bytes, size_t fragments, size_t piece_bytes,
                   bool is_small)
{
    s->packed.is_kept = true;
    s->packed.is_small = is_small;
    s->packed.bytes = bytes;
    s->packed.fragments = fragments;
    s->packed.piece_bytes = piece_bytes;
    flight_note_sent(&s->flight, &s->packed, &s->sent);
}

void
sender_unsent(struct sender *s, uint64_t now_ms)
{
    if (s->last_is_sent)
        sent_list_back(&s->sent)->left = false;
    s->packed.is_kept = false;
    pacer_note_unsent(&s->pacer, now_ms);
}

uint64_t
sender_deadline_ms(struct sender *s, const struct link_timing *timing, uint64_t now_ms)
{
    enum pacer_what what;
    uint64_t at = due(s, timing, &what, now_ms);
    uint64_t end = pacer_end_ms(&s->pacer);
    return end > now_ms && end < at ? end : at;
}

void
sender_poke(struct sender *s)
{
    pacer_poke(&s->pacer);
}

bool
sender_ack(struct sender *s, uint64_t num)
{
    uint64_t before = sent_list_front(&s->sent)->num;
    if (!sent_list_ack(&s->sent, num) || sent_list_front(&s->sent)->num == before)
        return false;
    if (s->packed.is_kept && s->packed.is_small && before < s->packed.num && num >= s->packed.num)
        s->found_black_hole = true;
    flight_note_acked(&s->flight, &s->sent);
    pacer_note_progress(&s->pacer);
    s->object->forget_before(s->object->object, &sent_list_front(&s->sent)->state);
    return true;
}

/*
 * Whether a sign of life is to be answered by ours, at once: ends at the slow pace then wake up once for both.
 */
static bool
is_old_sign(const struct sender *s, size_t diff_bytes, uint64_t now_ms)
{
    return diff_bytes == 0 && s->cadence.peer_is_skua && s->pacer.any_sent &&
           now_ms >= s->pacer.last_new_ms + CADENCE_HEARTBEAT_MS;
}

void
sender_note_state(struct sender *s, uint64_t num, size_t diff_bytes, bool urgent, uint64_t now_ms)
{
    s->ack_num = num;
    pacer_note_state(&s->pacer, diff_bytes, urgent || is_old_sign(s, diff_bytes, now_ms), now_ms);
    if (num == INSTRUCTION_SHUTDOWN)
        pacer_note_asked(&s->pacer, now_ms);
}

void
sender_note_repeat(struct sender *s, uint64_t now_ms)
{
    pacer_note_repeat(&s->pacer, now_ms);
}

void
sender_note_cadence(struct sender *s, const struct cadence *cadence)
{
    s->cadence = *cadence;
}

uint64_t
sender_silence_ms(const struct sender *s, uint64_t now_ms)
{
    return cadence_silence_ms(&s->cadence, pacer_idle_ms(&s->pacer, now_ms));
}

struct sender_figures
sender_figures(const struct sender *s)
{
    const struct sent *front = &s->sent.entry[0];
    return (struct sender_figures){
        .sent_num = s->sent.entry[s->sent.count - 1].num,
        .acked_num = front->num,
        .acked_first_ms = front->first_ms,
        .acked_last_ms = front->last_ms,
        .states = s->sent.count,
        .is_outstanding = sent_list_is_outstanding(&s->sent),
        .tries = s->pacer.tries,
        .retransmissions = s->retransmissions,
    };
}

bool
sender_take_black_hole(struct sender *s)
{
    bool found = s->found_black_hole;
    s->found_black_hole = false;
    return found;
}

void
sender_shutdown(struct sender *s, uint64_t now_ms)
{
    pacer_shutdown(&s->pacer, now_ms);
}

bool
sender_is_shutting(const struct sender *s)
{
    return s->pacer.is_shutting;
}

bool
sender_is_acked(const struct sender *s)
{
    return s->pacer.is_shutting && s->sent.entry[0].num == INSTRUCTION_SHUTDOWN;
}

bool
sender_is_over(const struct sender *s, uint64_t now_ms)
{
    return pacer_is_over(&s->pacer, now_ms);
}

bool
sender_is_asked(const struct sender *s)
{
    return s->ack_num == INSTRUCTION_SHUTDOWN;
}

bool
sender_is_answered(const struct sender *s, uint64_t now_ms)
{
    return pacer_is_answered(&s->pacer, now_ms);
}
