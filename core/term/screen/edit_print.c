/*
 * Runs of ASCII and of common scripts are written with nothing decided between the cells; everything
 * else goes one code point at a time, and so it defines what the runs must come to. With clusters on, a code point that continues the last cluster is appended to
 * the cell it is in and the cell is measured again: it may grow to two columns or shrink to one.
 */
#include "term/screen/edit_print.h"

#include <string.h>

#include "term/text/codepoint.h"
#include "term/text/utf8.h"
#include "term/text/width.h"

#define NBSP            0x00A0 /* carries marks that have no base */
#define NBSP_BYTES      2
#define CELL_MAX_POINTS 32

/* One past the last column that text at the cursor can reach. */
static int
print_end(const struct edit *e)
{
    int col = e->screen->cursor_col;
    return col <= e->right ? e->right + 1 : e->screen->cols;
}

/* Column `col` is the next to be written; past the end the cursor stays and the wrap is owed. */
static void
advance_to(struct edit *e, int col, int end)
{
    struct screen *s = e->screen;
    e->pending_wrap = col >= end;
    s->cursor_col = e->pending_wrap ? end - 1 : col;
    if (e->rules->origin_holds_print && e->origin) {
        if (s->cursor_row < e->top)
            s->cursor_row = e->top;
        if (s->cursor_row > e->bottom)
            s->cursor_row = e->bottom;
    }
}

static void
set_join(struct edit *e, int row, int col)
{
    e->has_join = true;
    e->join_row = row;
    e->join_col = col;
}

/* To the start of the next row. The text goes on, so the cluster does as well. */
static void
wrap(struct edit *e)
{
    struct grapheme cluster = e->cluster;
    struct screen *s = e->screen;
    s->cursor_col = s->cursor_col >= e->left ? e->left : 0;
    edit_index(e);
    e->cluster = cluster;
    e->pending_wrap = false;
}

static void
wrap_if_pending(struct edit *e)
{
    if (!e->autowrap || !e->pending_wrap)
        return;
    struct screen *s = e->screen;
    if (print_end(e) == s->cols)
        screen_row_mut(s, s->cursor_row)->wrapped = true;
    wrap(e);
}

/* In insert mode, cells move aside between the margins only. */
static bool
moves_aside(const struct edit *e, int x)
{
    return e->insert && x >= e->left && x <= e->right;
}

/* Write a cell, its right half with it, at the cursor. The room is there. */
static void
put(struct edit *e, struct view text, int width, const struct style *style)
{
    struct screen *s = e->screen;
    int y = s->cursor_row;
    int x = s->cursor_col;
    int to = x + width <= s->cols ? x + width : s->cols;
    if (moves_aside(e, x))
        edit_insert_cells(e, y, x, width);
    struct row *r = edit_open(e, y, x, to);
    row_set(r, x, text, width == 2 ? CELL_WIDE : CELL_NARROW, style);
    if (to - x == 2) {
        r->cell[x + 1] = cell_erased(style->bg);
        r->cell[x + 1].width = CELL_RIGHT_HALF;
    }
    edit_close(e, y, x, to);
    set_join(e, y, x);
    advance_to(e, x + width, print_end(e));
}

/*
 * Make room for a wide cell in the last column. Returns false if there is none and the cell, erased,
 * is all there is to see.
 */
static bool
make_room_for_wide(struct edit *e)
{
    struct screen *s = e->screen;
    int end = print_end(e);
    if (s->cursor_col < end - 1)
        return true;
    if (!e->autowrap && !e->rules->repairs_halves)
        return true; /* stock stores it without a right half */
    edit_erase(e, s->cursor_row, s->cursor_col, s->cursor_col + 1);
    if (e->autowrap)
        wrap(e);
    else
        advance_to(e, end, end);
    return e->autowrap;
}

static void
print_base(struct edit *e, uint32_t c, int width)
{
    uint8_t bytes[4];
    bool pending = e->autowrap && e->pending_wrap;
    wrap_if_pending(e);
    bool is_too_narrow = e->right == e->left && e->rules->repairs_halves;
    if (width == 2 && is_too_narrow) {
        c = UTF8_REPLACEMENT;
        width = 1;
    }
    if (width == 2 && !(pending && !e->rules->repairs_halves) && !make_room_for_wide(e))
        return;
    struct style pen = e->screen->pen;
    put(e, view_of(bytes, codepoint_encode(c, bytes)), width, &pen);
}

