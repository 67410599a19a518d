#include "screen_text.h"

#include <limits.h>

#include "term/predict/line.h"
#include "term/predict/line_source.h"

/* A screen of rows x cols with text in row 0, and the line that begins at column `from` there. */
static struct screen *
begin(struct line *l, int rows, int cols, const char *text, int from, int cursor)
{
    struct screen *s = screen_new(rows, cols);
    put_text(s, 0, 0, text);
    s->cursor_col = cursor;
    const struct line_source source = {
        .col = from, .start_is_known = true, .wraps = true, .gap = 2
    };
    assert_true(line_source_read(l, s, &source));
    return s;
}

static void
end(struct line *l, struct screen *s)
{
    line_fini(l);
    line_fini(l);
    screen_unref(s);
}

static void
read_text(struct line *l, struct screen *s, int row, int col)
{
    const struct line_source source = { .row = row, .spills = true, .gap = INT_MAX };
    s->cursor_row = row;
    s->cursor_col = col;
    assert_true(line_source_read(l, s, &source));
}

/* As vim shows a text of one line in insert mode. */
static struct screen *
text_screen(void)
{
    struct screen *s = screen_new(5, 6);
    put_text(s, 0, 0, "abcd");
    put_text(s, 1, 0, "~");
    put_text(s, 2, 0, "~");
    put_text(s, 4, 0, "--INS");
    return s;
}

static void
test_a_text_goes_on_in_free_rows(void **state)
{
    (void)state;
    struct line l;
    struct screen *s = text_screen();
    int row, col;
    read_text(&l, s, 0, 4);
    assert_true(line_insert(&l, view_of("e", 1), 1, true));
    assert_true(line_insert(&l, view_of("f", 1), 1, true));
    line_cursor(&l, &row, &col);
    assert_int_equal(row, 1);
    assert_int_equal(col, 0);
    assert_true(pane_cell_is_blank(l.cells, l.cursor)); /* the mark is gone */
    assert_true(line_insert(&l, view_of("g", 1), 1, true));
    assert_true(line_break(&l));
    line_cursor(&l, &row, &col);
    assert_int_equal(row, 2);
    assert_int_equal(col, 0);
    assert_int_equal(l.floor, l.cursor);
    line_fini(&l);
    screen_unref(s);
}

static void
test_a_text_is_broken_at_its_end_only(void **state)
{
    (void)state;
    struct line l;
    struct screen *s = text_screen();
    read_text(&l, s, 0, 2);
    assert_false(line_break(&l));
    line_fini(&l);
    put_text(s, 1, 0, "below");
    read_text(&l, s, 0, 4);
    assert_false(line_break(&l));
    line_fini(&l);
    put_text(s, 2, 0, "  in ");
    read_text(&l, s, 2, 4);
    assert_false(line_break(&l)); /* the next may be indented too */
    line_fini(&l);
    put_text(s, 3, 0, "last ");
    read_text(&l, s, 3, 4);
    assert_false(line_break(&l)); /* below is the status */
    line_fini(&l);
    screen_unref(s);
}

static void
test_a_new_line_pushes_those_below(void **state)
{
    (void)state;
    struct line l;
    struct screen *s = text_screen();
    put_text(s, 1, 0, "below");
    struct line_source source = { .row = 0, .col = 0, .spills = true, .gap = INT_MAX, .bottom = 3 };
    s->cursor_row = 0;
    s->cursor_col = 4;
    assert_true(line_source_read(&l, s, &source));
    assert_true(line_break(&l));
    assert_true(line_insert(&l, view_of("x", 1), 1, true));
    assert_true(line_break(&l));
    assert_false(line_insert(&l, view_of("y", 1), 1, true) && line_break(&l)); /* the bottom */
    assert_int_equal(l.opened, 2);
    assert_int_equal(l.opened_at, 1);
    int row, col;
    line_cursor(&l, &row, &col);
    assert_int_equal(row, 2);
    assert_int_equal(col, 1);
    line_fini(&l);

    source.bottom = 1;
    assert_true(line_source_read(&l, s, &source));
    assert_false(line_break(&l));
    line_fini(&l);
    screen_unref(s);
}

