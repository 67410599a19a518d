/*
 * The figures of prediction: how much of a person's typing is painted at once, how much of that is
 * wrong, and what is painted that never should be.
 */
#ifndef SKUA_TESTS_SIM_PREDICTION_SCORE_H
#define SKUA_TESTS_SIM_PREDICTION_SCORE_H

#include <stdbool.h>
#include <stdint.h>

#include "trace.h"

/* Latencies are counted apart up to here. */
#define SCORE_LATENCY_MS 20000

struct typing_score {
    unsigned keys;
    unsigned instant; /* the effect was painted with the key */
    unsigned edits;   /* keys that the program echoes or that edit a line */
    unsigned edits_instant;
    double wrong;     /* something else was painted; 0.5 if only right of the cursor */
    unsigned leaks;   /* secret keys painted */
    unsigned flicker; /* cells that were predicted and then painted differently */
    unsigned latencies;
    uint64_t latency_sum_ms;
    unsigned latency[SCORE_LATENCY_MS]; /* from a key to the first painting of its effect */
};

/* Whether k was echoed, or edited a line: text, Backspace, cursor keys, kill and word keys. */
bool score_is_edit(const struct trace_key *k);

/* Whether painted shows what k led to, or where Enter took the cursor. */
bool score_shows(const struct screen *painted, const struct trace_key *k);

/*
 * Count key `index` of t, after which `painted` was shown over raw. Returns a word for the log: LEAK,
 * WRONG, missed, other (not instant, and no edit); NULL: instant.
 */
const char *score_key(struct typing_score *score, const struct key_trace *t, int index,
                      const struct screen *painted, const struct screen *raw);

void score_latency(struct typing_score *score, uint64_t ms);

/* The latency that so large a part of the keys does not exceed. */
unsigned score_quantile_ms(const struct typing_score *score, double part);

/*
 * Cells that `was` painted over was_raw and `now` paints differently, other than any key up to `index`
 * had them: output that followed a right guess is no flicker.
 */
unsigned score_flicker(const struct key_trace *t, int index, const struct screen *was,
                       const struct screen *was_raw, const struct screen *now);

void score_add(struct typing_score *sum, const struct typing_score *s);

#endif
