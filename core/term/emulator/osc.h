/*
 * Operating system commands: titles, colours, links, clipboard, prompt marks.
 * Source: xterm ctlseqs; docs/TERMINAL.md, "Operating system commands".
 */
#ifndef SKUA_TERM_EMULATOR_OSC_H
#define SKUA_TERM_EMULATOR_OSC_H

#include <stdbool.h>

#include "base/view.h"

struct emulator;

/* Act on the text of an OSC; bel: BEL ended it. What is unknown does nothing. */
void osc_dispatch(struct emulator *e, struct view text, bool bel);

#endif
