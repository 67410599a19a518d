#include "screen_text.h"

#include "term/predict/pane.h"

static void
test_no_border_is_the_whole_width(void **state)
{
    (void)state;
    struct screen *s = screen_new(5, 30);
    put_text(s, 2, 0, "ls | wc");
    struct pane p = pane_of(s, 2, 3);
    assert_int_equal(p.left, 0);
    assert_int_equal(p.cols, 30);
    screen_unref(s);
}

static void
test_borders_part_panes(void **state)
{
    (void)state;
    const char *bars[] = { "\xe2\x94\x82", "|" };
    for (int i = 0; i < 2; i++) {
        struct screen *s = screen_new(5, 30);
        for (int y = 0; y < 5; y++)
            put_text(s, y, 12, bars[i]);
        struct pane left = pane_of(s, 2, 3), right = pane_of(s, 2, 20);
        assert_int_equal(left.left, 0);
        assert_int_equal(left.cols, 12);
        assert_int_equal(right.left, 13);
        assert_int_equal(right.cols, 17);
        /* On the border there is no pane. */
        assert_int_equal(pane_of(s, 2, 12).cols, 30);
        screen_unref(s);
    }
}

static void
test_how_cells_read(void **state)
{
    (void)state;
    struct screen *s = screen_new(2, 20);
    put_text(s, 0, 0, "a \xc2\xa0\xe4\xb8\xad");
    put_text(s, 1, 0, "ab");
    struct row *a = s->row[0], *b = s->row[1];
    assert_false(pane_cell_is_blank(a, 0));
    assert_true(pane_cell_is_blank(a, 1));
    assert_true(pane_cell_is_blank(a, 2));
    assert_false(pane_cell_is_blank(a, 3));
    assert_true(pane_cell_is_blank(a, 10));
    assert_true(pane_cells_match(a, 0, b, 0));
    assert_true(pane_cells_match(a, 2, b, 5));
    assert_false(pane_cells_match(a, 1, b, 1));
    assert_false(pane_cells_match(a, 3, b, 1));
    screen_unref(s);
}

static void
test_suggestions_are_dim(void **state)
{
    (void)state;
    const struct style dim[] = { { .fg = color_palette(8) },
                                 { .fg = color_palette(240) },
                                 { .fg = color_rgb(0x55, 0x55, 0x55) },
                                 { .attrs = STYLE_FAINT } };
    const struct style plain[] = { { .fg = 0 },
                                   { .fg = color_palette(2) },
                                   { .fg = color_palette(252) },
                                   { .fg = color_rgb(0x55, 0x56, 0x55) },
                                   { .fg = color_rgb(0xff, 0xff, 0xff) } };
    struct row *r = row_new(1, COLOR_DEFAULT);
    for (size_t i = 0; i < sizeof dim / sizeof dim[0]; i++) {
        row_set(r, 0, view_of_text("x"), CELL_NARROW, &dim[i]);
        assert_true(pane_cell_is_dim(r, 0));
    }
    for (size_t i = 0; i < sizeof plain / sizeof plain[0]; i++) {
        row_set(r, 0, view_of_text("x"), CELL_NARROW, &plain[i]);
        assert_false(pane_cell_is_dim(r, 0));
    }
    row_unref(r);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_no_border_is_the_whole_width),
        cmocka_unit_test(test_borders_part_panes),
        cmocka_unit_test(test_how_cells_read),
        cmocka_unit_test(test_suggestions_are_dim),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
