#include "outer_check.h"

#include <assert.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/reader.h"
#include "term/text/utf8.h"

#define ESC 0x1B
#define BEL 0x07

#define PARAMS_MAX_BYTES 128
#define TITLE_MAX        256 /* with a prefix of ours */
#define URI_MAX_BYTES    (2083 + 250 + 8)
#define CLIPBOARD_MAX    (256 * 1024 / 3 * 4 + 8)

static const char *const private_modes[] = {
    "1",    "5",    "9",    "25",   "47",   "1000", "1001", "1002", "1003", "1004",
    "1005", "1006", "1007", "1015", "1016", "1049", "2004", "2026", "2027",
};

static bool
is_in(uint8_t byte, const char *set)
{
    return byte != 0 && strchr(set, byte) != NULL;
}

static bool
is_private_mode(const char *params)
{
    for (size_t i = 0; i < sizeof private_modes / sizeof private_modes[0]; i++) {
        if (strcmp(params, private_modes[i]) == 0)
            return true;
    }
    return false;
}

static void
check_csi(struct reader *r)
{
    char params[PARAMS_MAX_BYTES + 1] = { 0 };
    size_t len = 0;
    uint8_t byte = reader_u8(r), prefix = 0;
    if (is_in(byte, "?>=<")) {
        prefix = byte;
        byte = reader_u8(r);
    }
    for (; is_in(byte, "0123456789;: "); byte = reader_u8(r)) {
        assert(len < PARAMS_MAX_BYTES);
        params[len++] = (char)byte;
    }
    assert(!r->failed);
    if (prefix == '?')
        assert(is_in(byte, "hl") && is_private_mode(params));
    else if (prefix == '>')
        assert(byte == 'm' && strncmp(params, "4;", 2) == 0);
    else if (prefix == '=')
        assert(byte == 'u');
    else if (len > 0 && params[len - 1] == ' ')
        assert(byte == 'q');
    else
        assert(prefix == 0 && is_in(byte, "ABCDGHJKLMPSTX@drm"));
    assert(strchr(params, ':') == NULL || byte == 'm');
}

/* The body of an OSC; it must end in BEL or ST. */
static struct view
take_string(struct reader *r)
{
    struct view start = r->rest;
    size_t len = 0;
    uint8_t byte;
    for (byte = reader_u8(r); byte != BEL && byte != ESC; byte = reader_u8(r)) {
        assert(!r->failed && byte >= 0x20 && byte != 0x7F);
        len++;
    }
    if (byte == ESC)
        assert(reader_u8(r) == '\\');
    return view_first(start, len);
}

static bool
takes(struct view *text, const char *start)
{
    struct view v = view_of_text(start);
    if (!view_equal(view_first(*text, v.len), v))
        return false;
    *text = view_from(*text, v.len);
    return true;
}

static void
check_code_point(uint32_t c)
{
    assert(c >= 0xA0 || (c >= 0x20 && c < 0x7F));
    assert(c != 0x2028 && c != 0x2029 && c != 0x200E && c != 0x200F && c != 0x061C);
    assert(!(c >= 0x202A && c <= 0x202E) && !(c >= 0x2066 && c <= 0x2069));
}

static void
check_text(struct view text)
{
    assert(utf8_is_valid(text));
    while (text.len > 0) {
        uint32_t code_point;
        text = view_from(text, utf8_next(text, &code_point));
        check_code_point(code_point);
    }
}

static void
check_link(struct view link)
{
    assert(link.len <= URI_MAX_BYTES);
    for (size_t i = 0; i < link.len; i++)
        assert(link.data[i] >= 0x20 && link.data[i] < 0x7F);
    while (link.len > 0 && link.data[0] != ';')
        link = view_from(link, 1);
    assert(link.len > 0);
    link = view_from(link, 1);
    for (size_t i = 0; i < link.len && i < 8; i++) {
        if (link.data[i] == ':')
            break;
        assert(strchr("HTTPSFMAILOhttpsfmailo", link.data[i]) != NULL);
    }
}

static void
check_osc(struct reader *r)
{
    struct view body = take_string(r);
    if (takes(&body, "0;") || takes(&body, "1;") || takes(&body, "2;")) {
        check_text(body);
        assert(utf8_count(body) <= TITLE_MAX);
    } else if (takes(&body, "8;")) {
        check_link(body);
    } else if (takes(&body, "777;notify;") || takes(&body, "99;i=skua") || takes(&body, "9;")) {
        check_text(body);
    } else {
        assert(takes(&body, "52;") && body.len >= 2 && body.len <= CLIPBOARD_MAX);
        assert(is_in(body.data[0], "cpqs01234567") && body.data[1] == ';');
        for (size_t i = 2; i < body.len; i++)
            assert(body.data[i] == '+' || body.data[i] == '/' || body.data[i] == '=' ||
                   (body.data[i] >= '0' && body.data[i] <= '9') ||
                   ((body.data[i] | 0x20) >= 'a' && (body.data[i] | 0x20) <= 'z'));
    }
}

static void
check_escape(struct reader *r)
{
    uint8_t introducer = reader_u8(r);
    assert(is_in(introducer, "[]M"));
    if (introducer == '[')
        check_csi(r);
    else if (introducer == ']')
        check_osc(r);
}

/* A byte that is no UTF-8 would read as U+FFFD; only the character itself may. */
static void
check_character(struct reader *r)
{
    uint32_t code_point;
    struct view taken = reader_bytes(r, utf8_next(r->rest, &code_point));
    assert(utf8_is_valid(taken));
    check_code_point(code_point);
}

void
outer_check(struct view painted)
{
    struct reader r = reader_of(painted);
    while (r.rest.len > 0) {
        uint8_t byte = r.rest.data[0];
        if (byte >= 0x20)
            check_character(&r);
        else if (reader_u8(&r) == ESC)
            check_escape(&r);
        else
            assert(is_in(byte, "\a\b\r\n"));
    }
}
