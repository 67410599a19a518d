/* A line of cells folded over a screen's rows. */
#include "term/predict/line.h"

#define TAB_COLS 8

int
line_row(const struct line *l, int i)
{
    return l->top + (l->left - l->pane.left + i) / l->pane.cols;
}

int
line_col(const struct line *l, int i)
{
    return l->pane.left + (l->left - l->pane.left + i) % l->pane.cols;
}

static int
smaller(int a, int b)
{
    return a < b ? a : b;
}

static int
larger(int a, int b)
{
    return a > b ? a : b;
}

int
line_index(const struct line *l, int row, int col)
{
    return (row - l->top) * l->pane.cols + col - l->left;
}

int
line_row_end(const struct line *l, int i)
{
    return line_index(l, line_row(l, i), l->pane.left + l->pane.cols);
}

struct line
line_copy(const struct line *l)
{
    struct line copy = *l;
    row_ref(copy.cells);
    return copy;
}

void
line_fini(struct line *l)
{
    row_unref(l->cells);
    *l = (struct line){ 0 };
}

static struct row *
writable(struct line *l)
{
    if (l->cells->refs > 1) {
        struct row *own = row_copy(l->cells, l->cells->cols, COLOR_DEFAULT);
        row_unref(l->cells);
        l->cells = own;
    }
    return l->cells;
}

static void
changed(struct line *l, int from, int to)
{
    if (from < l->from)
        l->from = from;
    if (to > l->to)
        l->to = to;
}

void
line_cursor(const struct line *l, int *row, int *col)
{
    if (l->entered) {
        *row = line_row(l, l->len > 0 ? l->len - 1 : 0) + 1;
        *col = l->pane.left;
        return;
    }
    bool stays = l->sticks && l->cursor > 0 && line_col(l, l->cursor) == l->pane.left;
    *row = line_row(l, stays ? l->cursor - 1 : l->cursor);
    *col = line_col(l, stays ? l->cursor - 1 : l->cursor);
}

/* The cursor or the end of the text may have left the bottom of the screen: the screen follows. */
static void
follow(struct line *l)
{
    int row, col;
    line_cursor(l, &row, &col);
    int last = l->wraps && l->len > 0 ? line_row(l, l->len - 1) : row;
    for (row = row > last ? row : last; row >= l->rows; row--) {
        l->top--;
        l->scrolled++;
    }
}

int
line_before(const struct line *l, int i)
{
    if (i <= 0)
        return 0;
    i--;
    while (i > 0 && l->cells->cell[i].width == CELL_RIGHT_HALF)
        i--;
    return i;
}

int
line_after(const struct line *l, int i)
{
    if (i >= l->len)
        return l->len;
    i++;
    while (i < l->len && l->cells->cell[i].width == CELL_RIGHT_HALF)
        i++;
    return i;
}

static struct style
style_before(const struct line *l)
{
    if (l->cursor == 0)
        return l->lead;
    return row_style(l->cells, l->cursor - 1);
}

/* Wide characters do not straddle rows; what a program does there differs. */
static bool
has_wide(const struct line *l, int from, int to)
{
    for (int i = from; i < to; i++) {
        if (l->cells->cell[i].width == CELL_WIDE)
            return true;
    }
    return false;
}

static bool
has_halves(const struct line *l, int from, int to)
{
    for (int i = from; i < to; i++) {
        if (l->cells->cell[i].width != CELL_NARROW)
            return true;
    }
    return false;
}

/* An editor marks rows below its text, and takes the mark away where the cursor comes. */
static void
take_mark(struct line *l)
{
    if (l->wraps || line_col(l, l->cursor) != l->pane.left || l->cells->cell[l->cursor].text != '~')
        return;
    row_erase(writable(l), l->cursor, l->cursor + 1, COLOR_DEFAULT);
    changed(l, l->cursor, l->cursor + 1);
}

/* Put an empty row in, which begins with cell i: what was there moves down. */
static bool
open_row(struct line *l, int i)
{
    int row = line_row(l, i);
    if (l->room >= i || row >= l->bottom || i + l->pane.cols > l->cells->cols)
        return false;
    row_erase(writable(l), i, i + l->pane.cols, COLOR_DEFAULT);
    l->room = i + l->pane.cols - 1;
    if (l->opened++ == 0)
        l->opened_at = row;
    return true;
}

/* Take a right prompt away: text goes on where it was. */
static void
take_tail(struct line *l)
{
    int end = line_row_end(l, l->cursor);
    row_erase(writable(l), l->room + 1, end, COLOR_DEFAULT);
    changed(l, l->room + 1, end);
    l->room = l->cells->cols;
    l->yields = false;
}

