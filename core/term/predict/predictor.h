/*
 * Predictive echo: what the screen will show once the server has answered, painted now.
 *
 * The predictor is private to the client: nothing of it is on the wire. It sees keys, the newest raw
 * screen of the server, and how far the server has got with our input.
 */
#ifndef SKUA_TERM_PREDICT_PREDICTOR_H
#define SKUA_TERM_PREDICT_PREDICTOR_H

#include <stdbool.h>
#include <stdint.h>

#include "base/view.h"
#include "term/predict/preference.h"
#include "term/screen/hints.h"
#include "term/screen/screen.h"

/* What the transport knows; refreshed by the caller before each call. */
struct predict_sync {
    uint64_t sent;             /* newest client state ever sent */
    uint64_t echo_ack;         /* newest client state that the raw screen has had time to show */
    uint32_t send_interval_ms; /* half the smoothed round trip, 20..250 */
};

/* Figures for status lines and tests. */
struct predict_stats {
    uint64_t keys;      /* keys seen */
    uint64_t shown;     /* predictions that were painted before they were confirmed */
    uint64_t confirmed; /* verdicts: right */
    uint64_t refuted;   /* verdicts: wrong */
};

/* Why the newest key is not painted. */
enum predict_hold {
    PREDICT_HOLD_NONE,    /* it is, or there is none */
    PREDICT_HOLD_OFF,     /* the preference, on so quick a link */
    PREDICT_HOLD_SECRET,  /* nothing may be painted here */
    PREDICT_HOLD_LATE,    /* an answer is overdue */
    PREDICT_HOLD_UNKNOWN, /* what this key does is not known, or that of one before it */
    PREDICT_HOLD_MODE,    /* the tty's mode has changed, or has just begun */
    PREDICT_HOLD_COMMAND, /* this key or one before it is not known to do so here */
    PREDICT_HOLD_UNPROVED /* nothing has been echoed here */
};

struct predictor;

struct predictor *predictor_new(const struct predict_preference *preference);
void predictor_free(struct predictor *p);

/*
 * The user typed: the bytes of one read, before the escape key takes its share. More than 100 bytes
 * are a paste and are not predicted. raw is the newest screen of the server.
 */
void predictor_type(struct predictor *p, struct view bytes, const struct screen *raw,
                    const struct predict_sync *sync, uint64_t now_ms);

/*
 * A new raw screen, or a new echo ack, has arrived: judge every prediction against it. hints may be
 * all zeros. Only ever called with a raw screen, never with one that is decorated.
 */
void predictor_judge(struct predictor *p, const struct screen *raw, const struct hints *hints,
                     const struct predict_sync *sync, uint64_t now_ms);

/*
 * The screen to paint, as a new reference: s with the predictions that may be shown now, or s itself
 * if there are none. s is the raw screen that was judged last.
 */
struct screen *predictor_overlay(struct predictor *p, struct screen *s, uint64_t now_ms);

/* When showing would change by itself (a prediction grows late). UINT64_MAX: never. */
uint64_t predictor_deadline_ms(const struct predictor *p, uint64_t now_ms);

/* Forget all predictions: the window changed, or we were asleep. */
void predictor_reset(struct predictor *p);

/* Whether a prediction is outstanding. */
bool predictor_is_active(const struct predictor *p);

/*
 * Why not all keys typed are painted over s, the raw screen judged last. *command gets the kind of the
 * first key that holds the others, an enum line_command; it is left alone where no key does.
 */
enum predict_hold
predictor_hold(const struct predictor *p, const struct screen *s, int *command, uint64_t now_ms);

const struct predict_stats *predictor_stats(const struct predictor *p);

#endif