/* There the cursor waits to wrap, or a program put it there: a key would part the halves. */
static void
test_inserting_pushes_and_folds(void **state)
{
    (void)state;
    struct line l;
    struct screen *s = begin(&l, 2, 8, "$ abcd", 2, 4);
    assert_true(line_insert(&l, view_of_text("X"), 1, true));
    assert_true(line_insert(&l, view_of_text("Y"), 1, true));
    expect_cells(l.cells, "abXYcd");
    assert_int_equal(l.len, 6);
    assert_int_equal(l.cursor, 4);
    assert_int_equal(l.from, 2);
    assert_int_equal(l.to, 6);
    assert_true(line_insert(&l, view_of_text("Z"), 1, true));
    int row, col;
    assert_true(line_move(&l, l.len));
    line_cursor(&l, &row, &col);
    assert_int_equal(row, 1);
    assert_int_equal(col, 1);
    assert_int_equal(l.scrolled, 0);
    /* A wide character does not straddle. */
    assert_true(line_move(&l, 0));
    assert_false(line_insert(&l, view_of_text("\xe4\xb8\xad"), 2, true));
    end(&l, s);
}

/* A text of rows of 6 cells over a bar in row 3: its first line, with the cursor before cell `at`. */
static struct screen *
begin_text(struct line *l, const char *first, int at)
{
    struct screen *s = screen_new(5, 6);
    put_text(s, 0, 0, first);
    put_text(s, 1, 0, "two");
    const struct line_source source = { .gap = INT_MAX, .bottom = 3 };
    s->cursor_row = 0;
    s->cursor_col = at;
    assert_true(line_source_read(l, s, &source));
    return s;
}

static void
test_a_text_that_fills_its_row_opens_another(void **state)
{
    (void)state;
    struct line l;
    struct screen *s = begin_text(&l, "abcde", 5);
    assert_true(line_insert(&l, view_of("f", 1), 1, true));
    assert_int_equal(l.opened, 1);
    assert_int_equal(l.opened_at, 1);
    assert_int_equal(line_row(&l, l.cursor), 1);
    /* It does not tell how the row is given back. */
    assert_false(line_remove(&l, 5, 6, true));
    end(&l, s);

    /* Where the cursor is not behind it, the last column is used first. */
    s = begin_text(&l, "abcde", 2);
    assert_true(line_insert(&l, view_of("x", 1), 1, true));
    assert_int_equal(l.opened, 0);
    assert_false(line_move(&l, 6));
    struct line full = line_copy(&l);
    assert_true(line_remove(&full, 2, 3, true));
    line_fini(&full);
    assert_true(line_insert(&l, view_of("y", 1), 1, true));
    assert_int_equal(l.opened, 1);
    assert_int_equal(l.len, 7);
    end(&l, s);
}

static void
test_lines_that_may_be_indented_are_not_broken(void **state)
{
    (void)state;
    const char *lines[] = { "f() {", "if:", " x", "f(" };
    for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++) {
        struct line l;
        struct screen *s = begin_text(&l, lines[i], (int)strlen(lines[i]));
        assert_false(line_break(&l));
        end(&l, s);
    }
}

static void
test_a_new_line_above(void **state)
{
    (void)state;
    struct line l;
    struct screen *s = begin_text(&l, "abc", 1);
    assert_true(line_break_above(&l));
    assert_int_equal(l.opened_at, 0);
    assert_int_equal(l.cursor, 0);
    assert_int_equal(l.len, 0);
    assert_true(line_insert(&l, view_of("x", 1), 1, true));
    assert_false(line_break_above(&l)); /* one at a time */
    end(&l, s);
}

