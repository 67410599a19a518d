/* Rare looks, several in a row before a move, and longer waits for a path that comes and goes. */
#include "net/path/scout.h"

static uint64_t
doubled(uint64_t ms)
{
    return ms < SCOUT_MAX_MS / 2 ? 2 * ms : SCOUT_MAX_MS;
}

void
scout_init(struct scout *s, uint64_t now_ms)
{
    *s = (struct scout){ .looked_ms = now_ms,
                         .every_ms = SCOUT_FIRST_MS,
                         .patience_ms = SCOUT_FIRST_MS };
}

void
scout_note_active(struct scout *s, uint64_t now_ms)
{
    s->has_user = true;
    s->active_ms = now_ms;
}

void
scout_note_change(struct scout *s, uint64_t now_ms)
{
    scout_note_active(s, now_ms);
    s->every_ms = s->patience_ms = SCOUT_FIRST_MS;
}

void
scout_note_turn(struct scout *s, uint64_t now_ms)
{
    bool is_again = s->has_moved && now_ms - s->moved_ms < SCOUT_AGAIN_MS;
    s->patience_ms = is_again ? doubled(s->patience_ms) : SCOUT_FIRST_MS;
    s->every_ms = s->patience_ms;
    s->looked_ms = now_ms;
    s->wins = 0;
    s->is_out = s->has_peer = false;
}

uint64_t
scout_due_ms(const struct scout *s, uint64_t rto_ms)
{
    if (!s->has_user)
        return UINT64_MAX;
    uint64_t due = s->active_ms + rto_ms + SCOUT_CALM_MS;
    if (due < s->looked_ms + s->every_ms)
        due = s->looked_ms + s->every_ms;
    return due - s->active_ms <= SCOUT_ACTIVE_MS ? due : UINT64_MAX;
}

void
scout_note_attempt(struct scout *s, uint64_t now_ms)
{
    s->looked_ms = now_ms;
}

void
scout_note_sent(struct scout *s, uint32_t path, uint64_t now_cost_ms, uint64_t now_ms)
{
    s->is_out = true;
    s->path = path;
    s->looked_ms = s->sent_ms = now_ms;
    s->answer_by_ms = now_ms + now_cost_ms + SCOUT_ANSWER_MS;
}

bool
scout_note_answer(struct scout *s, uint64_t rtt_ms, uint64_t now_cost_ms, uint64_t now_ms)
{
    uint64_t margin_ms = SCOUT_MARGIN_MS > now_cost_ms / 4 ? SCOUT_MARGIN_MS : now_cost_ms / 4;
    s->is_out = false;
    if (rtt_ms + margin_ms >= now_cost_ms) {
        scout_note_failure(s);
        return false;
    }
    s->every_ms = s->patience_ms;
    if (++s->wins < SCOUT_WINS)
        return false;
    s->wins = 0;
    s->has_peer = false;
    s->has_moved = true;
    s->moved_ms = now_ms;
    return true;
}

void
scout_note_failure(struct scout *s)
{
    s->is_out = s->has_peer = false;
    s->wins = 0;
    s->every_ms = doubled(s->every_ms);
}
