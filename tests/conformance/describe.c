/* Every token of the extras ends in a space; the caller trims the last. */
#include "describe.h"

#include <string.h>

#include "term/emulator/sgr.h"

static bool
is_blank(const struct row *r)
{
    for (int x = 0; x < r->cols; x++) {
        if (!cell_is_empty(&r->cell[x]) || r->cell[x].bg != COLOR_DEFAULT)
            return false;
    }
    return !r->wrapped;
}

static void
describe_row(const struct row *r, struct buf *out)
{
    for (int x = 0; x < r->cols; x++) {
        uint8_t scratch[4];
        if (r->cell[x].width == CELL_RIGHT_HALF)
            buf_put_text(out, ">");
        else if (cell_is_empty(&r->cell[x]))
            buf_put_text(out, r->cell[x].bg == COLOR_DEFAULT ? "." : "#");
        else
            buf_put(out, row_text(r, x, scratch));
    }
    if (r->wrapped)
        buf_put_text(out, "+");
}

void
describe_rows(const struct screen *s, struct buf *out)
{
    int rows = s->rows;
    while (rows > 0 && is_blank(s->row[rows - 1]))
        rows--;
    if (rows == 0)
        buf_put_text(out, "(blank)");
    for (int y = 0; y < rows; y++) {
        buf_put_text(out, y > 0 ? "/" : "");
        describe_row(s->row[y], out);
    }
}

void
describe_cursor(const struct screen *s, bool pending, struct buf *out)
{
    buf_putf(out, "%d;%d%s", s->cursor_row + 1, s->cursor_col + 1, pending ? "!" : "");
}

/* Parameters of a style without the leading reset. */
static void
put_style(const struct style *style, struct buf *out)
{
    struct buf sgr;
    buf_init(&sgr, 256);
    sgr_put(style, &sgr);
    buf_put(out, view_from(buf_view(&sgr), 2));
    if ((style->attrs & STYLE_PROTECTED) != 0)
        buf_put_text(out, sgr.len > 1 ? ";protected" : "protected");
    buf_fini(&sgr);
}

static void
describe_styles(const struct screen *s, struct buf *out)
{
    bool any = false;
    for (int y = 0; y < s->rows; y++) {
        struct style before = { 0 };
        for (int x = 0; x < s->cols; x++) {
            const struct style plain = { 0 };
            struct style style = row_style(s->row[y], x);
            if (s->row[y]->cell[x].width == CELL_RIGHT_HALF)
                continue;
            style.link = NULL;
            if (!style_equal(&style, &before) && !style_equal(&style, &plain)) {
                buf_putf(out, "%s%d;%d=", any ? "" : "sgr ", y + 1, x + 1);
                put_style(&style, out);
                buf_put_text(out, " ");
                any = true;
            }
            before = style;
        }
    }
}

static void
describe_links(const struct screen *s, struct buf *out)
{
    for (int y = 0; y < s->rows; y++) {
        const struct payload *before = NULL;
        for (int x = 0; x < s->cols; x++) {
            struct style style = row_style(s->row[y], x);
            if (style.link != NULL && !payload_equal(style.link, before)) {
                buf_putf(out, "link %d;%d=", y + 1, x + 1);
                buf_put(out, payload_view(style.link));
                buf_put_text(out, " ");
            }
            before = style.link;
        }
        if (s->row[y]->mark != ROW_MARK_NONE)
            buf_putf(out, "mark %d=%c ", y + 1, "-PIO"[s->row[y]->mark]);
    }
}

static void
describe_texts(const struct screen *s, struct buf *out)
{
    if (s->title_set) {
        buf_put_text(out, "title=[");
        buf_put(out, payload_view(s->title));
        buf_put_text(out, "] icon=[");
        buf_put(out, payload_view(s->icon));
        buf_put_text(out, "] ");
    }
    if (s->clipboard.count > 0) {
        if (s->clipboard.target == 'c')
            buf_put_text(out, "clip=[");
        else
            buf_putf(out, "clip:%c=[", s->clipboard.target);
        buf_put(out, payload_view(s->clipboard.contents));
        buf_put_text(out, "] ");
    }
}

static void
describe_news(const struct screen *s, struct buf *out)
{
    const struct screen_notifications *n = &s->notifications;
    if (s->directory != NULL) {
        buf_put_text(out, "dir=[");
        buf_put(out, payload_view(s->directory));
        buf_put_text(out, "] ");
    }
    if (s->modes.progress_state != 0)
        buf_putf(out, "progress=%u;%u ", s->modes.progress_state, s->modes.progress_percent);
    if (n->count > 0)
        buf_putf(out, "notified=%llu ", (unsigned long long)n->count);
}

static void
put_number(const char *name, unsigned long long value, struct buf *out)
{
    if (value != 0)
        buf_putf(out, "%s=%llu ", name, value);
}

static void
describe_modes(const struct screen_modes *m, struct buf *out)
{
    const struct {
        bool on;
        const char *name;
    } flags[] = {
        { m->reverse_video, "5 " },
        { m->bracketed_paste, "2004 " },
        { m->focus_events, "1004 " },
        { m->alternate_scroll, "1007 " },
        { m->application_cursor, "appcur " },
        { m->application_keypad, "keypad " },
        { m->newline, "lnm " },
        { m->clusters, "2027 " },
        { m->alternate, "alt " },
    };
    for (size_t i = 0; i < sizeof flags / sizeof flags[0]; i++)
        buf_put_text(out, flags[i].on ? flags[i].name : "");
    put_number("mouse", m->mouse_reporting, out);
    put_number("enc", m->mouse_encoding, out);
    put_number("style", m->cursor_style, out);
    put_number("kitty", m->keyboard_flags, out);
    put_number("mok", m->modify_other_keys, out);
}

void
describe_extras(const struct screen *s, bool with_scrolled_off, struct buf *out)
{
    const struct style plain = { 0 };
    struct style pen = s->pen;
    pen.link = NULL;
    buf_put_text(out, s->cursor_visible ? "" : "hidden ");
    describe_styles(s, out);
    describe_links(s, out);
    if (!style_equal(&pen, &plain)) {
        buf_put_text(out, "pen=");
        put_style(&pen, out);
        buf_put_text(out, " ");
    }
    put_number("bell", s->bell_count, out);
    describe_texts(s, out);
    describe_news(s, out);
    describe_modes(&s->modes, out);
    if (with_scrolled_off)
        buf_putf(out, "off=%llu ", (unsigned long long)s->scrolled_off);
}
