/*
 * The decoder keeps the range that the next continuation byte must be in: that alone refuses
 * overlong forms, surrogates and values above U+10FFFF at the earliest byte, which is what makes the
 * replaced part maximal and no longer.
 */
#include "term/text/utf8.h"

/* Begin the sequence that `byte` leads. Returns false if no sequence can begin so. */
static bool
lead(struct utf8_decoder *d, uint8_t byte)
{
    *d = (struct utf8_decoder){ .lower = 0x80, .upper = 0xBF };
    if (byte >= 0xC2 && byte <= 0xDF) {
        d->needed = 1;
        d->partial = byte & 0x1Fu;
    } else if (byte >= 0xE0 && byte <= 0xEF) {
        d->needed = 2;
        d->partial = byte & 0x0Fu;
        d->lower = byte == 0xE0 ? 0xA0 : 0x80;
        d->upper = byte == 0xED ? 0x9F : 0xBF;
    } else if (byte >= 0xF0 && byte <= 0xF4) {
        d->needed = 3;
        d->partial = byte & 0x07u;
        d->lower = byte == 0xF0 ? 0x90 : 0x80;
        d->upper = byte == 0xF4 ? 0x8F : 0xBF;
    }
    return d->needed != 0;
}

/* Take a continuation byte of an open sequence. Returns false, d unchanged, if it cannot follow. */
static bool
follow(struct utf8_decoder *d, uint8_t byte)
{
    if (byte < d->lower || byte > d->upper)
        return false;
    d->partial = d->partial << 6 | (byte & 0x3Fu);
    d->needed--;
    d->lower = 0x80;
    d->upper = 0xBF;
    return true;
}

int
utf8_push(struct utf8_decoder *d, uint8_t byte, uint32_t out[2])
{
    int count = 0;
    if (d->needed > 0) {
        if (follow(d, byte)) {
            out[0] = d->partial;
            return d->needed == 0;
        }
        d->needed = 0;
        out[count++] = UTF8_REPLACEMENT;
    }
    if (byte < 0x80)
        out[count++] = byte;
    else if (!lead(d, byte))
        out[count++] = UTF8_REPLACEMENT;
    return count;
}

size_t
utf8_next(struct view text, uint32_t *code_point)
{
    if (text.len == 0)
        return 0;
    *code_point = text.data[0];
    if (text.data[0] < 0x80)
        return 1;
    struct utf8_decoder d;
    size_t used = 1;
    if (lead(&d, text.data[0])) {
        while (d.needed > 0 && used < text.len && follow(&d, text.data[used]))
            used++;
        *code_point = d.partial;
        if (d.needed == 0)
            return used;
    }
    *code_point = UTF8_REPLACEMENT;
    return used;
}

/* One character of two to four bytes, no C1. Returns its length, or 0 if it is not whole and well-formed. */
static inline size_t
multibyte(const uint8_t *b, size_t len, uint32_t *out)
{
    uint32_t c = 0;
    if (len >= 3 && (b[0] & 0xF0) == 0xE0) {
        c = (b[0] & 0x0Fu) << 12 | (b[1] & 0x3Fu) << 6 | (b[2] & 0x3Fu);
        *out = c;
        bool has_tails = (b[1] & 0xC0) == 0x80 && (b[2] & 0xC0) == 0x80;
        return has_tails && c >= 0x800 && (c & 0xF800) != 0xD800 ? 3 : 0;
    }
    if (len >= 2 && (b[0] & 0xE0) == 0xC0) {
        *out = c = (b[0] & 0x1Fu) << 6 | (b[1] & 0x3Fu);
        return (b[1] & 0xC0) == 0x80 && c >= 0xA0 ? 2 : 0;
    }
    if (len >= 4 && (b[0] & 0xF8) == 0xF0) {
        *out = c =
            (b[0] & 0x07u) << 18 | (b[1] & 0x3Fu) << 12 | (b[2] & 0x3Fu) << 6 | (b[3] & 0x3Fu);
        bool has_tails = (b[1] & 0xC0) == 0x80 && (b[2] & 0xC0) == 0x80 && (b[3] & 0xC0) == 0x80;
        return has_tails && c >= 0x10000 && c <= 0x10FFFF ? 4 : 0;
    }
    return 0;
}

size_t
utf8_run(struct view text, uint32_t *out, size_t max, size_t *count)
{
    size_t used = 0, points = 0;
    for (; points < max; points++) {
        size_t taken = multibyte(text.data + used, text.len - used, &out[points]);
        if (taken == 0)
            break;
        used += taken;
    }
    *count = points;
    return used;
}

bool
utf8_is_valid(struct view text)
{
    struct utf8_decoder d = { 0 };
    for (size_t i = 0; i < text.len; i++) {
        uint8_t byte = text.data[i];
        if (d.needed > 0 ? !follow(&d, byte) : byte >= 0x80 && !lead(&d, byte))
            return false;
    }
    return d.needed == 0;
}

size_t
utf8_count(struct view text)
{
    size_t count = 0;
    uint32_t c;
    while (text.len > 0) {
        text = view_from(text, utf8_next(text, &c));
        count++;
    }
    return count;
}
