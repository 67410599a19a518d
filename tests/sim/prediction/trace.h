/* A recorded session: keys, and what the program wrote for each. bench/prediction/record.py. */
#ifndef SKUA_TESTS_SIM_PREDICTION_TRACE_H
#define SKUA_TESTS_SIM_PREDICTION_TRACE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "term/screen/screen.h"

#define TRACE_OUT_MAX   128
#define TRACE_MOVES_MAX 4

/* A piece of output, so long after the key. */
struct trace_out {
    uint32_t delay_ms;
    struct buf bytes;
};

/* One key and its answer; the first of a trace is no key, but what the program wrote at its start. */
struct trace_key {
    uint32_t gap_ms;
    bool is_secret; /* never echoed */
    bool echo, canonical;
    struct buf typed;
    int outs;
    struct trace_out out[TRACE_OUT_MAX];
    struct screen *before, *after; /* without any delay, filled by trace_play() */
    int moves;                     /* screens on the way: after each line feed of the answer */
    struct screen *moved[TRACE_MOVES_MAX];
};

struct key_trace {
    int rows, cols;
    int keys;
    struct trace_key *key;
};

/* Read a file; NULL after a line to stderr. */
struct key_trace *trace_load(const char *path);
void trace_free(struct key_trace *t);

#endif
