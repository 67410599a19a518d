/*
 * Wide cells are kept whole in two ways. Our own rules erase both halves before an edit separates
 * them (cut). Stock never repairs: there a half is just an empty cell, so after an edit only the
 * labels are set right (relabel): what follows a wide cell and is empty is its right half.
 */
#include "term/screen/edit.h"

#include <string.h>

const struct edit_rules edit_rules_skua = {
    .repairs_halves = true,
    .mark_skips_erased_base = true,
    .marks_below_bytes = CELL_TEXT_MAX_BYTES,
};

const struct edit_rules edit_rules_stock = {
    .origin_holds_print = true,
    .marks_below_bytes = 32,
};

static int
clamp(int value, int low, int high)
{
    if (value < low)
        return low;
    return value > high ? high : value;
}

void
edit_init(struct edit *e, struct screen *screen, const struct edit_rules *rules)
{
    *e = (struct edit){ .screen = screen, .rules = rules, .autowrap = true, .has_join = true };
    edit_reset_margins(e);
}

void
edit_reset_margins(struct edit *e)
{
    e->top = e->left = 0;
    e->bottom = e->screen->rows - 1;
    e->right = e->screen->cols - 1;
}

static void
cut(struct row *r, int x)
{
    if (x <= 0 || x >= r->cols || r->cell[x].width != CELL_RIGHT_HALF)
        return;
    r->cell[x - 1] = cell_erased(r->cell[x - 1].bg);
    r->cell[x] = cell_erased(r->cell[x].bg);
}

static void
relabel(struct row *r, int x)
{
    if (x < 0 || x >= r->cols || r->cell[x].text != 0)
        return;
    bool follows_wide = x > 0 && r->cell[x - 1].width == CELL_WIDE;
    r->cell[x].width = follows_wide ? CELL_RIGHT_HALF : CELL_NARROW;
}

struct row *
edit_open(struct edit *e, int y, int from, int to)
{
    struct row *r = screen_row_mut(e->screen, y);
    if (e->rules->repairs_halves) {
        cut(r, from);
        cut(r, to);
    }
    return r;
}

void
edit_close(struct edit *e, int y, int from, int to)
{
    struct row *r = e->screen->row[y];
    if (!e->rules->repairs_halves) {
        relabel(r, from);
        relabel(r, to);
    }
    /* The flag belongs to the last cell: whoever rewrites that cell ends it. */
    if (to >= r->cols)
        r->wrapped = false;
}

static void
set_cursor(struct edit *e, int row, int col)
{
    struct screen *s = e->screen;
    bool held = e->origin;
    s->cursor_row = held ? clamp(row, e->top, e->bottom) : clamp(row, 0, s->rows - 1);
    bool held_by_columns = held && (e->left > 0 || e->right < s->cols - 1);
    s->cursor_col = held_by_columns ? clamp(col, e->left, e->right) : clamp(col, 0, s->cols - 1);
    e->has_join = true;
    e->join_row = s->cursor_row;
    e->join_col = s->cursor_col;
    e->cluster = (struct grapheme){ 0 };
}

void
edit_move(struct edit *e, int row, int col)
{
    set_cursor(e, row, col);
    e->pending_wrap = false;
}

/* A blank row in place of r; its memory is used again if nobody shares it. */
static struct row *
blanked(struct row *r, uint32_t bg)
{
    if (r->refs > 1) {
        struct row *fresh = row_new(r->cols, bg);
        row_unref(r);
        return fresh;
    }
    r->wrapped = false;
    r->mark = ROW_MARK_NONE;
    row_erase(r, 0, r->cols, bg);
    return r;
}

/* Rows from..to-1 become blank. Several are one row, shared until they are written to. */
static void
blank_rows(struct edit *e, int from, int to)
{
    struct row **row = e->screen->row;
    if (from >= to)
        return;
    row[from] = blanked(row[from], e->screen->pen.bg);
    for (int y = from + 1; y < to; y++) {
        row_unref(row[y]);
        row[y] = row_ref(row[from]);
    }
}

static bool
is_full_width(const struct edit *e)
{
    return e->left == 0 && e->right == e->screen->cols - 1;
}

