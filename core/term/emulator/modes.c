/*
 * Set and report are two switches over the same numbers. A mode that we know but that cannot change
 * reports as permanently reset; one that we do not know as 0.
 */
#include "term/emulator/modes.h"

#include "term/emulator/emulator_internal.h"
#include "term/emulator/reply.h"

enum report {
    REPORT_UNKNOWN = 0,
    REPORT_SET = 1,
    REPORT_RESET = 2,
    REPORT_ALWAYS_RESET = 4,
};

/* Private modes that XTSAVE keeps; their places are bits of hidden_modes.saved. */
static const uint16_t saveable[] = { 1,    3,    5,    6,    7,    9,    12,   25,   47,   66,
                                     69,   1000, 1001, 1002, 1003, 1004, 1005, 1006, 1007, 1015,
                                     1016, 1047, 1049, 2004, 2026, 2027, 2031, 2048 };

_Static_assert(sizeof saveable / sizeof saveable[0] <= 64, "hidden_modes.saved has a bit for each");

static void
set_origin(struct emulator *e, bool on)
{
    /* Stock homes under the old setting and is left outside of the region. */
    if (e->role->is_modern)
        e->edit.origin = on;
    edit_move(&e->edit, e->edit.origin ? e->edit.top : 0, e->edit.origin ? e->edit.left : 0);
    e->edit.origin = on;
}

/* DECCOLM as far as it goes here: the size stays, the rest of its effects happens. */
static void
clear_for_columns(struct emulator *e)
{
    if (e->role->is_modern)
        edit_reset_margins(&e->edit);
    edit_erase_rows(&e->edit, 0, e->screen->rows);
    edit_move(&e->edit, e->edit.origin ? e->edit.top : 0, 0);
}

static void
set_blink(struct emulator *e, bool on)
{
    uint8_t style = e->screen->modes.cursor_style;
    e->modes.cursor_blinks = on;
    if (style > 0)
        e->screen->modes.cursor_style = (uint8_t)((style + 1) / 2 * 2 - (on ? 1 : 0));
}

/* Stock's modes. Returns false if the mode is none of them. */
static bool
set_basic(struct emulator *e, int mode, bool on)
{
    struct screen_modes *m = &e->screen->modes;
    switch (mode) {
    case 1: m->application_cursor = on; return true;
    case 3: clear_for_columns(e); return true;
    case 5: m->reverse_video = on; return true;
    case 6: set_origin(e, on); return true;
    case 7: e->edit.autowrap = on; return true;
    case 25: e->screen->cursor_visible = on; return true;
    case 9:
    case 1000:
    case 1001:
    case 1002:
    case 1003: m->mouse_reporting = (uint16_t)(on ? mode : 0); return true;
    case 1005:
    case 1006:
    case 1015: m->mouse_encoding = (uint16_t)(on ? mode : 0); return true;
    case 1004: m->focus_events = on; return true;
    case 1007: m->alternate_scroll = on; return true;
    case 2004: m->bracketed_paste = on; return true;
    default: return false;
    }
}

static void
report_size(struct emulator *e)
{
    const struct screen *s = e->screen;
    reply_putf(e, "\033[48;%d;%d;%d;%dt", s->rows, s->cols, s->rows * e->record.cell_height_px,
               s->cols * e->record.cell_width_px);
}

void
modes_report_size(struct emulator *e)
{
    if (e->modes.reports_size)
        report_size(e);
}

static bool
has_pixel_mouse(const struct emulator *e)
{
    /* A peer's diff is not a program's wish: it was allowed where it was made. */
    return !e->role->replies || (e->record.can & RECORD_CAN_MOUSE_PIXELS) != 0;
}

static void
set_column_margins(struct emulator *e, bool on)
{
    e->modes.column_margins = on;
    if (on)
        return; /* they are full, or were chosen while the mode was on before */
    e->edit.left = 0;
    e->edit.right = e->screen->cols - 1;
}

static void
set_modern(struct emulator *e, int mode, bool on)
{
    struct screen_modes *m = &e->screen->modes;
    switch (mode) {
    case 12: set_blink(e, on); break;
    case 47:
    case 1047:
    case 1048:
    case 1049: alternate_set(e, mode, on); break;
    case 66: m->application_keypad = on; break;
    case 69: set_column_margins(e, on); break;
    case 1016:
        if (has_pixel_mouse(e))
            m->mouse_encoding = (uint16_t)(on ? mode : 0);
        break;
    case 2026:
        if (on && e->role->holds_back)
            emulator_hold(e);
        else
            emulator_release(e);
        break;
    case 2027:
        m->clusters = on;
        e->edit.cluster = (struct grapheme){ 0 };
        break;
    case 2031: e->modes.reports_theme = on; break;
    case 2048:
        e->modes.reports_size = on;
        modes_report_size(e);
        break;
    default: break;
    }
}

