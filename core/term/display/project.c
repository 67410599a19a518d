/* Rows are cut.c's; here is the rest of a screen. The copy is made when the first thing must go. */
#include "term/display/project.h"

#include "term/display/clean.h"
#include "term/display/cut.h"

/* OSC 52 of stock: characters of base64. docs/TERMINAL.md, "The stock-safe subset". */
#define STOCK_CLIPBOARD_MAX 16379

struct projection {
    struct screen *source, *copy; /* copy is NULL while nothing differs */
    const struct caps *caps;
};

static bool
has(const struct projection *p, uint32_t can)
{
    return (p->caps->can & can) == can;
}

/* Whether the consumer has one of what `can` names. */
static bool
has_any(const struct projection *p, uint32_t can)
{
    return (p->caps->can & can) != 0;
}

/* The screen as it is so far. */
static const struct screen *
now(const struct projection *p)
{
    return p->copy != NULL ? p->copy : p->source;
}

/* The copy, for writing. */
static struct screen *
own(struct projection *p)
{
    if (p->copy == NULL)
        p->copy = screen_copy(p->source);
    return p->copy;
}

static void
project_rows(struct projection *p)
{
    int rows = p->source->rows;
    for (int y = 0; y < rows; y++) {
        struct row *cut = cut_row(p->source->row[y], y == rows - 1, p->caps);
        if (cut == p->source->row[y])
            row_unref(cut);
        else
            screen_row_replace(own(p), y, cut);
    }
}

/* A real terminal's pen is the painter's: it is plain between paints. */
static void
project_pen(struct projection *p)
{
    struct style pen = { .fg = COLOR_DEFAULT };
    if (p->caps->dialect != CAPS_DIALECT_OUTER)
        pen = cut_style(&p->source->pen, p->caps);
    if (!style_equal(&pen, &p->source->pen))
        screen_set_pen(own(p), &pen);
}

static void
project_mouse(const struct projection *p, struct screen_modes *m)
{
    if (!has(p, CAPS_CAN_MOUSE) || m->mouse_reporting == 1001)
        m->mouse_reporting =
            0; /* 1001 waits for answers that only a program on the spot can give */
    if (!has(p, CAPS_CAN_MOUSE))
        m->mouse_encoding = 0;
    if (m->mouse_encoding == 1016 && !has(p, CAPS_CAN_MOUSE_PIXELS))
        m->mouse_encoding = 1006; /* the same form, in cells */
}

static struct screen_modes
project_modes(const struct projection *p)
{
    struct screen_modes m = p->source->modes;
    if (p->caps->dialect != CAPS_DIALECT_SKUA) {
        m.application_cursor = m.application_keypad = m.newline = false;
        m.alternate = false;
    }
    m.reverse_video = m.reverse_video && has(p, CAPS_CAN_REVERSE_VIDEO);
    m.bracketed_paste = m.bracketed_paste && has(p, CAPS_CAN_PASTE);
    m.focus_events = m.focus_events && has(p, CAPS_CAN_FOCUS);
    m.alternate_scroll = m.alternate_scroll && has(p, CAPS_CAN_ALTERNATE_SCROLL);
    m.clusters = m.clusters && has(p, CAPS_CAN_CLUSTERS);
    m.cursor_style = has(p, CAPS_CAN_CURSOR_STYLE) ? m.cursor_style : 0;
    m.keyboard_flags = has(p, CAPS_CAN_KEYBOARD) ? m.keyboard_flags : 0;
    m.modify_other_keys = has(p, CAPS_CAN_MODIFY_OTHER_KEYS) ? m.modify_other_keys : 0;
    if (!has(p, CAPS_CAN_PROGRESS))
        m.progress_state = m.progress_percent = 0;
    project_mouse(p, &m);
    return m;
}

static void
project_title(struct projection *p, struct payload **(*slot)(struct screen *))
{
    struct payload *title = *slot(p->source);
    struct payload *clean = has(p, CAPS_CAN_TITLE) ? clean_title(title) : NULL;
    if (clean == title)
        return;
    payload_set(slot(own(p)), clean);
    payload_unref(clean);
}

static struct payload **
title_of(struct screen *s)
{
    return &s->title;
}

static struct payload **
icon_of(struct screen *s)
{
    return &s->icon;
}

static void
project_titles(struct projection *p)
{
    project_title(p, title_of);
    project_title(p, icon_of);
    if (p->source->title_set && !has(p, CAPS_CAN_TITLE))
        own(p)->title_set = false;
}

/* Which writes to the clipboard the consumer is told of. */
static bool
takes_clipboard(const struct projection *p)
{
    const struct screen_clipboard *c = &p->source->clipboard;
    if (c->target == 0 || !has(p, CAPS_CAN_CLIPBOARD))
        return false;
    struct view contents = payload_view(c->contents);
    switch (p->caps->dialect) {
    case CAPS_DIALECT_STOCK:
        return c->target == 'c' && contents.len > 0 && contents.len <= STOCK_CLIPBOARD_MAX &&
               clean_is_base64(contents);
    case CAPS_DIALECT_OUTER: return c->target == 'c' || c->target == 'p';
    case CAPS_DIALECT_SKUA: break;
    }
    return true;
}

/* Stock knows no events, only the last value: writing the same twice is nothing new to it. */
static void
project_clipboard(struct projection *p)
{
    const struct screen_clipboard *c = &p->source->clipboard;
    bool takes = takes_clipboard(p);
    if (!takes && (c->target != 0 || c->count != 0 || c->contents != NULL)) {
        payload_set(&own(p)->clipboard.contents, NULL);
        p->copy->clipboard.target = 0;
        p->copy->clipboard.count = 0;
    } else if (p->caps->dialect == CAPS_DIALECT_STOCK && c->count != 0) {
        own(p)->clipboard.count = 0;
    }
}

/*
 * The server tells a Skua peer of notifications beside the painted bytes; a terminal shows them in its
 * own way; everybody else hears the bell.
 */
static void
project_notifications(struct projection *p)
{
    uint64_t count = p->source->notifications.count;
    if (count == 0 || has_any(p, CAPS_CAN_NOTIFY_ANY))
        return;
    struct screen *s = own(p);
    s->bell_count += count;
    events_forget_notifications(s);
}

/* What only our own ends have a use for: the host is remote, its directories mean nothing here. */
static void
project_for_strangers(struct projection *p)
{
    if (p->source->scrolled_off != 0)
        own(p)->scrolled_off = 0;
    if (p->source->directory != NULL)
        payload_set(&own(p)->directory, NULL);
}

struct screen *
screen_project(struct screen *s, const struct caps *caps)
{
    struct projection p = { .source = s, .caps = caps };
    project_rows(&p);
    project_pen(&p);
    struct screen_modes modes = project_modes(&p);
    if (!screen_modes_equal(&modes, &now(&p)->modes))
        own(&p)->modes = modes;
    project_titles(&p);
    project_clipboard(&p);
    project_notifications(&p);
    if (caps->dialect != CAPS_DIALECT_SKUA)
        project_for_strangers(&p);
    return p.copy != NULL ? p.copy : screen_ref(s);
}
