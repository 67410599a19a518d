/* Predicted cells over a copy of the screen. */
#include "term/predict/overlay.h"

#include "term/predict/pane.h"

static void
scroll_up(struct screen *s, int rows)
{
    for (int y = 0; y < s->rows; y++) {
        struct row *r =
            y + rows < s->rows ? row_ref(s->row[y + rows]) : row_new(s->cols, COLOR_DEFAULT);
        screen_row_replace(s, y, r);
    }
}

static void
push_down(struct screen *s, const struct line *l)
{
    int last = l->bottom < s->rows ? l->bottom : s->rows;
    for (int y = last - 1; y >= l->opened_at && y >= 0; y--) {
        int from = y - l->opened;
        struct row *r = from >= l->opened_at && from >= 0 ? row_ref(s->row[from])
                                                          : row_new(s->cols, COLOR_DEFAULT);
        screen_row_replace(s, y, r);
    }
}

static void
underline_cell(struct row *r, int x)
{
    uint8_t scratch[4];
    struct view text = row_text(r, x, scratch);
    struct style style = row_style(r, x);
    uint8_t copy[CELL_TEXT_MAX_BYTES];
    if (text.len > 0)
        memcpy(copy, text.data, text.len);
    style.attrs = style_with_underline(style.attrs, UNDERLINE_SINGLE);
    row_set(r, x, view_of(copy, text.len), (enum cell_width)r->cell[x].width, &style);
}

/*
 * The server may have put a wide character where a narrow one was when the line was read: the half of it
 * that the line does not cover means nothing by itself.
 */
static void
blank_lone_halves(struct row *r, int x)
{
    const struct cell *c = r->cell;
    if (x > 0 && c[x - 1].width == CELL_WIDE && c[x].width != CELL_RIGHT_HALF)
        row_erase(r, x - 1, x, c[x - 1].bg);
    if (x + 1 < r->cols && c[x + 1].width == CELL_RIGHT_HALF && c[x].width != CELL_WIDE)
        row_erase(r, x + 1, x + 2, c[x + 1].bg);
}

static void
paint_cell(struct screen *s, const struct line *l, int i, bool underline)
{
    int y = line_row(l, i), x = line_col(l, i);
    if (y < 0 || y >= s->rows)
        return;
    const struct row *seen = s->row[y];
    bool both_blank = pane_cell_is_blank(l->cells, i) && pane_cell_is_blank(seen, x);
    bool is_same = row_cell_equal(l->cells, i, seen, x);
    if (is_same && (!underline || both_blank))
        return;
    struct row *r = screen_row_mut(s, y);
    row_put(r, x, l->cells, i);
    if (underline && !both_blank && r->cell[x].width != CELL_RIGHT_HALF)
        underline_cell(r, x);
    blank_lone_halves(r, x);
}

struct screen *
overlay_paint(struct screen *s, const struct line *l, bool underline)
{
    struct screen *out = screen_copy(s);
    if (l->scrolled > 0)
        scroll_up(out, l->scrolled);
    if (l->opened > 0)
        push_down(out, l);
    for (int i = l->from; i < l->to; i++)
        paint_cell(out, l, i, underline);
    int row, col;
    line_cursor(l, &row, &col);
    if (row >= 0 && row < out->rows && col >= 0 && col < out->cols) {
        out->cursor_row = row;
        out->cursor_col = col;
    }
    return out;
}