/* The content of a cell with c behind it, if the cell has room for that. */
static bool
append(struct edit *e, int y, int x, uint32_t c)
{
    uint8_t scratch[4], bytes[4];
    struct view text = row_text(e->screen->row[y], x, scratch);
    uint32_t base = 0;
    utf8_next(text, &base);
    /* Stock stores the marks without the NBSP that it shows them on. */
    size_t counted = !e->rules->repairs_halves && base == NBSP ? text.len - NBSP_BYTES : text.len;
    if (counted >= (size_t)e->rules->marks_below_bytes || utf8_count(text) >= CELL_MAX_POINTS)
        return false;
    return row_append(screen_row_mut(e->screen, y), x, view_of(bytes, codepoint_encode(c, bytes)));
}

/* A mark with nothing to stand on stands on a no-break space, in the style of the empty cell. */
static void
print_mark_alone(struct edit *e, int y, int x, uint32_t c)
{
    struct screen *s = e->screen;
    uint8_t bytes[8];
    size_t len = codepoint_encode(NBSP, bytes);
    len += codepoint_encode(c, bytes + len);
    bool keeps_flag = s->row[y]->wrapped;
    struct row *r = edit_open(e, y, x, x + 1);
    struct style style = row_style(r, x);
    row_set(r, x, view_of(bytes, len), CELL_NARROW, &style);
    r->wrapped = keeps_flag;
    set_join(e, s->cursor_row, s->cursor_col);
    advance_to(e, s->cursor_col + 1, print_end(e));
}

/* The cluster in cell x of the cursor's row now takes two columns. */
static void
widen(struct edit *e, int y, int x)
{
    struct screen *s = e->screen;
    uint8_t scratch[4], copy[CELL_TEXT_MAX_BYTES];
    struct view text = row_text(s->row[y], x, scratch);
    memcpy(copy, text.data, text.len);
    struct style style = row_style(s->row[y], x);
    struct payload *link = payload_ref(style.link);
    s->cursor_row = y;
    s->cursor_col = x;
    e->pending_wrap = false;
    if (moves_aside(e, x))
        edit_delete_cells(e, y, x, 1);
    if (e->right > e->left && make_room_for_wide(e))
        put(e, view_of(copy, text.len), 2, &style);
    payload_unref(link);
}

static void
narrow(struct edit *e, int y, int x)
{
    struct row *r = screen_row_mut(e->screen, y);
    r->cell[x].width = CELL_NARROW;
    r->cell[x + 1] = cell_erased(r->cell[x + 1].bg);
    e->screen->cursor_row = y;
    advance_to(e, x + 1, print_end(e));
}

/* Add c to a cell that has content, and measure it again. */
static void
join(struct edit *e, int y, int x, uint32_t c)
{
    if (!append(e, y, x, c) || !e->screen->modes.clusters)
        return;
    const struct row *r = e->screen->row[y];
    uint8_t scratch[4];
    int width = grapheme_width(row_text(r, x, scratch));
    if (width == 2 && r->cell[x].width == CELL_NARROW)
        widen(e, y, x);
    else if (width == 1 && r->cell[x].width == CELL_WIDE)
        narrow(e, y, x);
}

/* The cluster that a cell's content makes, as if it had just been printed. */
static struct grapheme
cluster_in(const struct row *r, int x)
{
    struct grapheme g = { 0 };
    uint8_t scratch[4];
    struct view text = row_text(r, x, scratch);
    while (text.len > 0) {
        uint32_t c;
        text = view_from(text, utf8_next(text, &c));
        grapheme_push(&g, c);
    }
    return g;
}

static void
print_mark(struct edit *e, uint32_t c)
{
    struct screen *s = e->screen;
    int y = e->join_row;
    int x = e->join_col;
    bool use_cursor = !e->has_join || cell_is_empty(&s->row[y]->cell[x]);
    if (e->rules->mark_skips_erased_base && use_cursor) {
        y = s->cursor_row;
        x = s->cursor_col;
    } else if (!e->has_join) {
        return;
    }
    if (s->row[y]->cell[x].width == CELL_RIGHT_HALF && e->rules->repairs_halves)
        x--;
    if (s->row[y]->cell[x].text == 0) {
        print_mark_alone(e, y, x, c);
    } else {
        set_join(e, y, x);
        join(e, y, x, c);
    }
    /* The cell was not what was printed last: go on from what it holds now. */
    if (e->screen->modes.clusters)
        e->cluster = cluster_in(s->row[e->join_row], e->join_col);
}

/*
 * Add c to the cluster that was printed last, if it goes on with it. Other edits may have put something
 * else into its cell since.
 */
