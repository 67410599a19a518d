/*
 * Rectangles of cells: erase, fill, copy, change attributes, checksum.
 * Source: VT420 (DECERA, DECFRA, DECCRA, DECSERA, DECCARA, DECRARA, DECSACE, DECRQCRA);
 * docs/TERMINAL.md, "Rectangles".
 */
#ifndef SKUA_TERM_EMULATOR_RECT_H
#define SKUA_TERM_EMULATOR_RECT_H

#include <stdbool.h>

#include "term/vt/parser.h"

struct emulator;

/* Handle a sequence if it is one of these. Returns whether it was. */
bool rect_csi(struct emulator *e, const struct parser_sequence *s);

#endif
