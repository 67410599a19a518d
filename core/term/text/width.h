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

/*
 * The same where comparing is enough: 1 or 2 for most of the text there is (Latin, Greek, Cyrillic, CJK,
 * kana, Hangul syllables, fullwidth forms, box drawing), 0 for what width_of() must be asked.
 */
static inline int
width_common(uint32_t c)
{
    if (c - 0x4E00u <= 0x9FFFu - 0x4E00u)
        return 2;
    if (c < 0x300)
        return (c >= 0x20 && c < 0x7F) || c >= 0xA0;
    if (c - 0x3041u <= 0x30FFu - 0x3041u) /* but for the two combining sound marks */
        return c - 0x3099u <= 1 ? 0 : 2;
    if (c - 0xAC00u <= 0xD7A3u - 0xAC00u || c - 0x3001u <= 0x3029u - 0x3001u ||
        c - 0xFF01u <= 0xFF60u - 0xFF01u)
        return 2;
    return c - 0x2500u <= 0x259Fu - 0x2500u || c - 0x370u <= 0x482u - 0x370u ||
           c - 0x2010u <= 0x2027u - 0x2010u;
}

#endif
