/*
 * What a program may ask: device attributes, status, window sizes; and the title stack, which shares
 * CSI t with them. Answers come from our own state and from the client's record, never from outside.
 * Source: VT510; xterm ctlseqs; docs/TERMINAL.md, "Queries".
 */
#ifndef SKUA_TERM_EMULATOR_REPORT_H
#define SKUA_TERM_EMULATOR_REPORT_H

#include <stdbool.h>

#include "term/vt/parser.h"

struct emulator;

/* Handle a sequence if it is one of these. Returns whether it was. */
bool report_csi(struct emulator *e, const struct parser_sequence *s);

/* Primary device attributes: also for ESC Z. */
void report_attributes(struct emulator *e);

/* Whether the user's terminal is dark or light, if we know. */
void report_theme(struct emulator *e);

#endif
