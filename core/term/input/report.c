/* Numbers in order, then what Ctrl makes of the character, as on a US keyboard. */
#include "term/input/report.h"

#include <stdint.h>

#define PARAMS     3
#define SUBPARAMS  3
#define NUMBER_MAX 0x10ffff

enum {
    SHIFT = 1,
    CTRL = 4,
    CAPS_LOCK = 64,
    NUM_LOCK = 128,
    CHANGES_THE_BYTE = SHIFT | CTRL | CAPS_LOCK | NUM_LOCK,
};

struct numbers {
    uint32_t at[PARAMS][SUBPARAMS]; /* 0: missing */
    int params;
};

static bool
is_report(const struct numbers *n, uint8_t final)
{
    return final == 'u' || (final == '~' && n->params == 3 && n->at[0][0] == 27);
}

/* Returns the length of the whole sequence, 0 if it is none or not whole. */
static size_t
read_numbers(struct view bytes, struct numbers *n)
{
    if (bytes.len < 4 || bytes.data[0] != 0x1b || bytes.data[1] != '[' || bytes.data[2] < '0' ||
        bytes.data[2] > '9')
        return 0;
    int sub = 0;
    n->params = 1;
    for (size_t i = 2; i < bytes.len && i < REPORT_MAX_BYTES; i++) {
        uint8_t byte = bytes.data[i];
        if (byte == ';') {
            n->params++;
            sub = 0;
        } else if (byte == ':') {
            sub++;
        } else if (byte < '0' || byte > '9') {
            return is_report(n, byte) ? i + 1 : 0;
        } else if (n->params <= PARAMS && sub < SUBPARAMS) {
            uint32_t *number = &n->at[n->params - 1][sub];
            if (*number <= NUMBER_MAX)
                *number = *number * 10 + (uint32_t)(byte - '0');
        }
    }
    return 0;
}

static int
with_ctrl(uint32_t c)
{
    static const uint8_t of_digits[] = { 0x00, 0x1b, 0x1c, 0x1d, 0x1e, 0x1f, 0x7f }; /* 2..8 */
    if ((c >= '@' && c <= '_') || (c >= 'a' && c <= 'z'))
        return (int)(c & 0x1f);
    if (c >= '2' && c <= '8')
        return of_digits[c - '2'];
    if (c == ' ')
        return 0;
    if (c == '/')
        return 0x1f;
    return c == '?' ? 0x7f : REPORT_NO_BYTE;
}

static int
byte_of(uint32_t code, uint32_t shifted, uint32_t modifiers)
{
    bool is_letter = code >= 'a' && code <= 'z';
    bool is_shifted = (modifiers & SHIFT) != 0 || ((modifiers & CAPS_LOCK) != 0 && is_letter);
    if ((modifiers & ~(uint32_t)CHANGES_THE_BYTE) != 0)
        return REPORT_NO_BYTE;
    if (is_shifted && shifted != 0)
        code = shifted;
    else if (is_shifted && is_letter)
        code -= 'a' - 'A';
    if (code == 0 || code > 0x7f)
        return REPORT_NO_BYTE;
    return (modifiers & CTRL) != 0 ? with_ctrl(code) : (int)code;
}

bool
report_parse(struct view bytes, struct report *out)
{
    struct numbers n = { 0 };
    size_t len = read_numbers(bytes, &n);
    if (len == 0)
        return false;
    bool is_kitty = bytes.data[len - 1] == 'u';
    const uint32_t *key = n.at[is_kitty ? 0 : 2], *how = n.at[1];
    *out = (struct report){ .len = len,
                            .byte = byte_of(key[0], key[1], how[0] > 0 ? how[0] - 1 : 0),
                            .is_press = how[1] <= 1 };
    return true;
}
