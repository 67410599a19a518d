/*
 * Device control strings: DECRQSS and XTGETTCAP. Others are swallowed, images among them.
 * Source: VT510 (DECRQSS); xterm ctlseqs (XTGETTCAP); docs/TERMINAL.md, "Queries".
 */
#ifndef SKUA_TERM_EMULATOR_DCS_H
#define SKUA_TERM_EMULATOR_DCS_H

#include "term/vt/parser.h"

struct emulator;

/* Act on a complete string; what is unknown does nothing. */
void dcs_dispatch(struct emulator *e, const struct parser_sequence *head, struct view body);

#endif
