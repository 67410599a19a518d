/*
 * A person types a trace over a link with delay: keys leave in numbered states at the pace of the
 * transport, the program answers as it did when it was recorded, screens come back with their echo
 * ack. What is painted right after each key is scored against the trace without delay.
 */
#ifndef SKUA_TESTS_SIM_PREDICTION_TYPING_H
#define SKUA_TESTS_SIM_PREDICTION_TYPING_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include "trace.h"
#include "term/predict/predictor.h"

struct typing_link {
    uint32_t round_trip_ms;
    uint32_t jitter_ms; /* each way, uniformly; order is kept */
    uint32_t seed;
    bool has_hints;
};

struct typing_score {
    unsigned keys;
    unsigned instant;    /* the effect was painted with the key */
    unsigned unknowable; /* not instant, and no key that edits a line: Tab, history, a command */
    double wrong;        /* something else was painted; 0.5 if only right of the cursor */
    unsigned leaks;      /* secret keys painted */
};

/* Play trace t over link; add to score. log: a line for each key that was not instant; may be NULL. */
void typing_play(const struct trace *t, const struct typing_link *link,
                 enum predict_display display, struct typing_score *score, FILE *log);

#endif
