/* docs/PROTOCOL.md, "Pacing": the table of what stock does, row by row. */
#include "stock_sender.h"

#include <string.h>

#define NEVER              UINT64_MAX
#define ACK_DELAY_MS       100
#define HEARTBEAT_MS       3000
#define ACTIVE_RETRY_MS    10000
#define SHUTDOWN_TRIES     16
#define CULL_END           16
#define RESEND_ABS_BYTES   1000
#define RESEND_EXTRA_BYTES 100
#define DIFF_MAX_BYTES     (INSTRUCTION_MAX_BYTES - 8 * 1024)

void
stock_sender_init(struct stock_sender *s, const struct syncable *object, struct state first,
                  uint64_t mindelay_ms, uint64_t now_ms)
{
    *s = (struct stock_sender){ .object = *object,
                                .count = 1,
                                .ack_due_ms = now_ms,
                                .send_due_ms = now_ms,
                                .mindelay_ms = mindelay_ms };
    s->current = object->keep(object->object, &first);
    s->sent[0] = (struct stock_sent){ .at_ms = now_ms, .state = first };
    buf_init(&s->diff, DIFF_MAX_BYTES);
    buf_init(&s->resend, DIFF_MAX_BYTES);
}

static void
remove_range(struct stock_sender *s, size_t at, size_t count)
{
    for (size_t i = at; i < at + count; i++)
        s->object.release(s->object.object, &s->sent[i].state);
    memmove(&s->sent[at], &s->sent[at + count], (s->count - at - count) * sizeof s->sent[0]);
    s->count -= count;
}

void
stock_sender_fini(struct stock_sender *s)
{
    remove_range(s, 0, s->count);
    s->object.release(s->object.object, &s->current);
    buf_fini(&s->diff);
    buf_fini(&s->resend);
}

void
stock_sender_publish(struct stock_sender *s, struct state current)
{
    if (s->is_shutting) {
        s->object.release(s->object.object, &current);
        return;
    }
    s->object.release(s->object.object, &s->current);
    s->current = current;
}

static struct stock_sent *
back(struct stock_sender *s)
{
    return &s->sent[s->count - 1];
}

static bool
is_current(struct stock_sender *s, size_t at)
{
    return s->object.equal(s->object.object, &s->sent[at].state, &s->current);
}

static uint64_t
send_due(struct stock_sender *s, const struct stock_timing *timing, uint64_t now_ms)
{
    uint64_t last_ms = back(s)->at_ms;
    bool is_active = s->heard_ms != 0 && s->heard_ms + ACTIVE_RETRY_MS > now_ms;
    uint64_t collected_ms = s->has_change ? s->first_change_ms + s->mindelay_ms : 0;
    uint64_t paced_ms = last_ms + timing->interval_ms;
    if (!is_current(s, s->count - 1)) {
        if (!s->has_change) {
            s->has_change = true;
            s->first_change_ms = now_ms;
            collected_ms = now_ms + s->mindelay_ms;
        }
        return collected_ms > paced_ms ? collected_ms : paced_ms;
    }
    if (is_active && !is_current(s, s->assumed))
        return collected_ms > paced_ms ? collected_ms : paced_ms;
    if (is_active && !is_current(s, 0))
        return last_ms + timing->rto_ms + ACK_DELAY_MS;
    return NEVER;
}

/* Where the peer is assumed to be: up to the first entry that is overdue. */
static void
recompute(struct stock_sender *s, const struct stock_timing *timing, uint64_t now_ms)
{
    s->assumed = 0;
    while (s->assumed + 1 < s->count &&
           now_ms - s->sent[s->assumed + 1].at_ms < timing->rto_ms + ACK_DELAY_MS)
        s->assumed++;
    if (s->ack_pending && s->ack_due_ms > now_ms + ACK_DELAY_MS)
        s->ack_due_ms = now_ms + ACK_DELAY_MS;
    s->send_due_ms = send_due(s, timing, now_ms);
    if (s->is_shutting || s->ack_num == INSTRUCTION_SHUTDOWN)
        s->ack_due_ms = back(s)->at_ms + timing->interval_ms;
}

uint64_t
stock_sender_deadline_ms(struct stock_sender *s, const struct stock_timing *timing, uint64_t now_ms)
{
    recompute(s, timing, now_ms);
    if (!timing->has_peer)
        return NEVER;
    return s->ack_due_ms < s->send_due_ms ? s->ack_due_ms : s->send_due_ms;
}

