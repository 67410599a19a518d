/* Screens: shared rows, plain values. */
#include "term/screen/screen.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

bool
screen_size_is_valid(int64_t rows, int64_t cols)
{
    return rows >= 1 && rows <= SCREEN_MAX_ROWS && cols >= 1 && cols <= SCREEN_MAX_COLS &&
           rows * cols <= SCREEN_MAX_CELLS;
}

struct screen *
screen_new(int rows, int cols)
{
    assert(screen_size_is_valid(rows, cols));
    struct screen *s = mem_new(1, sizeof *s);
    s->refs = 1;
    s->rows = rows;
    s->cols = cols;
    s->cursor_visible = true;
    s->row = mem_new((size_t)rows, sizeof *s->row);
    for (int y = 0; y < rows; y++)
        s->row[y] = row_new(cols, COLOR_DEFAULT);
    return s;
}

struct screen *
screen_ref(struct screen *s)
{
    s->refs++;
    return s;
}

void
screen_unref(struct screen *s)
{
    if (s == NULL || --s->refs > 0)
        return;
    for (int y = 0; y < s->rows; y++)
        row_unref(s->row[y]);
    free(s->row);
    payload_unref(s->pen.link);
    payload_unref(s->title);
    payload_unref(s->icon);
    payload_unref(s->directory);
    events_unref(s);
    free(s);
}

struct screen *
screen_copy(const struct screen *s)
{
    struct screen *copy = mem_new(1, sizeof *copy);
    *copy = *s;
    copy->refs = 1;
    copy->row = mem_new((size_t)s->rows, sizeof *copy->row);
    for (int y = 0; y < s->rows; y++)
        copy->row[y] = row_ref(s->row[y]);
    payload_ref(copy->pen.link);
    payload_ref(copy->title);
    payload_ref(copy->icon);
    payload_ref(copy->directory);
    events_ref(copy);
    return copy;
}

struct row *
screen_row_mut(struct screen *s, int y)
{
    assert(s->refs == 1);
    struct row *r = s->row[y];
    if (r->refs > 1) {
        s->row[y] = row_copy(r, r->cols, COLOR_DEFAULT);
        row_unref(r);
    }
    return s->row[y];
}

void
screen_row_replace(struct screen *s, int y, struct row *r)
{
    assert(s->refs == 1 && r->cols == s->cols);
    row_unref(s->row[y]);
    s->row[y] = r;
}

static void
resize_rows(struct screen *s, int rows)
{
    for (int y = rows; y < s->rows; y++)
        row_unref(s->row[y]);
    s->row = mem_resize(s->row, (size_t)rows, sizeof *s->row);
    for (int y = s->rows; y < rows; y++)
        s->row[y] = row_new(s->cols, s->pen.bg);
    s->rows = rows;
}

static void
resize_cols(struct screen *s, int cols)
{
    for (int y = 0; y < s->rows; y++) {
        struct row *old = s->row[y];
        s->row[y] = row_copy(old, cols, s->pen.bg);
        row_unref(old);
    }
    s->cols = cols;
}

void
screen_resize(struct screen *s, int rows, int cols)
{
    assert(s->refs == 1 && screen_size_is_valid(rows, cols));
    if (rows != s->rows)
        resize_rows(s, rows);
    if (cols != s->cols)
        resize_cols(s, cols);
    if (s->cursor_row >= rows)
        s->cursor_row = rows - 1;
    if (s->cursor_col >= cols)
        s->cursor_col = cols - 1;
}

void
screen_set_pen(struct screen *s, const struct style *pen)
{
    struct payload *link = payload_ref(pen->link);
    payload_unref(s->pen.link);
    s->pen = *pen;
    s->pen.link = link;
}

bool
style_equal(const struct style *a, const struct style *b)
{
    return a->fg == b->fg && a->bg == b->bg && a->underline == b->underline &&
           a->attrs == b->attrs && payload_equal(a->link, b->link);
}

bool
screen_modes_equal(const struct screen_modes *a, const struct screen_modes *b)
{
    return a->reverse_video == b->reverse_video && a->bracketed_paste == b->bracketed_paste &&
           a->focus_events == b->focus_events && a->alternate_scroll == b->alternate_scroll &&
           a->application_cursor == b->application_cursor &&
           a->application_keypad == b->application_keypad && a->newline == b->newline &&
           a->clusters == b->clusters && a->alternate == b->alternate &&
           a->mouse_reporting == b->mouse_reporting && a->mouse_encoding == b->mouse_encoding &&
           a->cursor_style == b->cursor_style && a->keyboard_flags == b->keyboard_flags &&
           a->modify_other_keys == b->modify_other_keys && a->progress_state == b->progress_state &&
           a->progress_percent == b->progress_percent;
}

bool
screen_equal(const struct screen *a, const struct screen *b)
{
    if (a == b)
        return true;
    if (a->rows != b->rows || a->cols != b->cols || a->cursor_row != b->cursor_row ||
        a->cursor_col != b->cursor_col || a->cursor_visible != b->cursor_visible ||
        a->title_set != b->title_set || a->scrolled_off != b->scrolled_off)
        return false;
    if (!style_equal(&a->pen, &b->pen) || !screen_modes_equal(&a->modes, &b->modes) ||
        !events_equal(a, b) || !payload_equal(a->title, b->title) ||
        !payload_equal(a->directory, b->directory))
        return false;
    for (int y = 0; y < a->rows; y++) {
        if (!row_equal(a->row[y], b->row[y]))
            return false;
    }
    return true;
}
