/*
 * Stock looks at the first characters of the text and takes nothing but its five forms; ours reads a
 * number, a semicolon and the rest.
 */
#include "term/emulator/osc.h"

#include "term/emulator/emulator_internal.h"
#include "term/emulator/field.h"

/* Decoded; the parser lets no more than that through. */
#define CLIPBOARD_MAX_BYTES (256 * 1024)

#define STOCK_CLIPBOARD_MAX_POINTS 16379

#define DIRECTORY_MAX_BYTES 4096

static bool
starts_with(struct view text, const char *prefix)
{
    size_t len = strlen(prefix);
    return text.len >= len && memcmp(text.data, prefix, len) == 0;
}

static void
write_clipboard(struct emulator *e, uint8_t target, struct view contents)
{
    struct screen_clipboard *c = &e->screen->clipboard;
    struct payload *p = payload_new(contents);
    payload_set(&c->contents, p);
    payload_unref(p);
    c->target = target;
    c->count++;
}

static void
dispatch_stock(struct emulator *e, struct view text)
{
    if (starts_with(text, ";"))
        title_set(e, view_from(text, 1), TITLE_MAX_POINTS + 1, true, true);
    else if (starts_with(text, "0;"))
        title_set(e, view_from(text, 2), TITLE_MAX_POINTS, true, true);
    else if (starts_with(text, "1;"))
        title_set(e, view_from(text, 2), TITLE_MAX_POINTS, false, true);
    else if (starts_with(text, "2;"))
        title_set(e, view_from(text, 2), TITLE_MAX_POINTS, true, false);
    else if (starts_with(text, "52;c;"))
        write_clipboard(e, 'c', view_first(view_from(text, 5), STOCK_CLIPBOARD_MAX_POINTS));
}

static bool
is_base64_char(uint8_t c)
{
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '+' ||
           c == '/';
}

/* Base64 with its padding, of at most CLIPBOARD_MAX_BYTES. */
static bool
is_clipboard_text(struct view text)
{
    size_t len = text.len;
    if (len % 4 != 0 || len / 4 * 3 > CLIPBOARD_MAX_BYTES + 2)
        return false;
    for (int padding = 0; padding < 2 && len > 0 && text.data[len - 1] == '='; padding++)
        len--;
    for (size_t i = 0; i < len; i++) {
        if (!is_base64_char(text.data[i]))
            return false;
    }
    return true;
}

/*
 * The first target is the one that is kept. A query is never answered and never passed on; what is no
 * base64 empties the clipboard, as xterm has it.
 */
static void
clipboard(struct emulator *e, struct view text)
{
    struct view data = text;
    struct view targets = field_take(&data, ';');
    for (size_t i = 0; i < targets.len; i++) {
        if (strchr("cpqs01234567", targets.data[i]) == NULL || targets.data[i] == 0)
            return;
    }
    if (targets.len == text.len || (data.len == 1 && data.data[0] == '?'))
        return;
    if (e->role->takes_events && !ration_take(&e->clipboards, &ration_of_clipboards, e->now_ms))
        return;
    uint8_t target = targets.len > 0 ? targets.data[0] : 'c';
    write_clipboard(e, target, is_clipboard_text(data) ? data : (struct view){ 0 });
}

/* Where the program is: kept as it was written, a URL of printable ASCII. Nothing to say forgets it. */
static void
set_directory(struct emulator *e, struct view url)
{
    if (url.len > DIRECTORY_MAX_BYTES || (url.len > 0 && !starts_with(url, "file://")))
        return;
    for (size_t i = 0; i < url.len; i++) {
        if (url.data[i] < 0x20 || url.data[i] > 0x7E)
            return;
    }
    struct payload *p = url.len > 0 ? payload_new(url) : NULL;
    payload_set(&e->screen->directory, p);
    payload_unref(p);
}

/* A row that begins a prompt stays one, whatever else begins on it. */
static void
mark_row(struct emulator *e, struct view text)
{
    struct screen *s = e->screen;
    enum row_mark mark;
    switch (text.len > 0 ? text.data[0] : 0) {
    case 'A': mark = ROW_MARK_PROMPT; break;
    case 'B': mark = ROW_MARK_INPUT; break;
    case 'C': mark = ROW_MARK_OUTPUT; break;
    default: return;
    }
    if (s->row[s->cursor_row]->mark == ROW_MARK_PROMPT)
        return;
    struct row *r = screen_row_mut(s, s->cursor_row);
    r->mark = (uint8_t)mark;
    r->beyond |= ROW_BEYOND_MARK;
}

void
osc_dispatch(struct emulator *e, struct view text, bool bel)
{
    if (!e->role->is_modern) {
        dispatch_stock(e, text);
        return;
    }
    struct view rest = text;
    struct view name = field_take(&rest, ';');
    /* Nothing before the semicolon is 0; nothing at all is nothing. */
    int number = name.len == 0 && text.len > 0 ? 0 : field_number(name);
    bool has_text = name.len < text.len;
    switch (number) {
    case 0:
    case 1:
    case 2:
        if (has_text)
            title_set(e, rest, TITLE_MAX_POINTS, number != 1, number != 2);
        break;
    case 7: set_directory(e, rest); break;
    case 8: link_set(e, rest); break;
    case 52: clipboard(e, rest); break;
    case 133: mark_row(e, rest); break;
    default: (void)(notify_osc(e, number, rest) || palette_osc(e, number, rest, bel)); break;
    }
}
