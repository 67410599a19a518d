/*
 * Base64 without tables and branches on key characters: the text is as secret as the key, and a
 * table's cache lines would tell which entries were used.
 */
#include "net/crypto/key.h"

#include <stdbool.h>
#include <stddef.h>

#include "base/mem.h"

/* All ones if low <= value <= high, else 0. For values far below 2^31. */
static uint32_t
mask_within(uint32_t value, uint32_t low, uint32_t high)
{
    uint32_t outside = (value - low) | (high - value); /* its top bit: one of them went below 0 */
    return (outside >> 31) - 1;
}

/* The six bits that a character stands for; *bad becomes non-zero if it is not in the alphabet. */
static uint32_t
sextet_of(uint32_t character, uint32_t *bad)
{
    uint32_t upper = mask_within(character, 'A', 'Z');
    uint32_t lower = mask_within(character, 'a', 'z');
    uint32_t digit = mask_within(character, '0', '9');
    uint32_t plus = mask_within(character, '+', '+');
    uint32_t slash = mask_within(character, '/', '/');
    *bad |= ~(upper | lower | digit | plus | slash);
    return (upper & (character - 'A')) | (lower & (character - 'a' + 26)) |
           (digit & (character - '0' + 52)) | (plus & 62) | (slash & 63);
}

static char
character_of(uint32_t sextet)
{
    uint32_t character = (mask_within(sextet, 0, 25) & (sextet + 'A')) |
                         (mask_within(sextet, 26, 51) & (sextet - 26 + 'a')) |
                         (mask_within(sextet, 52, 61) & (sextet - 52 + '0')) |
                         (mask_within(sextet, 62, 62) & '+') | (mask_within(sextet, 63, 63) & '/');
    return (char)character;
}

enum skua_err
key_parse(struct view text, struct key *out)
{
    if (text.len != KEY_TEXT_CHARS)
        return SKUA_ERR_MALFORMED;

    struct key key = { { 0 } };
    uint32_t bad = 0;
    uint32_t bits = 0; /* the low `held` of it are not in a byte yet */
    unsigned held = 0;
    size_t filled = 0;
    for (size_t i = 0; i < KEY_TEXT_CHARS; i++) {
        bits = bits << 6 | sextet_of(text.data[i], &bad);
        held += 6;
        if (held >= 8 && filled < KEY_BYTES) {
            held -= 8;
            key.bytes[filled++] = (uint8_t)(bits >> held);
        }
    }
    bad |= bits & 0x0f; /* 132 bits were written for 128 */
    if (bad == 0)
        *out = key;
    key_wipe(&key);
    mem_wipe(&bits, sizeof bits);
    return bad == 0 ? SKUA_OK : SKUA_ERR_MALFORMED;
}

void
key_text(const struct key *key, char out[KEY_TEXT_CHARS + 1])
{
    uint32_t bits = 0;
    unsigned held = 0;
    size_t used = 0;
    for (size_t i = 0; i < KEY_TEXT_CHARS; i++) {
        if (held < 6) {
            uint32_t byte = used < KEY_BYTES ? key->bytes[used] : 0;
            used++;
            bits = bits << 8 | byte;
            held += 8;
        }
        held -= 6;
        out[i] = character_of(bits >> held & 0x3f);
    }
    out[KEY_TEXT_CHARS] = '\0';
    mem_wipe(&bits, sizeof bits);
}

void
key_wipe(struct key *key)
{
    mem_wipe(key, sizeof *key);
}
