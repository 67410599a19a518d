/*
 * The program of a trace, on a pty: each key that arrives is answered as it was when it was recorded, one
 * after the other.
 */
#ifndef SKUA_TESTS_SIM_PREDICTION_RECORDED_H
#define SKUA_TESTS_SIM_PREDICTION_RECORDED_H

#include "trace.h"
#include "world.h"

struct recorded;

/* trace is borrowed. Silent until recorded_start(), which is to follow what the terminal has become. */
struct recorded *recorded_new(const struct key_trace *trace);
void recorded_free(struct recorded *r);
void recorded_start(struct recorded *r, uint64_t now_ms);

/* For a world; borrows r. */
struct world_program recorded_program(struct recorded *r);

#endif