static void
reverse(struct row **row, int first, int last)
{
    for (; first < last; first++, last--) {
        struct row *kept = row[first];
        row[first] = row[last];
        row[last] = kept;
    }
}

/* Whole rows: only pointers move. by > 0: upwards; |by| is at most the number of rows. */
static void
rotate_rows(struct edit *e, int top, int bottom, int by)
{
    struct row **row = e->screen->row;
    int lines = by > 0 ? by : -by;
    int leaving = by > 0 ? top : bottom + 1 - lines;
    blank_rows(e, leaving, leaving + lines);
    if (by == 1) { /* nearly every scroll there is */
        struct row *blank = row[top];
        memmove(row + top, row + top + 1, (size_t)(bottom - top) * sizeof(struct row *));
        row[bottom] = blank;
        return;
    }
    /* Turned as a whole, then each part back. */
    int upwards = by > 0 ? by : bottom + 1 - top + by;
    reverse(row, top, bottom);
    reverse(row, top, bottom - upwards);
    reverse(row, bottom - upwards + 1, bottom);
}

/* Columns left..right of `count` rows move from one row to another, in the order that is safe. */
static void
move_columns(struct edit *e, int from, int to, int count)
{
    for (int i = 0; i < count; i++) {
        int step = from > to ? i : count - 1 - i;
        struct row *r = edit_open(e, to + step, e->left, e->right + 1);
        struct row *source = edit_open(e, from + step, e->left, e->right + 1);
        for (int x = e->left; x <= e->right; x++)
            row_put(r, x, source, x);
        edit_close(e, to + step, e->left, e->right + 1);
    }
}

static void
shift_rows(struct edit *e, int top, int bottom, int by)
{
    int count = bottom - top + 1;
    by = clamp(by, -count, count);
    if (by == 0)
        return;
    if (is_full_width(e)) {
        rotate_rows(e, top, bottom, by);
        return;
    }
    int kept = count - (by > 0 ? by : -by);
    if (by > 0)
        move_columns(e, top + by, top, kept);
    else
        move_columns(e, top, top - by, kept);
    int blank_from = by > 0 ? top + kept : top;
    int blank_to = by > 0 ? bottom + 1 : top - by;
    for (int y = blank_from; y < blank_to; y++)
        edit_erase(e, y, e->left, e->right + 1);
}

void
edit_scroll_up(struct edit *e, int rows)
{
    rows = clamp(rows, 0, e->bottom - e->top + 1);
    if (e->counts_scrolled_off && e->top == 0 && is_full_width(e))
        e->screen->scrolled_off += (uint64_t)rows;
    shift_rows(e, e->top, e->bottom, rows);
}

void
edit_scroll_down(struct edit *e, int rows)
{
    rows = clamp(rows, 0, e->bottom - e->top + 1);
    shift_rows(e, e->top, e->bottom, -rows);
}

static bool
is_inside_columns(const struct edit *e, int col)
{
    return col >= e->left && col <= e->right;
}

void
edit_index(struct edit *e)
{
    struct screen *s = e->screen;
    if (s->cursor_row != e->bottom) {
        set_cursor(e, s->cursor_row + 1, s->cursor_col);
        return;
    }
    if (is_inside_columns(e, s->cursor_col))
        edit_scroll_up(e, 1);
    set_cursor(e, s->cursor_row, s->cursor_col);
}

void
edit_reverse_index(struct edit *e)
{
    struct screen *s = e->screen;
    if (s->cursor_row != e->top) {
        set_cursor(e, s->cursor_row - 1, s->cursor_col);
        return;
    }
    if (is_inside_columns(e, s->cursor_col))
        edit_scroll_down(e, 1);
    set_cursor(e, s->cursor_row, s->cursor_col);
}

static bool
is_cursor_in_region(const struct edit *e)
{
    const struct screen *s = e->screen;
    return s->cursor_row >= e->top && s->cursor_row <= e->bottom &&
           is_inside_columns(e, s->cursor_col);
}

void
edit_insert_lines(struct edit *e, int rows)
{
    if (is_cursor_in_region(e))
        shift_rows(e, e->screen->cursor_row, e->bottom, -clamp(rows, 0, e->screen->rows));
}

