#include "screen_text.h"

#include <limits.h>

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
test_a_line_does_not_begin_inside_a_character(void **state)
{
    (void)state;
    struct line l;
    struct screen *s = screen_new(2, 6);
    put_text(s, 0, 0, "$ ab\xe4\xb8\xad");
    s->cursor_col = 5;
    struct line_source source = { .col = 2, .wraps = true, .gap = 2 };
    assert_false(line_source_read(&l, s, &source));
    source.col = 5;
    assert_false(line_source_read(&l, s, &source));
    s->cursor_col = 4;
    source.col = 4;
    assert_true(line_source_read(&l, s, &source));
    end(&l, s);
}

static void
test_reading_finds_where_text_ends(void **state)
{
    (void)state;
    struct line l;
    struct screen *s = begin(&l, 3, 30, "$ one two     12:30", 2, 5);
    assert_int_equal(l.cursor, 3);
    assert_int_equal(l.len, 7);
    assert_int_equal(l.room, 11);
    end(&l, s);
    s = begin(&l, 3, 30, "$ ", 2, 2);
    assert_int_equal(l.len, 0);
    assert_int_equal(l.room, l.cells->cols);
    end(&l, s);
}

static void
test_reading_follows_folded_rows(void **state)
{
    (void)state;
    struct line l;
    struct screen *s = screen_new(4, 10);
    put_text(s, 0, 0, "$ 34567890");
    put_text(s, 1, 0, "123");
    s->cursor_row = 0;
    s->cursor_col = 4;
    struct line_source source = { .col = 2, .wraps = true, .gap = 2 };
    assert_true(line_source_read(&l, s, &source));
    assert_int_equal(l.len, 11);
    assert_int_equal(line_row(&l, 8), 1);
    assert_int_equal(line_col(&l, 8), 0);
    line_fini(&l);
    /* The cursor above the start, or a start in another pane, is no line. */
    source.row = 1;
    assert_false(line_source_read(&l, s, &source));
    screen_unref(s);
}

/* A right prompt goes where text comes near; what stands elsewhere does not. */
static void
test_a_right_prompt_yields(void **state)
{
    (void)state;
    struct line l;
    struct screen *s = begin(&l, 3, 12, "$ abc   [x]", 2, 5);
    assert_true(l.yields);
    for (int i = 0; i < 3; i++)
        assert_true(line_insert(&l, view_of("d", 1), 1, true));
    assert_int_equal(l.cells->cell[l.cursor + 2].text, 0);
    assert_true(l.to >= 9);
    for (int i = 0; i < 8; i++)
        assert_true(line_insert(&l, view_of("d", 1), 1, true));
    assert_int_equal(line_row(&l, l.cursor), 1);
    end(&l, s);

    s = begin(&l, 3, 12, "$ abc   x", 2, 5);
    assert_false(l.yields);
    for (int i = 0; i < 2; i++)
        assert_true(line_insert(&l, view_of("d", 1), 1, true));
    assert_false(line_insert(&l, view_of("d", 1), 1, true));
    end(&l, s);
}

/* A field in the last row of a full screen moves along before its text is at the edge. */
static void
test_a_field_keeps_clear_of_the_edge(void **state)
{
    (void)state;
    struct screen *s = screen_new(2, 8);
    struct line l;
    struct line_source source = { .row = 1, .spills = true, .gap = INT_MAX };
    put_text(s, 1, 0, "abcd");
    s->cursor_row = 1;
    s->cursor_col = 4;
    assert_true(line_source_read(&l, s, &source));
    assert_true(line_insert(&l, view_of("e", 1), 1, true));
    assert_false(line_insert(&l, view_of("f", 1), 1, true));
    end(&l, s);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_line_does_not_begin_inside_a_character),
        cmocka_unit_test(test_reading_finds_where_text_ends),
        cmocka_unit_test(test_reading_follows_folded_rows),
        cmocka_unit_test(test_a_right_prompt_yields),
        cmocka_unit_test(test_a_field_keeps_clear_of_the_edge),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
