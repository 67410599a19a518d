/* Round trips and late answers. */
#include "term/predict/trigger.h"

void
trigger_measure(struct trigger *t, uint32_t send_interval_ms, bool is_active)
{
    if (send_interval_ms > TRIGGER_SHOW_ABOVE_MS)
        t->slow_link = true;
    else if (send_interval_ms <= TRIGGER_HIDE_UP_TO_MS && !is_active)
        t->slow_link = false;

    if (send_interval_ms > TRIGGER_UNDERLINE_ABOVE_MS)
        t->underline = true;
    else if (send_interval_ms <= TRIGGER_PLAIN_UP_TO_MS)
        t->underline = false;
    if (t->glitch > TRIGGER_REPAIR_COUNT)
        t->underline = true;
}

void
trigger_wait(struct trigger *t, uint64_t age_ms)
{
    if (age_ms >= TRIGGER_BIG_GLITCH_MS) {
        t->glitch = 2 * TRIGGER_REPAIR_COUNT;
        t->underline = true;
    } else if (age_ms >= TRIGGER_GLITCH_MS && t->glitch < TRIGGER_REPAIR_COUNT) {
        t->glitch = TRIGGER_REPAIR_COUNT;
    }
}

void
trigger_confirm(struct trigger *t, uint64_t age_ms, uint64_t now_ms)
{
    bool is_quick = age_ms < TRIGGER_GLITCH_MS;
    if (!is_quick || t->glitch == 0 || now_ms < t->last_quick_ms + TRIGGER_REPAIR_GAP_MS)
        return;
    t->glitch--;
    t->last_quick_ms = now_ms;
}

bool
trigger_shows(const struct trigger *t, enum predict_display display)
{
    switch (display) {
    case PREDICT_ADAPTIVE: return t->slow_link || t->glitch > 0;
    case PREDICT_ALWAYS:
    case PREDICT_EXPERIMENTAL: return true;
    case PREDICT_NEVER: break;
    }
    return false;
}

uint64_t
trigger_deadline_ms(const struct trigger *t, uint64_t born_ms)
{
    if (t->glitch < TRIGGER_REPAIR_COUNT)
        return born_ms + TRIGGER_GLITCH_MS;
    if (t->glitch < 2 * TRIGGER_REPAIR_COUNT)
        return born_ms + TRIGGER_BIG_GLITCH_MS;
    return UINT64_MAX;
}
