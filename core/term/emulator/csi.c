/*
 * Every count is at most PARSER_PARAM_MAX and every edit clamps it to the screen, so no sequence costs
 * more than the screen has cells.
 */
#include "term/emulator/csi.h"

#include <string.h>

#include "term/emulator/emulator_internal.h"
#include "term/emulator/esc.h"
#include "term/emulator/modes.h"
#include "term/emulator/rect.h"
#include "term/emulator/report.h"
#include "term/emulator/sgr.h"
#include "term/screen/edit_print.h"

#define REPEAT_RUN_BYTES 256
#define SD_MOUSE_PARAMS  5 /* CSI T with as many is xterm's highlight tracking */

static void
move_by(struct emulator *e, int rows, int cols)
{
    const struct edit *edit = &e->edit;
    int row = e->screen->cursor_row;
    int col = e->screen->cursor_col;
    int new_row = row + rows;
    int new_col = col + cols;
    /* A margin stops a cursor that comes from inside; stock's margins stop nobody. */
    if (e->role->is_modern) {
        if (row >= edit->top && new_row < edit->top)
            new_row = edit->top;
        if (row <= edit->bottom && new_row > edit->bottom)
            new_row = edit->bottom;
        if (col >= edit->left && new_col < edit->left)
            new_col = edit->left;
        if (col <= edit->right && new_col > edit->right)
            new_col = edit->right;
    }
    edit_move(&e->edit, new_row, new_col);
}

/* Rows and columns as sequences count them: from 1, and from the margins in origin mode. */
static int
row_of(const struct emulator *e, int n)
{
    return n - 1 + (e->edit.origin ? e->edit.top : 0);
}

static int
col_of(const struct emulator *e, int n)
{
    return n - 1 + (e->edit.origin ? e->edit.left : 0);
}

static bool
csi_move(struct emulator *e, const struct parser_sequence *s)
{
    const struct screen *screen = e->screen;
    int n = parser_param(s, 0, 1);
    switch (s->key) {
    case 'A': move_by(e, -n, 0); return true;
    case 'B': move_by(e, n, 0); return true;
    case 'C': move_by(e, 0, n); return true;
    case 'D': move_by(e, 0, -n); return true;
    case 'H':
    case 'f': edit_move(&e->edit, row_of(e, n), col_of(e, parser_param(s, 1, 1))); return true;
    case 'd': edit_move(&e->edit, row_of(e, n), screen->cursor_col); return true;
    case 'G':
    case '`': edit_move(&e->edit, screen->cursor_row, col_of(e, n)); return true;
    case 'I': esc_tab(e, n); return true;
    case 'Z': esc_back_tab(e, n); return true;
    default: return false;
    }
}

/* To the start of a row n below or above. */
static void
next_line(struct emulator *e, int rows)
{
    move_by(e, rows, 0);
    int left = e->edit.left;
    edit_move(&e->edit, e->screen->cursor_row, e->screen->cursor_col >= left ? left : 0);
}

static bool
csi_move_modern(struct emulator *e, const struct parser_sequence *s)
{
    const struct screen *screen = e->screen;
    int n = parser_param(s, 0, 1);
    switch (s->key) {
    case 'E': next_line(e, n); return true;
    case 'F': next_line(e, -n); return true;
    case 'a': edit_move(&e->edit, screen->cursor_row, screen->cursor_col + n); return true;
    case 'j': edit_move(&e->edit, screen->cursor_row, screen->cursor_col - n); return true;
    case 'e': edit_move(&e->edit, screen->cursor_row + n, screen->cursor_col); return true;
    case 'k': edit_move(&e->edit, screen->cursor_row - n, screen->cursor_col); return true;
    default: return false;
    }
}

/* Scroll everything into history up to the last row that shows something, then clear. */
static void
clear_into_history(struct emulator *e)
{
    struct edit *edit = &e->edit;
    int rows = e->screen->rows;
    while (rows > 0) {
        const struct row *r = e->screen->row[rows - 1];
        int x = 0;
        while (x < r->cols && cell_is_empty(&r->cell[x]))
            x++;
        if (x < r->cols)
            break;
        rows--;
    }
    if (edit->counts_scrolled_off)
        e->screen->scrolled_off += (uint64_t)rows;
    edit_erase_rows(edit, 0, e->screen->rows);
}

