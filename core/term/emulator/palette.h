/*
 * Colours that a program sets or asks for: OSC 4, 10 to 12, 17, 19, 104, 110 to 112, 117, 119.
 * Source: xterm ctlseqs; docs/TERMINAL.md, "Colours".
 */
#ifndef SKUA_TERM_EMULATOR_PALETTE_H
#define SKUA_TERM_EMULATOR_PALETTE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/view.h"

struct emulator;
struct screen;

#define PALETTE_ENTRIES 256

/* The dynamic colours, by their OSC numbers less 10. Those without a name here belong to a Tektronix. */
enum palette_dynamic {
    PALETTE_FOREGROUND = 0,
    PALETTE_BACKGROUND = 1,
    PALETTE_CURSOR = 2,
    PALETTE_SELECTION_BACKGROUND = 7,
    PALETTE_SELECTION_FOREGROUND = 9,
    PALETTE_DYNAMICS = 10,
};

/* What the program has set, as COLOR_KIND_RGB words; 0 where it has not. */
struct palette {
    uint32_t entry[PALETTE_ENTRIES];
    uint32_t dynamic[PALETTE_DYNAMICS];
    int entries_set; /* how many of entry are not 0 */
};

/*
 * Handle OSC `number` if it is one of these; text is what follows its first ';'. A query is answered
 * from what the program set, else from the client's record, else for OSC 4 from xterm's palette.
 */
bool palette_osc(struct emulator *e, int number, struct view text, bool bel);

/*
 * Give s, which has one reference, the colours that the program put in place of palette entries, as
 * direct ones: a viewer's own palette is never changed for a program. Rows without them stay shared.
 */
void palette_resolve(const struct palette *p, struct screen *s);

/*
 * Parse an XParseColor specification: rgb:h/h/h with one to four digits each, #rgb, #rrggbb,
 * #rrrgggbbb, #rrrrggggbbbb, or a basic colour name. Returns false for anything else.
 */
bool palette_parse(struct view spec, uint32_t *color);

#endif
