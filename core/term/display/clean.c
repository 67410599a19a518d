/* Checks, and one copy where a title is not clean. */
#include "term/display/clean.h"

#include "base/buf.h"
#include "term/screen/payload.h"
#include "term/text/codepoint.h"

bool
clean_is_direction(uint32_t c)
{
    return c == 0x061c || c == 0x200e || c == 0x200f || (c >= 0x2028 && c <= 0x202e) ||
           (c >= 0x2066 && c <= 0x2069);
}

static bool
is_control(uint32_t c)
{
    return c < 0x20 || (c >= 0x7f && c < 0xa0);
}

static bool
is_title_text(uint32_t c)
{
    return !is_control(c) && !clean_is_direction(c);
}

static bool
is_clean_title(struct view title)
{
    for (int count = 0; title.len > 0; count++) {
        if (count == CLEAN_TITLE_MAX || !is_title_text(codepoint_first(title, &title)))
            return false;
    }
    return true;
}

struct payload *
clean_title(struct payload *t)
{
    struct view rest = payload_view(t);
    if (is_clean_title(rest))
        return t;
    struct buf kept;
    buf_init(&kept, (size_t)CLEAN_TITLE_MAX * 4);
    for (int count = 0; rest.len > 0 && count < CLEAN_TITLE_MAX;) {
        uint8_t utf8[4];
        uint32_t c = codepoint_first(rest, &rest);
        if (!is_title_text(c))
            continue;
        buf_put(&kept, view_of(utf8, codepoint_encode(c, utf8)));
        count++;
    }
    struct payload *clean = payload_new(buf_view(&kept));
    buf_fini(&kept);
    return clean;
}

static bool
starts_with(struct view text, const char *start)
{
    struct view v = view_of_text(start);
    if (text.len < v.len)
        return false;
    for (size_t i = 0; i < v.len; i++) {
        uint8_t byte = text.data[i];
        if (byte >= 'A' && byte <= 'Z')
            byte = (uint8_t)(byte - 'A' + 'a');
        if (byte != v.data[i])
            return false;
    }
    return true;
}

bool
clean_is_link(struct view link)
{
    size_t semicolon = 0;
    for (size_t i = 0; i < link.len; i++) {
        if (link.data[i] < 0x20 || link.data[i] > 0x7e)
            return false;
    }
    while (semicolon < link.len && link.data[semicolon] != ';')
        semicolon++;
    if (semicolon == link.len || semicolon > CLEAN_ID_MAX + 3)
        return false;
    struct view params = view_first(link, semicolon), uri = view_from(link, semicolon + 1);
    if (params.len > 0 && !starts_with(params, "id=") && !starts_with(params, "n="))
        return false;
    return uri.len <= CLEAN_URI_MAX &&
           (starts_with(uri, "http://") || starts_with(uri, "https://") ||
            starts_with(uri, "ftp://") || starts_with(uri, "mailto:"));
}

static bool
is_base64_digit(uint8_t byte)
{
    return (byte >= 'A' && byte <= 'Z') || (byte >= 'a' && byte <= 'z') ||
           (byte >= '0' && byte <= '9') || byte == '+' || byte == '/';
}

bool
clean_is_base64(struct view text)
{
    if (text.len % 4 != 0)
        return false;
    size_t digits = text.len;
    while (digits > 0 && text.len - digits < 2 && text.data[digits - 1] == '=')
        digits--;
    for (size_t i = 0; i < digits; i++) {
        if (!is_base64_digit(text.data[i]))
            return false;
    }
    return true;
}