/* Move a field along for `width` more columns at its end. */
static bool
slide(struct line *l, int width)
{
    int gone = l->len + width - l->slide;
    if (l->cursor != l->len || gone > l->len || has_halves(l, 0, l->len))
        return false;
    struct row *cells = writable(l);
    changed(l, 0, l->len);
    row_move(cells, 0, gone, l->len - gone);
    row_erase(cells, l->len - gone, l->len, COLOR_DEFAULT);
    l->cursor = l->len -= gone;
    l->floor = 0;
    l->start_is_known = false;
    /* The next time it comes less far. */
    l->room -= !l->has_slid;
    l->has_slid = true;
    return true;
}

bool
line_insert(struct line *l, struct view text, int width, bool shift)
{
    if (l->slide > 0 && l->len + width > l->room && !slide(l, width))
        return false;
    int at = l->cursor;
    int end = shift ? l->len + width : (at + width > l->len ? at + width : l->len);
    bool is_yielding = l->yields && end > l->room;
    bool is_folded = line_row(l, end) != line_row(l, at);
    /* The last column of a row is free for text that the cursor is left of. */
    bool is_full = (at < l->len && l->room == line_row_end(l, at) - 1 ? end - 1 : end) > l->room;
    /* A text that fills its row goes on below, and pushes down what is there. */
    bool is_pushing =
        is_full && l->room == line_row_end(l, at) - 1 && l->len <= l->room + (at < l->len);
    if (l->entered || (is_full && !is_pushing && !is_yielding) || end >= l->cells->cols)
        return false;
    if (is_folded && (width == CELL_WIDE || has_wide(l, at, l->len)))
        return false;
    if (!shift && has_halves(l, at, at + width))
        return false;
    if (is_pushing && !is_yielding && !open_row(l, line_row_end(l, at)))
        return false;
    if (is_yielding)
        take_tail(l);

    struct style style = style_before(l);
    struct row *cells = writable(l);
    if (shift)
        row_move(cells, at + width, at, l->len - at);
    row_set(cells, at, text, (enum cell_width)width, &style);
    if (width == CELL_WIDE)
        row_set(cells, at + 1, (struct view){ 0 }, CELL_RIGHT_HALF, &style);
    changed(l, at, shift ? end : at + width);
    bool is_at_end = l->cursor == l->len;
    l->len = end;
    l->cursor = at + width;
    if (is_at_end)
        take_mark(l);
    follow(l);
    return true;
}

bool
line_tab(struct line *l)
{
    int col, row;
    line_cursor(l, &row, &col);
    int blanks = TAB_COLS - col % TAB_COLS;
    if (l->cursor != l->len || col + blanks >= l->pane.left + l->pane.cols)
        return false;
    for (int i = 0; i < blanks; i++) {
        if (!line_insert(l, view_of(" ", 1), CELL_NARROW, false))
            return false;
    }
    l->has_tab = true;
    return true;
}

bool
line_append(struct line *l, struct view marks)
{
    int at = line_before(l, l->cursor);
    if (l->entered || l->cursor == 0 || pane_cell_is_blank(l->cells, at))
        return false;
    if (!row_append(writable(l), at, marks))
        return false;
    changed(l, at, at + 1);
    return true;
}

bool
line_remove(struct line *l, int from, int to, bool shift)
{
    bool is_folded = line_row(l, from) != line_row(l, l->len);
    /* A text that gives a row back is drawn up, with all that is below. */
    int last = larger(l->cursor, l->len - 1), left = larger(from, l->len - (to - from) - 1);
    bool is_closing = l->bottom > 0 && line_row(l, last) != line_row(l, left);
    if (l->entered || is_closing || from < 0 || from > to || to > l->len ||
        (is_folded && has_wide(l, from, l->len)))
        return false;
    if (from == to)
        return true;
    struct row *cells = writable(l);
    uint32_t bg = cells->cell[from].bg;
    changed(l, from, shift ? l->len : to);
    if (shift) {
        row_move(cells, from, to, l->len - to);
        row_erase(cells, l->len - (to - from), l->len, bg);
        l->len -= to - from;
    } else {
        row_erase(cells, from, to, bg);
        if (to == l->len)
            l->len = from;
    }
    return true;
}