static void
append(struct stock_sender *s, uint64_t num, uint64_t now_ms)
{
    s->sent[s->count++] = (struct stock_sent){
        .num = num, .at_ms = now_ms, .state = s->object.keep(s->object.object, &s->current)
    };
    if (s->count > STOCK_SENT_MAX)
        remove_range(s, s->count - CULL_END, 1);
}

static void
transmit(struct stock_sender *s, uint64_t old_num, uint64_t num, struct view diff,
         struct instruction *out, uint64_t now_ms)
{
    *out = (struct instruction){ .protocol_version = INSTRUCTION_PROTOCOL_VERSION,
                                 .old_num = old_num,
                                 .new_num = num,
                                 .ack_num = s->ack_num,
                                 .throwaway_num = s->sent[0].num,
                                 .diff = diff };
    s->ack_pending = false;
    s->tries += num == INSTRUCTION_SHUTDOWN;
    s->ack_due_ms = now_ms + HEARTBEAT_MS;
    s->send_due_ms = NEVER;
}

static void
make_diff(struct stock_sender *s, size_t from, struct buf *out)
{
    buf_clear(out);
    const struct stock_sent *base = &s->sent[from];
    s->object.diff(s->object.object, &base->state, base->num, &s->current, out);
}

/* The diff from what is assumed, or from what is known if that costs little. */
static struct view
choose_diff(struct stock_sender *s)
{
    make_diff(s, s->assumed, &s->diff);
    if (s->assumed == 0)
        return buf_view(&s->diff);
    make_diff(s, 0, &s->resend);
    size_t r = s->resend.len, d = s->diff.len;
    if (r > d && !(r < RESEND_ABS_BYTES && r - d < RESEND_EXTRA_BYTES))
        return buf_view(&s->diff);
    s->assumed = 0;
    return buf_view(&s->resend);
}

static bool
send_empty(struct stock_sender *s, struct instruction *out, uint64_t now_ms)
{
    bool is_due = now_ms >= s->ack_due_ms;
    s->has_change = false;
    if (now_ms >= s->send_due_ms)
        s->send_due_ms = NEVER;
    if (!is_due)
        return false;
    uint64_t old_num = s->sent[s->assumed].num;
    uint64_t num = s->is_shutting ? INSTRUCTION_SHUTDOWN : back(s)->num + 1;
    if (back(s)->num == INSTRUCTION_SHUTDOWN)
        back(s)->at_ms = now_ms;
    else
        append(s, num, now_ms);
    transmit(s, old_num, num, (struct view){ 0 }, out, now_ms);
    return true;
}

static bool
send_data(struct stock_sender *s, struct view diff, struct instruction *out, uint64_t now_ms)
{
    uint64_t old_num = s->sent[s->assumed].num;
    uint64_t num = is_current(s, s->count - 1) ? back(s)->num : back(s)->num + 1;
    if (s->is_shutting)
        num = INSTRUCTION_SHUTDOWN;
    if (num == back(s)->num)
        back(s)->at_ms = now_ms;
    else
        append(s, num, now_ms);
    s->has_change = false;
    transmit(s, old_num, num, diff, out, now_ms);
    return true;
}

bool
stock_sender_tick(struct stock_sender *s, const struct stock_timing *timing,
                  struct instruction *out, uint64_t now_ms)
{
    recompute(s, timing, now_ms);
    if (!timing->has_peer || (now_ms < s->ack_due_ms && now_ms < s->send_due_ms))
        return false;
    struct view diff = choose_diff(s);
    return diff.len == 0 ? send_empty(s, out, now_ms) : send_data(s, diff, out, now_ms);
}

uint64_t
stock_sender_ack(struct stock_sender *s, uint64_t num)
{
    size_t at = 0;
    while (at < s->count && s->sent[at].num != num)
        at++;
    if (at < s->count && at > 0) {
        remove_range(s, 0, at);
        s->assumed = 0;
        s->object.forget_before(s->object.object, &s->sent[0].state);
    }
    return s->sent[0].at_ms;
}

void
stock_sender_shutdown(struct stock_sender *s, uint64_t now_ms)
{
    if (!s->is_shutting)
        s->shutdown_ms = now_ms;
    s->is_shutting = true;
}

bool
stock_sender_is_over(const struct stock_sender *s, uint64_t now_ms)
{
    if (!s->is_shutting)
        return false;
    return s->sent[0].num == INSTRUCTION_SHUTDOWN || s->tries >= SHUTDOWN_TRIES ||
           now_ms - s->shutdown_ms >= ACTIVE_RETRY_MS;
}