static void
erase_display(struct emulator *e, int what)
{
    const struct screen *s = e->screen;
    switch (what) {
    case 0:
        edit_erase(&e->edit, s->cursor_row, s->cursor_col, s->cols);
        edit_erase_rows(&e->edit, s->cursor_row + 1, s->rows);
        break;
    case 1:
        edit_erase_rows(&e->edit, 0, s->cursor_row);
        edit_erase(&e->edit, s->cursor_row, 0, s->cursor_col + 1);
        break;
    case 2: edit_erase_rows(&e->edit, 0, s->rows); break;
    case 22:
        if (e->role->is_modern)
            clear_into_history(e);
        break;
    default: break;
    }
}

static void
erase_line(struct emulator *e, int what)
{
    const struct screen *s = e->screen;
    if (what == 0)
        edit_erase(&e->edit, s->cursor_row, s->cursor_col, s->cols);
    else if (what == 1)
        edit_erase(&e->edit, s->cursor_row, 0, s->cursor_col + 1);
    else if (what == 2)
        edit_erase(&e->edit, s->cursor_row, 0, s->cols);
}

static bool
is_between_margins(const struct emulator *e)
{
    int col = e->screen->cursor_col;
    return col >= e->edit.left && col <= e->edit.right;
}

/* Above or below the region the column goes to the margin all the same; beside it nothing happens. */
static void
edit_lines(struct emulator *e, int rows)
{
    if (!is_between_margins(e))
        return;
    if (rows > 0)
        edit_insert_lines(&e->edit, rows);
    else
        edit_delete_lines(&e->edit, -rows);
    edit_move(&e->edit, e->screen->cursor_row, e->edit.left);
}

static void
edit_cells(struct emulator *e, int cells)
{
    const struct screen *s = e->screen;
    if (!is_between_margins(e))
        return;
    if (cells > 0)
        edit_insert_cells(&e->edit, s->cursor_row, s->cursor_col, cells);
    else
        edit_delete_cells(&e->edit, s->cursor_row, s->cursor_col, -cells);
}

static bool
csi_edit(struct emulator *e, const struct parser_sequence *s)
{
    const struct screen *screen = e->screen;
    int n = parser_param(s, 0, 1);
    switch (s->key) {
    case '@': edit_cells(e, n); return true;
    case 'P': edit_cells(e, -n); return true;
    case 'L': edit_lines(e, n); return true;
    case 'M': edit_lines(e, -n); return true;
    case 'S': edit_scroll_up(&e->edit, n); return true;
    case 'T':
        if (s->count < SD_MOUSE_PARAMS || !e->role->is_modern)
            edit_scroll_down(&e->edit, n);
        return true;
    case 'J': erase_display(e, parser_param(s, 0, 0)); return true;
    case 'K': erase_line(e, parser_param(s, 0, 0)); return true;
    case 'X':
        edit_erase(&e->edit, screen->cursor_row, screen->cursor_col, screen->cursor_col + n);
        return true;
    default: return false;
    }
}

/*
 * SL, SR, DECIC, DECDC: columns of the region, from its left margin or from the cursor. Nothing if the
 * cursor is outside of the margins, as xterm has it.
 */
static void
edit_columns(struct emulator *e, int from, int cells)
{
    struct edit *edit = &e->edit;
    int row = e->screen->cursor_row;
    if (row < edit->top || row > edit->bottom || !is_between_margins(e))
        return;
    for (int y = edit->top; y <= edit->bottom; y++) {
        if (cells > 0)
            edit_insert_cells(edit, y, from, cells);
        else
            edit_delete_cells(edit, y, from, -cells);
    }
}

