/*
 * Colours for terminals that have fewer of them.
 */
#ifndef SKUA_TERM_DISPLAY_PALETTE_H
#define SKUA_TERM_DISPLAY_PALETTE_H

#include <stdbool.h>
#include <stdint.h>

/*
 * The nearest colour that a terminal with `colors` of them has (struct caps), by squared distance to
 * xterm's palette: 256: cube and greys; 16: palette 0..15; 8: palette 0..7, the bright bit dropped and
 * *bright set (bold shows it, if it is the foreground); fewer: the default. bright may be NULL.
 *
 * Source   docs/TERMINAL.md, "Downgrades".
 */
uint32_t palette_nearest(uint32_t color, uint32_t colors, bool *bright);

#endif
