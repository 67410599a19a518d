/*
 * How many columns one code point takes, for programs that count by wcwidth(): the legacy model of
 * docs/TERMINAL.md, "Widths". Clusters are grapheme.h's.
 */
#ifndef SKUA_TERM_TEXT_WIDTH_H
#define SKUA_TERM_TEXT_WIDTH_H

#include <stdint.h>

/*
 * Columns of one code point: 2 wide (UAX #11 W and F), 1, or 0 for what joins the character before
 * it (marks, joiners, variation selectors, medial and final jamo, bidi controls).
 * Returns -1 for what is never printed: C0, DEL, C1, surrogates, noncharacters, above U+10FFFF.
 * Source   utf8proc's tables, with the overrides that make it agree with glibc's wcwidth(), which
 *          is what shells and stock peers count with; unassigned code points of the East Asian
 *          blocks are 2, others 1.
 */
int width_of(uint32_t code_point);

#endif