static void
test_a_pane_ends_above_the_screen(void **state)
{
    (void)state;
    struct screen *s = screen_new(4, 8);
    struct line_source source = { .row = 2, .gap = 2, .limit = 3 };
    struct line l;
    s->cursor_row = 2;
    assert_true(line_source_read(&l, s, &source));
    assert_false(line_enter(&l));
    line_fini(&l);
    source.limit = 0;
    assert_true(line_source_read(&l, s, &source));
    assert_true(line_enter(&l));
    end(&l, s);
}

static void
test_a_pushed_end_scrolls_the_bottom(void **state)
{
    (void)state;
    struct line l;
    struct screen *s = begin(&l, 1, 6, "abcde", 0, 2);
    assert_true(line_insert(&l, view_of("x", 1), 1, true));
    assert_int_equal(l.scrolled, 0);
    assert_true(line_insert(&l, view_of("y", 1), 1, true));
    assert_int_equal(l.scrolled, 1);
    assert_int_equal(line_row(&l, 0), -1);
    end(&l, s);
}

static void
test_the_bottom_scrolls(void **state)
{
    (void)state;
    struct line l;
    struct screen *s = begin(&l, 1, 4, "$ a", 2, 3);
    assert_true(line_insert(&l, view_of_text("b"), 1, true));
    int row, col;
    line_cursor(&l, &row, &col);
    assert_int_equal(row, 0);
    assert_int_equal(col, 0);
    assert_int_equal(l.scrolled, 1);
    assert_int_equal(l.top, -1);
    end(&l, s);
}

static void
test_a_driver_leaves_the_cursor_in_the_last_column(void **state)
{
    (void)state;
    struct line l;
    struct screen *s = begin(&l, 2, 4, "$ a", 2, 3);
    l.sticks = true;
    assert_true(line_insert(&l, view_of_text("b"), 1, false));
    int row, col;
    line_cursor(&l, &row, &col);
    assert_int_equal(row, 0);
    assert_int_equal(col, 3);
    assert_true(line_insert(&l, view_of_text("c"), 1, false));
    line_cursor(&l, &row, &col);
    assert_int_equal(row, 1);
    assert_int_equal(col, 1);
    end(&l, s);
}

static void
test_what_stands_right_is_not_pushed(void **state)
{
    (void)state;
    struct line l;
    struct screen *s = begin(&l, 2, 20, "$ ab   12:30", 2, 4);
    assert_true(line_insert(&l, view_of_text("c"), 1, true));
    assert_true(line_insert(&l, view_of_text("d"), 1, true));
    assert_false(line_insert(&l, view_of_text("e"), 1, true));
    end(&l, s);
}

static void
test_removing_closes_up_or_blanks(void **state)
{
    (void)state;
    struct line l;
    struct screen *s = begin(&l, 2, 20, "$ abcdef", 2, 8);
    struct line copy = line_copy(&l);
    assert_true(line_remove(&l, 1, 3, true));
    expect_cells(l.cells, "adef");
    assert_int_equal(l.len, 4);
    expect_cells(copy.cells, "abcdef");
    assert_true(line_remove(&copy, 1, 3, false));
    expect_cells(copy.cells, "a  def");
    assert_int_equal(copy.len, 6);
    assert_true(line_remove(&copy, 3, 6, false));
    assert_int_equal(copy.len, 3);
    assert_false(line_remove(&copy, 2, 9, true));
    line_fini(&copy);
    end(&l, s);
}

static void
test_characters_are_stepped_over_whole(void **state)
{
    (void)state;
    struct line l;
    struct screen *s = begin(&l, 2, 20,
                             "$ a\xe4\xb8\xad"
                             "b",
                             2, 6);
    assert_int_equal(line_before(&l, 4), 3);
    assert_int_equal(line_before(&l, 3), 1);
    assert_int_equal(line_after(&l, 1), 3);
    assert_int_equal(line_before(&l, 0), 0);
    assert_int_equal(line_after(&l, 4), 4);
    assert_true(line_append(&l, view_of_text("\xcc\x81")));
    expect_cells(l.cells, "a\xe4\xb8\xad"
                          "b\xcc\x81");
    end(&l, s);
}

