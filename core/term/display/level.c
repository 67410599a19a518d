/* One mode after another; docs/TERMINAL.md, "Painting". */
#include "term/display/level.h"

#include <stddef.h>

/* What unknown modes are compared with, where their values do not matter. */
static const struct screen_modes unknown;

struct levels {
    const struct screen_modes *before, *after;
    const struct caps *caps;
    struct buf *out;
};

/* Whether a mode is to be set: it changed, or it is unknown and the consumer has it. */
static bool
is_due(const struct levels *l, bool differs, uint32_t needs)
{
    return l->before == NULL ? (l->caps->can & needs) == needs : differs;
}

static void
set_flag(const struct levels *l, int mode, bool before, bool after, uint32_t needs)
{
    if (is_due(l, before != after, needs))
        buf_putf(l->out, "\033[?%d%c", mode, after ? 'h' : 'l');
}

/* A value that exactly one mode of several carries, 0 for none of them. */
static void
set_choice(const struct levels *l, unsigned before, unsigned after, const char *none)
{
    if (l->before == NULL)
        buf_put_text(l->out, none);
    else if (before != 0 && (after == 0 || l->caps->dialect == CAPS_DIALECT_OUTER))
        buf_putf(l->out, "\033[?%ul", before);
    if (after != 0)
        buf_putf(l->out, "\033[?%uh", after);
}

static void
paint_mouse(const struct levels *l)
{
    const struct screen_modes *before = l->before != NULL ? l->before : &unknown;
    if (is_due(l, before->mouse_reporting != l->after->mouse_reporting, CAPS_CAN_MOUSE))
        set_choice(l, before->mouse_reporting, l->after->mouse_reporting,
                   "\033[?1003l\033[?1002l\033[?1000l\033[?9l");
    if (is_due(l, before->mouse_encoding != l->after->mouse_encoding, CAPS_CAN_MOUSE))
        set_choice(l, before->mouse_encoding, l->after->mouse_encoding,
                   (l->caps->can & CAPS_CAN_MOUSE_PIXELS) != 0
                       ? "\033[?1016l\033[?1015l\033[?1006l\033[?1005l"
                       : "\033[?1015l\033[?1006l\033[?1005l");
}

static void
paint_progress(const struct levels *l)
{
    const struct screen_modes *before = l->before != NULL ? l->before : &unknown;
    const struct screen_modes *after = l->after;
    bool differs = before->progress_state != after->progress_state ||
                   before->progress_percent != after->progress_percent;
    if (is_due(l, differs, CAPS_CAN_PROGRESS))
        buf_putf(l->out, "\033]9;4;%u;%u\a", after->progress_state, after->progress_percent);
}

static void
paint_keyboard(const struct levels *l)
{
    const struct screen_modes *before = l->before != NULL ? l->before : &unknown;
    const struct screen_modes *after = l->after;
    if (is_due(l, before->modify_other_keys != after->modify_other_keys,
               CAPS_CAN_MODIFY_OTHER_KEYS))
        buf_putf(l->out, "\033[>4;%um", after->modify_other_keys);
    if (is_due(l, before->keyboard_flags != after->keyboard_flags, CAPS_CAN_KEYBOARD))
        buf_putf(l->out, "\033[=%u;1u", after->keyboard_flags);
}

/*
 * What only a peer wants to know: a real terminal keeps the keys that the client set at the start. The
 * alternate screen is a level for a peer, whose cells stay; it says what the cells are, no more.
 */
static void
paint_for_peer(const struct levels *l)
{
    if (l->before == NULL || l->caps->dialect == CAPS_DIALECT_OUTER)
        return;
    set_flag(l, 47, l->before->alternate, l->after->alternate, 0);
    set_flag(l, 1, l->before->application_cursor, l->after->application_cursor, 0);
    if (l->before->application_keypad != l->after->application_keypad)
        buf_put_text(l->out, l->after->application_keypad ? "\033=" : "\033>");
    if (l->before->newline != l->after->newline)
        buf_put_text(l->out, l->after->newline ? "\033[20h" : "\033[20l");
}

void
level_paint(const struct screen_modes *before, const struct screen_modes *after,
            const struct caps *caps, struct buf *out)
{
    const struct levels l = { .before = before, .after = after, .caps = caps, .out = out };
    const struct screen_modes *old = before != NULL ? before : &unknown;
    set_flag(&l, 2004, old->bracketed_paste, after->bracketed_paste, CAPS_CAN_PASTE);
    paint_mouse(&l);
    set_flag(&l, 1004, old->focus_events, after->focus_events, CAPS_CAN_FOCUS);
    set_flag(&l, 1007, old->alternate_scroll, after->alternate_scroll, CAPS_CAN_ALTERNATE_SCROLL);
    if (is_due(&l, old->cursor_style != after->cursor_style, CAPS_CAN_CURSOR_STYLE))
        buf_putf(out, "\033[%u q", after->cursor_style);
    paint_progress(&l);
    paint_keyboard(&l);
    paint_for_peer(&l);
}