static void
set_private(struct emulator *e, int mode, bool on)
{
    if (!set_basic(e, mode, on) && e->role->is_modern)
        set_modern(e, mode, on);
}

static void
set_ansi(struct emulator *e, int mode, bool on)
{
    if (mode == 4)
        e->edit.insert = on;
    else if (mode == 20 && e->role->is_modern)
        e->screen->modes.newline = on;
}

static enum report
of_flag(bool on)
{
    return on ? REPORT_SET : REPORT_RESET;
}

static enum report
report_private(const struct emulator *e, int mode)
{
    const struct screen_modes *m = &e->screen->modes;
    switch (mode) {
    case 1: return of_flag(m->application_cursor);
    case 5: return of_flag(m->reverse_video);
    case 6: return of_flag(e->edit.origin);
    case 7: return of_flag(e->edit.autowrap);
    case 12: return of_flag(e->modes.cursor_blinks);
    case 25: return of_flag(e->screen->cursor_visible);
    case 47:
    case 1047:
    case 1049: return of_flag(m->alternate);
    case 66: return of_flag(m->application_keypad);
    case 69: return of_flag(e->modes.column_margins);
    case 9:
    case 1000:
    case 1002:
    case 1003: return of_flag(m->mouse_reporting == mode);
    case 1005:
    case 1006:
    case 1015: return of_flag(m->mouse_encoding == mode);
    case 1016: return has_pixel_mouse(e) ? of_flag(m->mouse_encoding == mode) : REPORT_UNKNOWN;
    case 1004: return of_flag(m->focus_events);
    case 1007: return of_flag(m->alternate_scroll);
    case 1048: return of_flag(e->alternate.saved[m->alternate].is_set);
    case 2004: return of_flag(m->bracketed_paste);
    case 2026: return of_flag(e->held != NULL);
    case 2027: return of_flag(m->clusters);
    case 2031: return of_flag(e->modes.reports_theme);
    case 2048: return of_flag(e->modes.reports_size);
    case 3:
    case 45:
    case 1001: return REPORT_ALWAYS_RESET;
    default: return REPORT_UNKNOWN;
    }
}

static enum report
report_ansi(const struct emulator *e, int mode)
{
    switch (mode) {
    case 4: return of_flag(e->edit.insert);
    case 20: return of_flag(e->screen->modes.newline);
    case 2:
    case 12: return REPORT_ALWAYS_RESET;
    default: return REPORT_UNKNOWN;
    }
}

/* The bit that XTSAVE has for a mode; 0 if it has none. */
static uint64_t
saved_bit(int mode)
{
    for (size_t i = 0; i < sizeof saveable / sizeof saveable[0]; i++) {
        if (saveable[i] == mode)
            return UINT64_C(1) << i;
    }
    return 0;
}

static void
save(struct emulator *e, int mode)
{
    if (report_private(e, mode) == REPORT_SET)
        e->modes.saved |= saved_bit(mode);
    else
        e->modes.saved &= ~saved_bit(mode);
}

static void
restore(struct emulator *e, int mode)
{
    /* Only what differs: setting some modes again has effects of its own. */
    bool on = (e->modes.saved & saved_bit(mode)) != 0;
    if (saved_bit(mode) != 0 && on != (report_private(e, mode) == REPORT_SET))
        set_private(e, mode, on);
}

static bool
csi_modern(struct emulator *e, const struct parser_sequence *s, int i)
{
    int mode = parser_param(s, i, 0);
    switch (s->key) {
    case PARSER_KEY('?', 0, 0, 's'): save(e, mode); return true;
    case PARSER_KEY('?', 0, 0, 'r'): restore(e, mode); return true;
    case PARSER_KEY('?', '$', 0, 'p'):
        reply_putf(e, "\033[?%d;%d$y", mode, (int)report_private(e, mode));
        return true;
    case PARSER_KEY(0, '$', 0, 'p'):
        reply_putf(e, "\033[%d;%d$y", mode, (int)report_ansi(e, mode));
        return true;
    default: return false;
    }
}

bool
modes_csi(struct emulator *e, const struct parser_sequence *s)
{
    for (int i = 0; i < s->count; i++) {
        int mode = parser_param(s, i, 0);
        if (s->key == PARSER_KEY('?', 0, 0, 'h') || s->key == PARSER_KEY('?', 0, 0, 'l'))
            set_private(e, mode, (s->key & 0xFF) == 'h');
        else if (s->key == PARSER_KEY(0, 0, 0, 'h') || s->key == PARSER_KEY(0, 0, 0, 'l'))
            set_ansi(e, mode, (s->key & 0xFF) == 'h');
        else if (!e->role->is_modern || !csi_modern(e, s, i))
            return false;
    }
    return true;
}