static void
test_comparing_with_a_screen(void **state)
{
    (void)state;
    struct line l;
    struct screen *s = begin(&l, 3, 20, "$ abc", 2, 3);
    assert_int_equal(line_compare(&l, s, 0), LINE_MATCHES);
    assert_true(line_insert(&l, view_of_text("X"), 1, true));
    assert_int_equal(line_compare(&l, s, 0), LINE_DIFFERS);
    put_text(s, 0, 3, "X");
    assert_int_equal(line_compare(&l, s, 0), LINE_TAIL_DIFFERS);
    put_text(s, 0, 4, "bc");
    s->cursor_col = 4;
    assert_int_equal(line_compare(&l, s, 0), LINE_MATCHES);
    assert_true(line_text_stands(&l, s, 0));
    assert_false(line_text_stands(&l, s, 1));
    /* Seen one row lower. */
    screen_row_replace(s, 1, row_ref(s->row[0]));
    s->cursor_row = 1;
    assert_int_equal(line_compare(&l, s, -1), LINE_MATCHES);
    end(&l, s);
}

static void
test_adopting_takes_styles_over(void **state)
{
    (void)state;
    struct line l;
    struct screen *s = begin(&l, 2, 20, "$ ab", 2, 4);
    const struct style red = { .fg = color_palette(1) };
    row_set(screen_row_mut(s, 0), 2, view_of_text("a"), CELL_NARROW, &red);
    row_set(screen_row_mut(s, 0), 3, view_of_text("z"), CELL_NARROW, &red);
    line_adopt(&l, s);
    assert_int_equal(l.cells->cell[0].fg, color_palette(1));
    expect_cells(l.cells, "ab");
    end(&l, s);
}

static void
test_rebasing_counts_changes_anew(void **state)
{
    (void)state;
    struct line l;
    struct screen *s = begin(&l, 2, 20, "$ ", 2, 2);
    assert_true(line_insert(&l, view_of_text("a"), 1, true));
    struct line base = line_copy(&l);
    assert_true(line_insert(&l, view_of_text("\xe4\xb8\xad"), 2, true));
    line_rebase(&l, &base);
    assert_int_equal(l.from, 1);
    assert_int_equal(l.to, 3);
    line_fini(&base);
    end(&l, s);
}

static void
test_sending_off(void **state)
{
    (void)state;
    struct line l;
    struct screen *s = begin(&l, 3, 8, "$ abc", 2, 3);
    int row, col;
    assert_true(line_enter(&l));
    line_cursor(&l, &row, &col);
    assert_int_equal(row, 1);
    assert_int_equal(col, 0);
    assert_false(line_insert(&l, view_of_text("x"), 1, true));
    assert_false(line_move(&l, 0));
    assert_false(line_remove(&l, 0, 1, true));
    end(&l, s);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_text_goes_on_in_free_rows),
        cmocka_unit_test(test_a_text_is_broken_at_its_end_only),
        cmocka_unit_test(test_a_new_line_pushes_those_below),
        cmocka_unit_test(test_inserting_pushes_and_folds),
        cmocka_unit_test(test_a_text_that_fills_its_row_opens_another),
        cmocka_unit_test(test_lines_that_may_be_indented_are_not_broken),
        cmocka_unit_test(test_a_new_line_above),
        cmocka_unit_test(test_a_pane_ends_above_the_screen),
        cmocka_unit_test(test_a_pushed_end_scrolls_the_bottom),
        cmocka_unit_test(test_the_bottom_scrolls),
        cmocka_unit_test(test_a_driver_leaves_the_cursor_in_the_last_column),
        cmocka_unit_test(test_what_stands_right_is_not_pushed),
        cmocka_unit_test(test_removing_closes_up_or_blanks),
        cmocka_unit_test(test_characters_are_stepped_over_whole),
        cmocka_unit_test(test_comparing_with_a_screen),
        cmocka_unit_test(test_adopting_takes_styles_over),
        cmocka_unit_test(test_rebasing_counts_changes_anew),
        cmocka_unit_test(test_sending_off),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
