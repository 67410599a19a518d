/* An escape sequence with a final 40..5F and nothing between is the C1 control 40 above it. */
#include "term/emulator/esc.h"

#include "term/emulator/emulator_internal.h"
#include "term/emulator/report.h"
#include "term/screen/edit_print.h"

enum control {
    BEL = 0x07,
    BS = 0x08,
    HT = 0x09,
    LF = 0x0A,
    VT = 0x0B,
    FF = 0x0C,
    CR = 0x0D,
    SO = 0x0E,
    SI = 0x0F,
    IND = 0x84,
    NEL = 0x85,
    HTS = 0x88,
    RI = 0x8D,
    SS2 = 0x8E,
    SS3 = 0x8F,
    DECID = 0x9A,
    C1_FIRST = 0x80,
};

static void
bell(struct emulator *e)
{
    if (!e->role->takes_events || ration_take(&e->bells, &ration_of_bells, e->now_ms))
        e->screen->bell_count++;
}

static void
backspace(struct emulator *e)
{
    struct screen *s = e->screen;
    if (e->was_pending && e->role->backspace_settles_wrap)
        return;
    int col = s->cursor_col;
    bool at_margin = col == e->edit.left || col == 0;
    edit_move(&e->edit, s->cursor_row, at_margin ? col : col - 1);
}

static void
carriage_return(struct emulator *e)
{
    int left = e->edit.left;
    edit_move(&e->edit, e->screen->cursor_row, e->screen->cursor_col >= left ? left : 0);
}

static void
index_down(struct emulator *e)
{
    e->edit.pending_wrap = false;
    edit_index(&e->edit);
}

static void
line_feed(struct emulator *e)
{
    index_down(e);
    if (e->screen->modes.newline)
        carriage_return(e);
}

void
esc_tab(struct emulator *e, int count)
{
    struct screen *s = e->screen;
    bool pending = e->was_pending;
    int col = s->cursor_col;
    int last = col <= e->edit.right ? e->edit.right : s->cols - 1;
    for (; count > 0 && col < last; count--)
        col = tabs_next(&e->tabs, col, last);
    edit_move(&e->edit, s->cursor_row, col);
    e->edit.pending_wrap = pending;
}

void
esc_back_tab(struct emulator *e, int count)
{
    bool pending = e->was_pending;
    int col = e->screen->cursor_col;
    for (; count > 0 && col > 0; count--)
        col = tabs_previous(&e->tabs, col);
    edit_move(&e->edit, e->screen->cursor_row, col);
    /* Stock keeps the wrap although the cursor has left the last column. */
    e->edit.pending_wrap = pending && !e->role->is_modern;
}

static void
shift_out(struct emulator *e, int slot)
{
    if (e->role->is_modern)
        e->charsets.left = (uint8_t)slot;
}

static void
single_shift(struct emulator *e, int slot)
{
    if (e->role->is_modern)
        e->charsets.single = (uint8_t)slot;
}

static void
act(struct emulator *e, uint8_t code)
{
    switch (code) {
    case BEL: bell(e); break;
    case BS: backspace(e); break;
    case HT: esc_tab(e, 1); break;
    case LF:
    case VT:
    case FF: line_feed(e); break;
    case CR: carriage_return(e); break;
    case SO: shift_out(e, 1); break;
    case SI: shift_out(e, 0); break;
    case IND: index_down(e); break;
    case NEL:
        carriage_return(e);
        index_down(e);
        break;
    case HTS: tabs_set(&e->tabs, e->screen->cursor_col); break;
    case RI:
        e->edit.pending_wrap = false;
        edit_reverse_index(&e->edit);
        break;
    case SS2: single_shift(e, 2); break;
    case SS3: single_shift(e, 3); break;
    case DECID:
        if (e->role->is_modern)
            report_attributes(e);
        break;
    default: break;
    }
}

void
esc_control(struct emulator *e, uint8_t code)
{
    e->was_pending = e->edit.pending_wrap;
    /* Ours keep the wrap through C0 controls that do not move: what moves ends it itself. */
    if (!e->role->is_modern || code >= C1_FIRST)
        e->edit.pending_wrap = false;
    e->last_printed = 0;
    act(e, code);
}

/* DECALN: a screen of E, to adjust a tube by. All rows are the same one. */
static void
alignment(struct emulator *e)
{
    struct edit *edit = &e->edit;
    struct screen *s = e->screen;
    struct style style = { .bg = e->role->is_modern ? COLOR_DEFAULT : s->pen.bg };
    if (e->role->is_modern) {
        edit_reset_margins(edit);
        edit->origin = false;
        edit_move(edit, 0, 0);
    }
    edit_erase_rows(edit, 0, s->rows);
    struct row *first = edit_open(edit, 0, 0, s->cols);
    for (int x = 0; x < s->cols; x++)
        row_set(first, x, view_of("E", 1), CELL_NARROW, &style);
    edit_close(edit, 0, 0, s->cols);
    for (int y = 1; y < s->rows; y++)
        screen_row_replace(s, y, row_ref(first));
}

/* DECBI and DECFI: move a column, or scroll columns at the margin. */
static void
column_index(struct emulator *e, int by)
{
    struct edit *edit = &e->edit;
    const struct screen *s = e->screen;
    int edge = by < 0 ? edit->left : edit->right;
    if (s->cursor_col != edge) {
        edit_move(edit, s->cursor_row, s->cursor_col + by);
        return;
    }
    if (s->cursor_row < edit->top || s->cursor_row > edit->bottom)
        return;
    for (int y = edit->top; y <= edit->bottom; y++) {
        if (by < 0)
            edit_insert_cells(edit, y, edit->left, 1);
        else
            edit_delete_cells(edit, y, edit->left, 1);
    }
}

/* What stock does not know. */
static void
dispatch_modern(struct emulator *e, uint32_t key)
{
    if (charset_designate(&e->charsets, key))
        return;
    switch (key) {
    case PARSER_KEY(0, 0, 0, '6'): column_index(e, -1); break;
    case PARSER_KEY(0, 0, 0, '9'): column_index(e, 1); break;
    case PARSER_KEY(0, 0, 0, '='): e->screen->modes.application_keypad = true; break;
    case PARSER_KEY(0, 0, 0, '>'): e->screen->modes.application_keypad = false; break;
    case PARSER_KEY(0, 0, 0, 'n'): e->charsets.left = 2; break;
    case PARSER_KEY(0, 0, 0, 'o'): e->charsets.left = 3; break;
    default: break;
    }
}

void
esc_dispatch(struct emulator *e, uint32_t key)
{
    e->was_pending = e->edit.pending_wrap;
    e->last_printed = 0;
    if (key == PARSER_KEY(0, 0, 0, '\\') && e->role->is_modern)
        return; /* the second half of ST: the string before it was the sequence */
    e->edit.pending_wrap = false;
    switch (key) {
    case PARSER_KEY(0, 0, 0, '7'): alternate_save_cursor(e); return;
    case PARSER_KEY(0, 0, 0, '8'): alternate_restore_cursor(e); return;
    case PARSER_KEY(0, 0, 0, 'c'): emulator_reset(e); return;
    case PARSER_KEY(0, '#', 0, '8'): alignment(e); return;
    default: break;
    }
    if (key >= 0x40 && key <= 0x5F)
        act(e, (uint8_t)(key + 0x40));
    else if (e->role->is_modern)
        dispatch_modern(e, key);
}