bool
line_move(struct line *l, int i)
{
    bool is_below = !l->wraps && i > l->room && line_col(l, i) == l->pane.left;
    if (l->entered || i < 0 || i > l->len || i >= l->cells->cols || is_below)
        return false;
    l->cursor = i;
    follow(l);
    return line_row(l, i) >= 0;
}

bool
line_break(struct line *l)
{
    int end = line_row_end(l, l->cursor), first = line_row_end(l, l->cursor) - l->pane.cols;
    int begin = l->floor > first ? l->floor : (first > 0 ? first : 0);
    /* An indented line may indent the next. */
    bool is_indented = begin < l->len && pane_cell_is_blank(l->cells, begin);
    /* Behind an open bracket it may do so as well. */
    uint32_t last = l->len > begin ? l->cells->cell[l->len - 1].text : 0;
    bool is_open = last == '{' || last == '(' || last == '[' || last == ':';
    if (l->entered || l->wraps || l->cursor != l->len || is_indented || is_open)
        return false;
    if (end >= l->room && !open_row(l, end))
        return false;
    l->cursor = l->len = l->floor = end;
    take_mark(l);
    return true;
}

bool
line_break_above(struct line *l)
{
    bool is_whole = l->left == l->pane.left && l->floor == 0 && line_row(l, l->cursor) == l->top;
    if (l->entered || l->wraps || !is_whole || l->opened > 0 || l->top >= l->bottom - 1)
        return false;
    row_erase(writable(l), 0, l->cells->cols, COLOR_DEFAULT);
    changed(l, 0, l->pane.cols);
    l->cursor = l->len = 0;
    l->room = l->pane.cols - 1;
    l->opened = 1;
    l->opened_at = l->top;
    return true;
}

bool
line_enter(struct line *l)
{
    int last = line_row(l, l->len > 0 ? l->len - 1 : 0);
    /* What scrolls in a part of the screen, and how far, is the program's affair. */
    if (l->entered || (!l->wraps && last + 1 >= (l->limit > 0 ? l->limit : l->rows)))
        return false;
    l->entered = true;
    follow(l);
    return true;
}

/* Whether cells from..to-1 read so in s; those above its top are passed over. *seen: those of them
 * that hold text. */
static bool
cells_stand(const struct line *l, const struct screen *s, int shift, int from, int to, int *seen)
{
    for (int i = from; i < to; i++) {
        int row = line_row(l, i) - shift;
        if (row < 0)
            continue;
        if (row >= s->rows || !pane_cells_match(l->cells, i, s->row[row], line_col(l, i)))
            return false;
        *seen += !pane_cell_is_blank(l->cells, i);
    }
    return true;
}

enum line_match
line_compare(const struct line *l, const struct screen *s, int shift)
{
    int row, col, seen = 0;
    line_cursor(l, &row, &col);
    if (row - shift != s->cursor_row || col != s->cursor_col || l->rows != s->rows)
        return LINE_DIFFERS;
    int middle = smaller(l->cursor, l->to);
    if (!cells_stand(l, s, shift, l->from, middle, &seen))
        return LINE_DIFFERS;
    int rest = middle > l->from ? middle : l->from;
    return cells_stand(l, s, shift, rest, l->to, &seen) ? LINE_MATCHES : LINE_TAIL_DIFFERS;
}

bool
line_text_stands(const struct line *l, const struct screen *s, int shift)
{
    int seen = 0;
    return cells_stand(l, s, shift, l->from, l->to, &seen) && seen > 0;
}

void
line_adopt(struct line *l, const struct screen *s)
{
    struct row *cells = writable(l);
    for (int i = 0; i < l->len; i++) {
        int row = line_row(l, i);
        if (row < 0 || row >= s->rows)
            continue;
        const struct row *seen = s->row[row];
        if (pane_cells_match(cells, i, seen, line_col(l, i)))
            row_put(cells, i, seen, line_col(l, i));
    }
}

int
line_find(const struct line *l, const struct screen *s)
{
    struct line whole = *l;
    whole.from = 0;
    whole.to = whole.len;
    for (int shift = 0; shift < s->rows; shift++) {
        if (line_text_stands(&whole, s, shift))
            return shift;
    }
    return LINE_NOWHERE;
}

void
line_rebase(struct line *l, const struct line *base)
{
    const struct row *a = l->cells, *b = base->cells;
    int cols = smaller(a->cols, b->cols);
    l->from = cols;
    l->to = 0;
    for (int i = 0; i < cols; i++) {
        if (a->cell[i].width == b->cell[i].width && pane_cells_match(a, i, b, i))
            continue;
        changed(l, i, i + 1);
    }
}
