/*
 * Somebody who types letters at a shell, and looks when each of them shows: the time from a key to its
 * echo on the client's screen.
 */
#ifndef SKUA_TESTS_SIM_TYPIST_H
#define SKUA_TESTS_SIM_TYPIST_H

#include <stddef.h>
#include <stdint.h>

#include "world.h"

#define TYPIST_KEYS_MAX 1600 /* in one world: what fits a screen of 24x80 */

struct typist {
    uint64_t typed_ms[TYPIST_KEYS_MAX];
    size_t typed, shown;
    struct latencies *latencies;
};

/* Times from a key to its echo, of any number of worlds. */
struct latencies {
    uint32_t *ms;
    size_t count, cap;
};

void latencies_fini(struct latencies *l);
void latencies_add(struct latencies *l, uint64_t ms);

/* The value below which that many thousandths lie; 0 without any. Sorts. */
uint32_t latencies_quantile(struct latencies *l, uint32_t permille);
double latencies_mean(const struct latencies *l);

/* latencies: where to put them. */
void typist_init(struct typist *t, struct latencies *latencies);

/*
 * Type so many keys, each gap_min_ms..gap_max_ms after the one before, then wait up to limit_ms for the
 * last to show. Returns whether all did.
 */
bool typist_type(struct typist *t, struct world *w, size_t keys, uint32_t gap_min_ms,
                 uint32_t gap_max_ms, uint64_t limit_ms);

/* How long until one more key shows; UINT64_MAX: not within limit_ms. */
uint64_t typist_press(struct typist *t, struct world *w, uint64_t limit_ms);

/* How long until all that was typed shows; UINT64_MAX: not within limit_ms. */
uint64_t typist_wait(struct typist *t, struct world *w, uint64_t limit_ms);

#endif
