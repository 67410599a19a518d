/* A mean over the last keys, each of which counts for an eighth. */
#include "session/echo_delay.h"

/* Changes that are not told: below so much, and below a quarter. */
#define STEP_MS 8

enum { SPACE = 0x20, DEL = 0x7f };

static bool
is_text(struct view keys)
{
    for (size_t i = 0; i < keys.len; i++) {
        if (keys.data[i] < SPACE || keys.data[i] == DEL)
            return false;
    }
    return keys.len > 0;
}

void
echo_delay_typed(struct echo_delay *e, struct view keys, uint64_t now_ms)
{
    if (!is_text(keys)) {
        e->is_waiting = false;
    } else if (!e->is_waiting) {
        e->is_waiting = true;
        e->typed_ms = now_ms;
    }
}

void
echo_delay_answered(struct echo_delay *e, uint64_t now_ms)
{
    if (!e->is_waiting)
        return;
    e->is_waiting = false;
    uint64_t took_ms = now_ms - e->typed_ms;
    if (took_ms > ECHO_DELAY_MAX_MS)
        return;
    uint32_t sample = (uint32_t)took_ms + 1; /* 0 says that nothing was measured */
    e->smoothed = e->smoothed == 0 ? 8 * sample : e->smoothed - e->smoothed / 8 + sample;
}

uint32_t
echo_delay_ms(struct echo_delay *e)
{
    uint32_t now_ms = e->smoothed / 8;
    uint32_t differs = now_ms > e->said_ms ? now_ms - e->said_ms : e->said_ms - now_ms;
    if (e->said_ms == 0 || (differs >= STEP_MS && differs >= e->said_ms / 4))
        e->said_ms = now_ms;
    return e->said_ms;
}
