/*
 * So many events and no more: a bucket of tokens that fills again with time.
 */
#ifndef SKUA_TERM_EMULATOR_RATION_H
#define SKUA_TERM_EMULATOR_RATION_H

#include <stdbool.h>
#include <stdint.h>

/* `most` at once, and one more every each_ms. */
struct ration_rule {
    uint32_t most;
    uint32_t each_ms;
};

/* All zeros: full. */
struct ration {
    uint32_t taken;    /* tokens that are out */
    uint64_t since_ms; /* when the next of them began to come back */
};

/* Take one token. Returns false if there is none. */
bool ration_take(struct ration *r, const struct ration_rule *rule, uint64_t now_ms);

#endif
