/*
 * Answers for the pty. Every answer is made from a template of ours: no byte of a query comes back.
 */
#ifndef SKUA_TERM_EMULATOR_REPLY_H
#define SKUA_TERM_EMULATOR_REPLY_H

#include "base/view.h"

struct emulator;

/*
 * Queue one answer, whole or not at all: what would pass EMULATOR_REPLIES_MAX_BYTES is dropped, and in
 * a host role everything is. What is dropped is counted. At most 255 bytes.
 */
void reply_putf(struct emulator *e, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* The same for bytes. */
void reply_put(struct emulator *e, struct view bytes);

#endif
