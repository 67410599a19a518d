/* The graphics set is the one that programs still use; the national sets died with 7-bit lines. */
#include "term/emulator/charset.h"

#include "term/vt/parser.h"

#define GRAPHICS_FIRST 0x5F

/* VT100 special graphics, 5F..7E. */
static const uint16_t graphics[] = {
    ' ',    0x25C6, 0x2592, 0x2409, 0x240C, 0x240D, 0x240A, 0x00B0, 0x00B1, 0x2424, 0x240B,
    0x2518, 0x2510, 0x250C, 0x2514, 0x253C, 0x23BA, 0x23BB, 0x2500, 0x23BC, 0x23BD, 0x251C,
    0x2524, 0x2534, 0x252C, 0x2502, 0x2264, 0x2265, 0x03C0, 0x2260, 0x00A3, 0x00B7,
};

bool
charset_designate(struct charsets *c, uint32_t key)
{
    uint32_t introducer = key >> 16 & 0xFF;
    uint32_t second = key >> 8 & 0xFF;
    uint32_t final = key & 0xFF;
    int slot;
    bool has_94 = introducer >= '(' && introducer <= '+';
    if (has_94)
        slot = (int)(introducer - '(');
    else if (introducer >= '-' && introducer <= '/')
        slot = (int)(introducer - '-') + 1;
    else
        return false;
    c->set[slot] = CHARSET_ASCII;
    if (has_94 && second == 0 && final == '0')
        c->set[slot] = CHARSET_GRAPHICS;
    else if (has_94 && second == 0 && final == 'A')
        c->set[slot] = CHARSET_UK;
    else if (!has_94 && second == 0 && final == 'A')
        c->set[slot] = CHARSET_LATIN1;
    return true;
}

bool
charset_is_ascii(const struct charsets *c)
{
    return c->single == 0 && c->set[c->left] == CHARSET_ASCII;
}

uint32_t
charset_map(struct charsets *c, uint32_t code_point)
{
    int slot = c->single != 0 ? c->single : c->left;
    c->single = 0;
    if (code_point > 0x7E)
        return code_point;
    if (c->set[slot] == CHARSET_LATIN1 && code_point >= ' ')
        return code_point + 0x80;
    if (c->set[slot] == CHARSET_UK && code_point == '#')
        return 0x00A3;
    if (c->set[slot] == CHARSET_GRAPHICS && code_point >= GRAPHICS_FIRST)
        return graphics[code_point - GRAPHICS_FIRST];
    return code_point;
}
