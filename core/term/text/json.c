/* What needs no escape goes in whole runs. */
#include "term/text/json.h"

#include "term/text/utf8.h"

static bool
is_plain(uint8_t byte)
{
    return byte >= 0x20 && byte < 0x7f && byte != '"' && byte != '\\';
}

/* How many bytes at the start of text stand for themselves. */
static size_t
plain_run(struct view text)
{
    size_t at = 0;
    while (at < text.len && is_plain(text.data[at]))
        at++;
    return at;
}

/* One code point: escaped if it has to be, as U+FFFD if its bytes are no UTF-8. Returns the bytes taken. */
static size_t
put_point(struct buf *out, struct view text)
{
    uint32_t point;
    size_t len = utf8_next(text, &point);
    if (point == '"' || point == '\\')
        (void)buf_putf(out, "\\%c", (char)point);
    else if (point < 0x20 || (point >= 0x7f && point < 0xa0))
        (void)buf_putf(out, "\\u%04x", (unsigned)point);
    else if (point == UTF8_REPLACEMENT)
        (void)buf_put_text(out, "\xef\xbf\xbd");
    else
        (void)buf_put(out, view_of(text.data, len));
    return len;
}

bool
json_put_text(struct buf *out, struct view text)
{
    (void)buf_put_u8(out, '"');
    while (text.len > 0 && !out->overflow) {
        size_t len = plain_run(text);
        if (len > 0)
            (void)buf_put(out, view_of(text.data, len));
        else
            len = put_point(out, text);
        text = view_of(text.data + len, text.len - len);
    }
    (void)buf_put_u8(out, '"');
    return !out->overflow;
}
