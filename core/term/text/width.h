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

/* What width_common() says beside the width. */
enum {
    WIDTH_COLUMNS = 3,  /* mask: 1 or 2, or 0 for what width_of() must be asked */
    WIDTH_DISPUTED = 4, /* not every peer measures it alike: see ROW_BEYOND_TEXT */
};

/* The tables of width_common(): the page of 256 code points that each of the first 65536 is in. */
extern const uint8_t width_page_of[256];
extern const uint8_t width_page[][256];

/*
 * The same by looking it up, for most of the text there is: Latin, Greek, Cyrillic, CJK, kana, Hangul syllables,
 * fullwidth forms, box drawing. Text mixes these as it likes, so nothing here is a branch that could be guessed wrong.
 */
static inline unsigned
width_common(uint32_t c)
{
    return c <= 0xFFFF ? width_page[width_page_of[c >> 8]][c & 0xFF] : 0;
}

#endif
