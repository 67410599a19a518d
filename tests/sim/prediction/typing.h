/*
 * A person types a trace into a whole session (world.h): ours at both ends, ours with the model of
 * stock's server, or that with the model of stock's client, whose predictions are a model of their own
 * (stock.h). The program answers as it did when it was recorded. What is painted right after each key is
 * scored against the trace without delay.
 */
#ifndef SKUA_TESTS_SIM_PREDICTION_TYPING_H
#define SKUA_TESTS_SIM_PREDICTION_TYPING_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include "score.h"
#include "trace.h"
#include "term/predict/predictor.h"

struct typing_link {
    uint32_t round_trip_ms;
    uint32_t jitter_ms;    /* each way, uniformly */
    uint32_t loss_percent; /* each way */
    uint32_t seed;
    bool has_hints; /* the server is ours, and gives them */
    bool is_stock_client;
};

/* Play trace t over link; add to score. log: a line for each key that was missed; may be NULL. */
void typing_play(const struct key_trace *t, const struct typing_link *link,
                 enum predict_display display, struct typing_score *score, FILE *log);

#endif