static void
erase_unprotected(struct emulator *e, int from_row, int to_row, int from_col, int to_col)
{
    const struct screen *s = e->screen;
    for (int y = from_row; y < to_row; y++) {
        bool is_cursor_row = y == s->cursor_row;
        edit_erase_unprotected(&e->edit, y, is_cursor_row ? from_col : 0,
                               is_cursor_row ? to_col : s->cols);
    }
}

/* DECSED and DECSEL. */
static void
selective_erase(struct emulator *e, bool line, int what)
{
    const struct screen *s = e->screen;
    int row = s->cursor_row;
    int col = s->cursor_col;
    if (what == 0)
        erase_unprotected(e, row, line ? row + 1 : s->rows, col, s->cols);
    else if (what == 1)
        erase_unprotected(e, line ? row : 0, row + 1, 0, col + 1);
    else if (what == 2)
        erase_unprotected(e, line ? row : 0, line ? row + 1 : s->rows, 0, s->cols);
}

/* Print the last character again, in runs where it is ASCII. */
static void
repeat(struct emulator *e, int count)
{
    uint8_t run[REPEAT_RUN_BYTES];
    uint32_t c = e->last_printed;
    int most = e->screen->rows * e->screen->cols;
    count = c == 0 ? 0 : count < most ? count : most;
    if (c >= 0x80) {
        for (; count > 0; count--)
            edit_print(&e->edit, c);
        return;
    }
    memset(run, (int)c, sizeof run);
    for (; count > 0; count -= REPEAT_RUN_BYTES)
        edit_print_ascii(&e->edit, view_first(view_of(run, sizeof run), (size_t)count));
}

static bool
csi_edit_modern(struct emulator *e, const struct parser_sequence *s)
{
    int n = parser_param(s, 0, 1);
    switch (s->key) {
    case 'b': repeat(e, n); return true;
    case PARSER_KEY(0, ' ', 0, '@'): edit_columns(e, e->edit.left, -n); return true;
    case PARSER_KEY(0, ' ', 0, 'A'): edit_columns(e, e->edit.left, n); return true;
    case PARSER_KEY(0, '\'', 0, '}'): edit_columns(e, e->screen->cursor_col, n); return true;
    case PARSER_KEY(0, '\'', 0, '~'): edit_columns(e, e->screen->cursor_col, -n); return true;
    case PARSER_KEY('?', 0, 0, 'J'): selective_erase(e, false, parser_param(s, 0, 0)); return true;
    case PARSER_KEY('?', 0, 0, 'K'): selective_erase(e, true, parser_param(s, 0, 0)); return true;
    default: return rect_csi(e, s);
    }
}

static void
set_margins(struct emulator *e, const struct parser_sequence *s)
{
    int rows = e->screen->rows;
    int top = parser_param(s, 0, 1);
    int bottom = parser_param(s, 1, rows);
    if (bottom <= top || top > rows)
        return;
    e->edit.top = top - 1;
    e->edit.bottom = (bottom < rows ? bottom : rows) - 1;
    edit_move(&e->edit, row_of(e, 1), col_of(e, 1));
}

/* DECSLRM while DECLRMM is set, else SCOSC. */
static void
set_column_margins(struct emulator *e, const struct parser_sequence *s)
{
    if (!e->modes.column_margins) {
        alternate_save_cursor(e);
        return;
    }
    int cols = e->screen->cols;
    int left = parser_param(s, 0, 1);
    int right = parser_param(s, 1, cols);
    right = right < cols ? right : cols;
    if (left >= right)
        return;
    e->edit.left = left - 1;
    e->edit.right = right - 1;
    edit_move(&e->edit, row_of(e, 1), col_of(e, 1));
}

static void
clear_tabs(struct emulator *e, int what)
{
    if (what == 0)
        tabs_clear(&e->tabs, e->screen->cursor_col);
    else if (what == 3)
        tabs_clear_all(&e->tabs);
}