static bool
print_joined(struct edit *e, uint32_t c)
{
    uint32_t previous = e->cluster.previous;
    if (grapheme_push(&e->cluster, c))
        return false;
    const struct row *r = e->has_join ? e->screen->row[e->join_row] : NULL;
    if (r != NULL && cluster_in(r, e->join_col).previous == previous) {
        join(e, e->join_row, e->join_col, c);
        return true;
    }
    e->cluster = (struct grapheme){ 0 };
    grapheme_push(&e->cluster, c);
    return false;
}

void
edit_print(struct edit *e, uint32_t c)
{
    int width = width_of(c);
    if (width < 0) {
        if (c < 0xA0)
            return;
        c = UTF8_REPLACEMENT;
        width = 1;
    }
    if (e->screen->modes.clusters && print_joined(e, c))
        return;
    if (width == 0)
        print_mark(e, c);
    else
        print_base(e, c, width);
}

/*
 * Whether text can be written in runs: nothing moves aside, the cursor goes where it seems to go, a line
 * has room for a wide character, and the style fits in a cell.
 */
static inline bool
takes_runs(const struct edit *e)
{
    const struct style *pen = &e->screen->pen;
    bool is_held = e->rules->origin_holds_print && e->origin;
    return !e->insert && e->autowrap && !is_held && e->right > e->left && pen->link == NULL &&
           pen->underline == COLOR_DEFAULT;
}

/* edit_open(), spared where it would change nothing. */
static struct row *
open_run(struct edit *e, int y, int x, int to)
{
    struct row *r = e->screen->row[y];
    bool is_ready = r->refs == 1 && r->cell[x].width != CELL_RIGHT_HALF &&
                    (to >= r->cols || r->cell[to].width != CELL_RIGHT_HALF);
    return is_ready ? r : edit_open(e, y, x, to);
}

/* Columns x..to-1 of the cursor's row were written; the last character is in `last`. */
static void
end_run(struct edit *e, int x, int to, int last, int end)
{
    int y = e->screen->cursor_row;
    if (to == end || !e->rules->repairs_halves)
        edit_close(e, y, x, to);
    set_join(e, y, last);
    advance_to(e, to, end);
}

/* Write as much as fits in the cursor's row. Returns how much. */
static size_t
print_ascii_run(struct edit *e, struct view text)
{
    struct screen *s = e->screen;
    wrap_if_pending(e);
    int x = s->cursor_col;
    int end = print_end(e);
    struct view run = view_first(text, (size_t)(end - x));
    int to = x + (int)run.len;
    row_fill_ascii(open_run(e, s->cursor_row, x, to), x, run, &s->pen);
    end_run(e, x, to, to - 1, end);
    e->cluster = (struct grapheme){ .previous = run.data[run.len - 1] };
    return run.len;
}

void
edit_print_ascii(struct edit *e, struct view text)
{
    bool in_runs = takes_runs(e);
    while (text.len > 0) {
        /* A prepended mark (UAX #29, GB9b) may want to join the next character. */
        bool may_join = e->screen->modes.clusters && e->cluster.previous >= 0x300;
        size_t used = 1;
        if (in_runs && !may_join)
            used = print_ascii_run(e, text);
        else
            edit_print(e, text.data[0]);
        text = view_from(text, used);
    }
}

/* Write as much as fits in the cursor's row and needs no second look. Returns how much, perhaps none. */
static size_t
print_points_run(struct edit *e, const uint32_t *points, size_t count)
{
    struct screen *s = e->screen;
    int first = width_common(points[0]) & WIDTH_COLUMNS;
    if (first == 0)
        return 0;
    wrap_if_pending(e);
    int x = s->cursor_col;
    int end = print_end(e);
    if (x + first > end)
        return 0;
    int to;
    struct row *r = open_run(e, s->cursor_row, x, s->cols);
    size_t run = row_fill(r, x, end, points, count, &s->pen, &to);
    if (e->rules->repairs_halves && to < s->cols && r->cell[to].width == CELL_RIGHT_HALF)
        r->cell[to] = cell_erased(r->cell[to].bg); /* its other half is written over by now */
    end_run(e, x, to, to - (int)(width_common(points[run - 1]) & WIDTH_COLUMNS), end);
    return run;
}

void
edit_print_points(struct edit *e, const uint32_t *points, size_t count)
{
    bool in_runs = takes_runs(e) && !e->screen->modes.clusters;
    while (count > 0) {
        size_t used = in_runs ? print_points_run(e, points, count) : 0;
        if (used == 0) {
            edit_print(e, points[0]);
            used = 1;
        }
        points += used;
        count -= used;
    }
}