void
edit_delete_lines(struct edit *e, int rows)
{
    if (is_cursor_in_region(e))
        shift_rows(e, e->screen->cursor_row, e->bottom, clamp(rows, 0, e->screen->rows));
}

/* One past the last column that cells at col can be shifted to. */
static int
shift_end(const struct edit *e, int col)
{
    return is_inside_columns(e, col) ? e->right + 1 : e->screen->cols;
}

void
edit_insert_cells(struct edit *e, int row, int col, int cells)
{
    int end = shift_end(e, col);
    cells = clamp(cells, 0, end - col);
    struct row *r = edit_open(e, row, col, end);
    if (e->rules->repairs_halves)
        cut(r, end - cells);
    row_move(r, col + cells, col, end - col - cells);
    row_erase(r, col, col + cells, e->screen->pen.bg);
    edit_close(e, row, col, end);
    edit_close(e, row, col + cells, end);
}

void
edit_delete_cells(struct edit *e, int row, int col, int cells)
{
    int end = shift_end(e, col);
    cells = clamp(cells, 0, end - col);
    struct row *r = edit_open(e, row, col, end);
    if (e->rules->repairs_halves)
        cut(r, col + cells);
    row_move(r, col, col + cells, end - col - cells);
    row_erase(r, end - cells, end, e->screen->pen.bg);
    edit_close(e, row, col, end);
    edit_close(e, row, end - cells, end);
}

void
edit_erase(struct edit *e, int row, int from, int to)
{
    from = clamp(from, 0, e->screen->cols);
    to = clamp(to, 0, e->screen->cols);
    if (from >= to)
        return;
    row_erase(edit_open(e, row, from, to), from, to, e->screen->pen.bg);
    edit_close(e, row, from, to);
}

void
edit_erase_rows(struct edit *e, int from, int to)
{
    blank_rows(e, clamp(from, 0, e->screen->rows), clamp(to, 0, e->screen->rows));
}

/* A right half has no attributes of its own: it is what its wide cell is. */
static bool
is_protected(const struct row *r, int x)
{
    const struct cell *c = &r->cell[x];
    if (c->width == CELL_RIGHT_HALF && x > 0)
        c--;
    return (c->attrs & STYLE_PROTECTED) != 0;
}

void
edit_erase_unprotected(struct edit *e, int row, int from, int to)
{
    int x = clamp(from, 0, e->screen->cols);
    to = clamp(to, 0, e->screen->cols);
    while (x < to) {
        int run = x;
        while (run < to && !is_protected(e->screen->row[row], run))
            run++;
        edit_erase(e, row, x, run);
        for (x = run; x < to && is_protected(e->screen->row[row], x);)
            x++;
    }
}

static void
repair_last_column(struct edit *e)
{
    struct screen *s = e->screen;
    for (int y = 0; y < s->rows; y++) {
        const struct cell *last = &s->row[y]->cell[s->cols - 1];
        if (last->width == CELL_WIDE)
            screen_row_mut(s, y)->cell[s->cols - 1] = cell_erased(last->bg);
    }
}

void
edit_resize(struct edit *e, int rows, int cols)
{
    struct screen *s = e->screen;
    int old_cols = s->cols;
    bool differs = rows != s->rows || cols != old_cols;
    screen_resize(s, rows, cols);
    if (differs)
        edit_reset_margins(e);
    e->has_join = e->has_join && e->join_row < rows && e->join_col < cols;
    if (!e->rules->repairs_halves)
        return;
    if (cols < old_cols)
        repair_last_column(e);
    if (cols != old_cols && e->pending_wrap) {
        s->cursor_col = cols > old_cols ? s->cursor_col + 1 : s->cursor_col;
        e->pending_wrap = false;
    }
}

int
edit_push_top(struct edit *e, int rows)
{
    struct screen *s = e->screen;
    rows = clamp(rows, 0, s->cursor_row);
    if (rows == 0)
        return 0;
    rotate_rows(e, 0, s->rows - 1, rows);
    if (e->counts_scrolled_off)
        s->scrolled_off += (uint64_t)rows;
    s->cursor_row -= rows;
    e->has_join = e->has_join && e->join_row >= rows;
    e->join_row -= rows;
    return rows;
}