static bool
csi_state(struct emulator *e, const struct parser_sequence *s)
{
    switch (s->key) {
    case 'r': set_margins(e, s); return true;
    case 'g': clear_tabs(e, parser_param(s, 0, 0)); return true;
    case PARSER_KEY(0, '!', 0, 'p'): emulator_soft_reset(e); return true;
    default: return modes_csi(e, s) || report_csi(e, s);
    }
}

static void
set_cursor_style(struct emulator *e, int style)
{
    if (style > 6)
        return;
    e->screen->modes.cursor_style = (uint8_t)style;
    e->modes.cursor_blinks = style % 2 == 1;
}

static void
set_protection(struct emulator *e, int what)
{
    uint16_t attrs = e->screen->pen.attrs;
    if (what == 1)
        e->screen->pen.attrs = attrs | STYLE_PROTECTED;
    else if (what == 0 || what == 2)
        e->screen->pen.attrs = (uint16_t)(attrs & ~STYLE_PROTECTED);
}

static bool
csi_state_modern(struct emulator *e, const struct parser_sequence *s)
{
    switch (s->key) {
    case 's': set_column_margins(e, s); return true;
    case 'u': alternate_restore_cursor(e); return true;
    case PARSER_KEY(0, ' ', 0, 'q'): set_cursor_style(e, parser_param(s, 0, 0)); return true;
    case PARSER_KEY(0, '"', 0, 'q'): set_protection(e, parser_param(s, 0, 0)); return true;
    default: return keyboard_csi(e, s);
    }
}

/* Questions, modes and levels: they leave the cursor where it is, so they should not be seen there. */
static bool
is_aside(uint32_t key)
{
    switch (key) {
    case 'b': /* prints, and so carries the wrap out */
    case 'c':
    case 'h':
    case 'l':
    case 'n':
    case 't':
    case PARSER_KEY('=', 0, 0, 'c'):
    case PARSER_KEY('>', 0, 0, 'c'):
    case PARSER_KEY('>', 0, 0, 'm'):
    case PARSER_KEY('?', 0, 0, 'm'):
    case PARSER_KEY('>', 0, 0, 'n'):
    case PARSER_KEY('?', 0, 0, 'n'):
    case PARSER_KEY(0, '$', 0, 'p'):
    case PARSER_KEY('?', '$', 0, 'p'):
    case PARSER_KEY(0, ' ', 0, 'q'):
    case PARSER_KEY(0, '"', 0, 'q'):
    case PARSER_KEY('>', 0, 0, 'q'):
    case PARSER_KEY('?', 0, 0, 'r'):
    case PARSER_KEY('?', 0, 0, 's'):
    case PARSER_KEY('<', 0, 0, 'u'):
    case PARSER_KEY('=', 0, 0, 'u'):
    case PARSER_KEY('>', 0, 0, 'u'):
    case PARSER_KEY('?', 0, 0, 'u'):
    case PARSER_KEY(0, '*', 0, 'x'):
    case PARSER_KEY(0, '*', 0, 'y'): return true;
    default: return false;
    }
}

/* Sequences that leave a pending wrap alone. */
static bool
keeps_wrap(const struct emulator *e, uint32_t key)
{
    switch (key) {
    case 'I':
    case 'Z':
    case 'g':
    case 'm':
    case PARSER_KEY('?', 0, 0, 'h'):
    case PARSER_KEY('?', 0, 0, 'l'): return true;
    default: return e->role->is_modern && is_aside(key);
    }
}

void
csi_dispatch(struct emulator *e, const struct parser_sequence *s)
{
    e->was_pending = e->edit.pending_wrap;
    if (s->key == 'm') { /* half of all sequences; the link stays, so the pen changes where it is */
        sgr_apply(s, e->role->is_modern, &e->screen->pen);
        e->last_printed = 0;
        return;
    }
    if (!keeps_wrap(e, s->key))
        e->edit.pending_wrap = false;
    bool known = csi_move(e, s) || csi_edit(e, s) || csi_state(e, s);
    if (!known && e->role->is_modern)
        (void)(csi_move_modern(e, s) || csi_edit_modern(e, s) || csi_state_modern(e, s));
    if (s->key != 'b')
        e->last_printed = 0;
}
