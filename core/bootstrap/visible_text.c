/* Shows what ssh and the remote host print before a session without letting them drive the terminal. */
#include "bootstrap/visible_text.h"

/* By the length of a sequence: the code point's bits in its first byte; the least that needs it. */
static const uint8_t lead_mask[] = { 0, 0x7f, 0x1f, 0x0f, 0x07 };
static const uint32_t least_code[] = { 0, 0, 0x80, 0x800, 0x10000 };

/* Whether b continues a UTF-8 sequence. */
static bool
is_continuation(uint8_t b)
{
    return (b & 0xc0) == 0x80;
}

/*
 * The code point at the start of text and its length in bytes; length 0 if there is no well-formed
 * sequence there (truncated, overlong, a surrogate, past U+10FFFF).
 */
static size_t
decode(struct view text, uint32_t *code)
{
    uint8_t lead = text.data[0];
    size_t len = lead < 0x80 ? 1 : lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2;

    if (lead > 0xf4 || (lead >= 0x80 && lead < 0xc2) || len > text.len)
        return 0;
    uint32_t c = lead & lead_mask[len];
    for (size_t i = 1; i < len; i++) {
        if (!is_continuation(text.data[i]))
            return 0;
        c = c << 6 | (text.data[i] & 0x3fu);
    }
    if (c < least_code[len] || c > 0x10ffff || (c >= 0xd800 && c <= 0xdfff))
        return 0;
    *code = c;
    return len;
}

/* Whether a terminal, or the eye, would be misled by this character. */
static bool
is_unfit(uint32_t c)
{
    return (c >= 0x80 && c <= 0x9f) || (c >= 0x2028 && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069);
}

static void
put_hex(struct buf *out, struct view bytes)
{
    for (size_t i = 0; i < bytes.len; i++)
        buf_putf(out, "\\x%02X", bytes.data[i]);
}

void
visible_text_put(struct buf *out, struct view text)
{
    while (text.len != 0) {
        uint32_t code = 0;
        size_t len = decode(text, &code);

        if (len == 0)
            put_hex(out, view_first(text, 1));
        else if (code == '\t' || (code >= 0x20 && code != 0x7f && !is_unfit(code)))
            buf_put(out, view_first(text, len));
        else if (code < 0x20 || code == 0x7f)
            buf_putf(out, "^%c", (int)(code ^ 0x40));
        else
            put_hex(out, view_first(text, len));
        text = view_from(text, len == 0 ? 1 : len);
    }
}
