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

/*
 * What a program may cause, and what a client believes a server: 5 bells a second, 10 writes to the clipboard
 * a minute, 5 notifications in 10 s. docs/TERMINAL.md, "Bounds".
 */
extern const struct ration_rule ration_of_bells, ration_of_clipboards, ration_of_notifications;

/* All zeros: full. */
struct ration {
    uint32_t taken;    /* tokens that are out */
    uint64_t since_ms; /* when the next of them began to come back */
};

/* Take one token. Returns false if there is none. */
bool ration_take(struct ration *r, const struct ration_rule *rule, uint64_t now_ms);

#endif
