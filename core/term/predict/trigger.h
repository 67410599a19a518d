/*
 * Whether the link is slow enough that predictions are worth showing, and so slow that they should be
 * underlined until they are confirmed.
 */
#ifndef SKUA_TERM_PREDICT_TRIGGER_H
#define SKUA_TERM_PREDICT_TRIGGER_H

#include <stdbool.h>
#include <stdint.h>

#include "term/predict/preference.h"

/* Of the send interval, which is half the round trip. Two thresholds each, against flapping. */
#define TRIGGER_SHOW_ABOVE_MS      30
#define TRIGGER_HIDE_UP_TO_MS      20
#define TRIGGER_UNDERLINE_ABOVE_MS 80
#define TRIGGER_PLAIN_UP_TO_MS     50

#define TRIGGER_GLITCH_MS     250  /* an answer this late makes predictions shown */
#define TRIGGER_BIG_GLITCH_MS 5000 /* and this late, underlined */

/* Quick answers, at least so far apart, that cure a glitch: ten, or twenty after a big one. */
#define TRIGGER_REPAIR_COUNT  10
#define TRIGGER_REPAIR_GAP_MS 150

/* All zeros is the start. */
struct trigger {
    bool slow_link;
    bool underline;
    int glitch; /* quick answers that are still needed */
    uint64_t last_quick_ms;
};

/* The send interval as it is now; is_active: predictions are outstanding. */
void trigger_measure(struct trigger *t, uint32_t send_interval_ms, bool is_active);

/* The oldest outstanding prediction is so old. */
void trigger_wait(struct trigger *t, uint64_t age_ms);

/* A prediction was confirmed at that age. */
void trigger_confirm(struct trigger *t, uint64_t age_ms, uint64_t now_ms);

/* Whether predictions are shown under a preference. */
bool trigger_shows(const struct trigger *t, enum predict_display display);

/*
 * When waiting for a prediction born at born_ms would change what is shown. UINT64_MAX: never.
 */
uint64_t trigger_deadline_ms(const struct trigger *t, uint64_t born_ms);

#endif
