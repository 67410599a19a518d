/*
 * utf8proc calls all spacing marks (Mc) and subtending number signs (Cf) zero; glibc gives them a
 * column of their own, and a stock peer moves its cursor by glibc's word. The table below holds the
 * differences that a comparison of glibc 2.36 with utf8proc 2.8 over all code points shows.
 */
#include "term/text/width.h"

#include <stdbool.h>
#include <stddef.h>

#include <utf8proc.h>

struct range {
    uint32_t first;
    uint32_t last;
    int8_t width;
};

/* Sorted. Wins over utf8proc. */
static const struct range overrides[] = {
    { 0x00AD, 0x00AD, 1 }, /* soft hyphen: visible in terminals */
    { 0x0600, 0x0605, 1 }, /* Arabic number signs */
    { 0x06DD, 0x06DD, 1 },   { 0x070F, 0x070F, 1 },   { 0x0890, 0x0891, 1 },
    { 0x08E2, 0x08E2, 1 },   { 0x115F, 0x115F, 2 }, /* Hangul choseong filler */
    { 0x1160, 0x11FF, 0 }, /* Hangul medial and final jamo join the leading one */
    { 0x200B, 0x200F, 0 }, /* zero width space, joiners, direction marks */
    { 0x202A, 0x202E, 0 }, /* bidi embeddings */
    { 0x2060, 0x206F, 0 },   { 0x3248, 0x324F, 2 }, /* circled numbers on black squares */
    { 0x4DC0, 0x4DFF, 2 },                          /* hexagrams: glibc now, Unicode 16 as well */
    { 0xD7B0, 0xD7FF, 0 },                          /* more medial and final jamo */
    { 0xE000, 0xF8FF, 1 },                          /* private use */
    { 0xFE00, 0xFE0F, 0 },                          /* variation selectors */
    { 0xFEFF, 0xFEFF, 0 },   { 0x110BD, 0x110BD, 1 }, { 0x110CD, 0x110CD, 1 },
    { 0x1F1E6, 0x1F1FF, 1 }, /* regional indicators, each for itself */
    { 0xE0100, 0xE01EF, 0 }, { 0xF0000, 0xFFFFD, 1 }, { 0x100000, 0x10FFFD, 1 },
};

/* Blocks whose unassigned code points are wide: UAX #11 §5.3 and the blocks that touch them. */
static const struct range wide_blocks[] = {
    { 0x2E80, 0x303E, 2 },   { 0x3041, 0xA4CF, 2 },   { 0xA960, 0xA97F, 2 },
    { 0xAC00, 0xD7A3, 2 },   { 0xF900, 0xFAFF, 2 },   { 0xFE10, 0xFE19, 2 },
    { 0xFE30, 0xFE6F, 2 },   { 0xFF01, 0xFF60, 2 },   { 0xFFE0, 0xFFE6, 2 },
    { 0x16FE0, 0x18D7F, 2 }, { 0x1AFF0, 0x1B2FF, 2 }, { 0x20000, 0x2FFFD, 2 },
    { 0x30000, 0x3FFFD, 2 },
};

static const struct range *
find(const struct range *ranges, size_t count, uint32_t c)
{
    size_t low = 0;
    size_t high = count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (c > ranges[middle].last)
            low = middle + 1;
        else
            high = middle;
    }
    return low < count && c >= ranges[low].first ? &ranges[low] : NULL;
}

static bool
is_noncharacter(uint32_t c)
{
    return (c & 0xFFFE) == 0xFFFE || (c >= 0xFDD0 && c <= 0xFDEF);
}

int
width_of(uint32_t c)
{
    if (c < 0x300) {
        if (c >= 0x7F)
            return c >= 0xA0 ? 1 : -1;
        return c >= 0x20 ? 1 : -1;
    }
    if (c > 0x10FFFF || (c >= 0xD800 && c <= 0xDFFF) || is_noncharacter(c))
        return -1;
    const struct range *r = find(overrides, sizeof overrides / sizeof overrides[0], c);
    if (r != NULL)
        return r->width;
    switch (utf8proc_category((utf8proc_int32_t)c)) {
    case UTF8PROC_CATEGORY_MC: return 1;
    case UTF8PROC_CATEGORY_CN:
        r = find(wide_blocks, sizeof wide_blocks / sizeof wide_blocks[0], c);
        return r != NULL ? 2 : 1;
    default: return utf8proc_charwidth((utf8proc_int32_t)c);
    }
}
