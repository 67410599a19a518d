#include "screen_text.h"

#include "term/predict/line_source.h"
#include "term/predict/overlay.h"

static void
test_changed_cells_alone_are_painted(void **state)
{
    (void)state;
    struct screen *s = screen_new(3, 12);
    put_text(s, 0, 0, "$ abc");
    const struct line_source source = { .row = 0, .col = 2, .wraps = true, .gap = 2 };
    struct line l;
    assert_true(line_source_read(&l, s, &source));
    assert_true(line_insert(&l, view_of_text("d"), 1, true));
    assert_true(line_insert(&l, view_of_text("\xe4\xb8\xad"), 2, true));
    /* The server has written elsewhere meanwhile. */
    put_text(s, 2, 0, "out");
    put_text(s, 0, 2, "xy");
    struct screen *out = overlay_paint(s, &l, true);
    expect_cells(out->row[0], "$ xycd\xe4\xb8\xad");
    expect_cells(out->row[2], "out");
    assert_int_equal(out->cursor_col, 8);
    assert_int_equal(style_underline(out->row[0]->cell[4].attrs), UNDERLINE_NONE);
    assert_int_equal(style_underline(out->row[0]->cell[5].attrs), UNDERLINE_SINGLE);
    assert_int_equal(out->row[0]->cell[7].width, CELL_RIGHT_HALF);
    expect_cells(s->row[0], "$ xyc");
    screen_unref(out);
    line_fini(&l);
    screen_unref(s);
}

/* A prediction covers one half of what the server has written meanwhile: the other half goes. */
static void
test_no_half_of_a_wide_character_is_left(void **state)
{
    (void)state;
    for (int shift = 0; shift <= 1; shift++) {
        struct screen *s = screen_new(1, 12);
        put_text(s, 0, 0, "$ ");
        const struct line_source source = { .row = 0, .col = 2, .wraps = true, .gap = 2 };
        struct line l;
        assert_true(line_source_read(&l, s, &source));
        assert_true(line_insert(&l, view_of_text("d"), 1, true));
        put_text(s, 0, 2 - shift, "\xe4\xb8\xad");
        struct screen *out = overlay_paint(s, &l, false);
        expect_cells(out->row[0], "$ d");
        for (int x = 0; x < out->cols; x++)
            assert_int_equal(out->row[0]->cell[x].width, CELL_NARROW);
        screen_unref(out);
        line_fini(&l);
        screen_unref(s);
    }
}

static void
test_blanks_over_blanks_are_not_underlined(void **state)
{
    (void)state;
    struct screen *s = screen_new(1, 12);
    const struct line_source source = { .wraps = true, .gap = 2 };
    struct line l;
    assert_true(line_source_read(&l, s, &source));
    assert_true(line_insert(&l, view_of_text(" "), 1, true));
    struct screen *out = overlay_paint(s, &l, true);
    assert_int_equal(style_underline(out->row[0]->cell[0].attrs), UNDERLINE_NONE);
    assert_int_equal(out->cursor_col, 1);
    screen_unref(out);
    line_fini(&l);
    screen_unref(s);
}

static void
test_the_screen_scrolls_with_the_line(void **state)
{
    (void)state;
    struct screen *s = screen_new(3, 12);
    put_text(s, 0, 0, "top");
    put_text(s, 1, 0, "old");
    put_text(s, 2, 0, "$ ");
    const struct line_source source = { .row = 2, .col = 2, .wraps = true, .gap = 2 };
    struct line l;
    assert_true(line_source_read(&l, s, &source));
    assert_true(line_insert(&l, view_of_text("a"), 1, true));
    assert_true(line_enter(&l));
    struct screen *out = overlay_paint(s, &l, false);
    expect_cells(out->row[0], "old");
    expect_cells(out->row[1], "$ a");
    expect_cells(out->row[2], "");
    assert_int_equal(out->cursor_row, 2);
    assert_int_equal(out->cursor_col, 0);
    screen_unref(out);
    line_fini(&l);
    screen_unref(s);
}

static void
test_rows_below_a_new_line_move_down(void **state)
{
    (void)state;
    struct screen *s = screen_new(5, 12);
    put_text(s, 1, 0, "one");
    put_text(s, 2, 0, "two");
    put_text(s, 4, 0, "-- INSERT --");
    put_text(s, 0, 0, "top");
    struct line_source source = { .gap = 12, .bottom = 4 };
    struct line l;
    assert_true(line_source_read(&l, s, &source));
    assert_true(line_break(&l));
    assert_true(line_insert(&l, view_of_text("n"), 1, true));
    assert_int_equal(l.opened, 1);
    struct screen *out = overlay_paint(s, &l, false);
    static const char *const want[] = { "top", "n", "one", "two", "-- INSERT --" };
    for (int y = 0; y < 5; y++)
        expect_cells(out->row[y], want[y]);
    assert_int_equal(out->cursor_row, 1);
    screen_unref(out);
    line_fini(&l);
    screen_unref(s);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_changed_cells_alone_are_painted),
        cmocka_unit_test(test_no_half_of_a_wide_character_is_left),
        cmocka_unit_test(test_blanks_over_blanks_are_not_underlined),
        cmocka_unit_test(test_the_screen_scrolls_with_the_line),
        cmocka_unit_test(test_rows_below_a_new_line_move_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
