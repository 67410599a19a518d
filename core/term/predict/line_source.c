/* Finding a line of text, and where it ends, on a screen. */
#include "term/predict/line_source.h"

/* Longer lines are not followed: this is what a row can have. */
#define LINE_MAX_CELLS SCREEN_MAX_COLS

/* Rows below the cursor's that a line may grow into. */
#define LINE_SPARE_ROWS 5

/* So near to the edge such a field comes. */
#define FIELD_MARGIN 2

/* How far up a line that begins above the cursor is looked for. */
#define LINE_ROWS_MAX 16

static void
read_cells(struct line *l, const struct screen *s)
{
    for (int i = 0; i < l->cells->cols; i++) {
        int row = line_row(l, i);
        if (row >= 0 && row < s->rows)
            row_put(l->cells, i, s->row[row], line_col(l, i));
    }
}

/* Whether the text of the row that ends before cell i goes on at i. */
static bool
folds(const struct line *l, const struct screen *s, int i)
{
    int row = line_row(l, i) - 1;
    return l->wraps && row + 1 < s->rows && row >= 0 && i < l->cells->cols &&
           (s->row[row]->wrapped || !pane_cell_is_blank(l->cells, i - 1)) &&
           !pane_cell_is_blank(l->cells, i);
}

/* Whether what lies at the right of the row that ends before cell `end` stands at its edge. */
static bool
reaches_edge(const struct line *l, int end)
{
    return !pane_cell_is_blank(l->cells, end - 1) ||
           (end > 1 && !pane_cell_is_blank(l->cells, end - 2));
}

/* Find where the text ends that begins at the cursor, and what comes after it that is not ours. */
static void
measure(struct line *l, const struct screen *s, int gap)
{
    int end = line_row_end(l, l->cursor), blanks = 0, i = l->cursor;
    l->len = l->cursor;
    l->room = l->wraps ? l->cells->cols : end - 1;
    while (i < l->cells->cols) {
        if (i >= end) {
            if (blanks > 0 || !folds(l, s, end))
                return;
            end += l->pane.cols;
        }
        bool blank = pane_cell_is_blank(l->cells, i) && l->cells->cell[i].width != CELL_RIGHT_HALF;
        blanks = blank ? blanks + 1 : 0;
        i++;
        if (blanks >= gap)
            break;
        if (!blank)
            l->len = i;
    }
    /* Behind the gap: a right prompt, a neighbour. It bounds us. */
    for (; i < end; i++) {
        if (!pane_cell_is_blank(l->cells, i)) {
            bool is_first = line_row(l, i) == l->top && l->wraps && !l->sticks;
            l->room = i - 1;
            l->yields = is_first && reaches_edge(l, end);
            return;
        }
    }
}

static bool
is_right_half(const struct screen *s, int row, int col)
{
    return s->row[row]->cell[col].width == CELL_RIGHT_HALF;
}

/* Whether the row of s that begins with cell i is none of the text's yet: blank, or marked with a '~'. */
static bool
is_free_row(const struct line *l, const struct screen *s, int i)
{
    int row = line_row(l, i);
    if (row >= s->rows - 1 || i + l->pane.cols > l->cells->cols)
        return false;
    for (int k = 0; k < l->pane.cols; k++) {
        bool is_mark = k == 0 && l->cells->cell[i].text == '~';
        if (!is_mark && !pane_cell_is_blank(l->cells, i + k))
            return false;
    }
    return true;
}

/* Text at the end of what an editor shows may go on in the rows below, as far as they are free. */
static void
spill(struct line *l, const struct screen *s)
{
    int end = line_row_end(l, l->cursor);
    if (l->pane.cols != s->cols || l->len != l->cursor || l->room != end - 1)
        return;
    for (; is_free_row(l, s, end); end += l->pane.cols)
        l->room = end + l->pane.cols - 1;
}

bool
line_source_read(struct line *l, const struct screen *s, const struct line_source *source)
{
    struct pane pane = pane_of(s, s->cursor_row, s->cursor_col);
    bool is_in_pane = source->col >= pane.left && source->col < pane.left + pane.cols;
    int above = s->cursor_row - source->row;
    if (!is_in_pane || above < 0 || above > LINE_ROWS_MAX || (above > 0 && !source->wraps))
        return false;
    /* Behind a wide character that ends the row, or inside of one: what a key does there is not known. */
    if (is_right_half(s, s->cursor_row, s->cursor_col) ||
        is_right_half(s, source->row, source->col))
        return false;

    *l = (struct line){
        .pane = pane,
        .top = source->row,
        .left = source->col,
        .rows = s->rows,
        .start_is_known = source->start_is_known,
        /* A pane's neighbours do not move when a line is folded; what the pane does is not known. */
        .wraps = source->wraps && pane.cols == s->cols,
        .sticks = source->sticks,
        .bottom = pane.cols == s->cols ? source->bottom : 0,
        .limit = source->limit,
    };
    l->cursor = line_index(l, s->cursor_row, s->cursor_col);
    int cap = (above + 1 + LINE_SPARE_ROWS) * pane.cols - (source->col - pane.left);
    if (l->cursor < 0 || cap > LINE_MAX_CELLS)
        return false;

    l->cells = row_new(cap, COLOR_DEFAULT);
    read_cells(l, s);
    if (source->col > pane.left)
        l->lead = row_style(s->row[source->row], source->col - 1);
    else
        l->lead = s->pen;
    l->lead.link = NULL;
    measure(l, s, source->gap);
    if (source->spills)
        spill(l, s);
    /* A field in the last row is moved along before its text comes to the edge. */
    bool is_field = source->spills && s->cursor_row == s->rows - 1;
    if (is_field && l->room == line_row_end(l, l->cursor) - 1 && l->room > FIELD_MARGIN) {
        l->slide = source->slides ? line_row_end(l, l->cursor) * 2 / 3 : 0;
        l->has_slid = source->has_slid;
        l->room -= FIELD_MARGIN - (source->slides && !source->has_slid);
    }
    l->from = cap;
    return true;
}
