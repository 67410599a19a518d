/*
 * Modes: SM, RM, DECSET, DECRST, DECRQM, XTSAVE and XTRESTORE.
 * Source: ECMA-48 §7.2; VT510; xterm ctlseqs; docs/TERMINAL.md, "Modes".
 */
#ifndef SKUA_TERM_EMULATOR_MODES_H
#define SKUA_TERM_EMULATOR_MODES_H

#include <stdbool.h>

#include "term/vt/parser.h"

struct emulator;

/* Handle a sequence if it sets, resets, saves or asks for modes. Returns whether it does. */
bool modes_csi(struct emulator *e, const struct parser_sequence *s);

/* The window has a new size: tell a program that asked to be told (?2048). */
void modes_report_size(struct emulator *e);

#endif
