/*
 * Control sequences: moves, edits, margins; the rest is handed to its own file.
 * Source: ECMA-48 §8.3; VT510; xterm ctlseqs; docs/TERMINAL.md, "Control sequences".
 */
#ifndef SKUA_TERM_EMULATOR_CSI_H
#define SKUA_TERM_EMULATOR_CSI_H

#include "term/vt/parser.h"

struct emulator;

/* Act on a complete sequence; unknown ones do nothing but end a pending wrap. */
void csi_dispatch(struct emulator *e, const struct parser_sequence *s);

#endif
