#include "draw.h"

#include "term/display/brush.h"

struct fixture {
    struct buf out;
    struct brush brush;
};

static int
setup(void **state)
{
    struct fixture *f = calloc(1, sizeof *f);
    buf_init(&f->out, DRAW_MAX_BYTES);
    f->brush = (struct brush){
        .caps = &caps_stock, .out = &f->out, .rows = 24, .cols = 80, .visible = true
    };
    *state = f;
    return 0;
}

static int
teardown(void **state)
{
    struct fixture *f = *state;
    buf_fini(&f->out);
    free(f);
    return 0;
}

static void
expect(struct fixture *f, const char *text)
{
    char *readable = draw_readable(buf_view(&f->out));
    assert_string_equal(readable, text);
    free(readable);
    buf_clear(&f->out);
}

static void
expect_move(struct fixture *f, int row, int col, const char *text)
{
    size_t cost = brush_move_cost(&f->brush, row, col);
    brush_move(&f->brush, row, col);
    assert_int_equal(f->out.len, cost);
    assert_int_equal(f->brush.row, row);
    assert_int_equal(f->brush.col, col);
    expect(f, text);
}

static void
test_shortest_moves(void **state)
{
    struct fixture *f = *state;
    expect_move(f, 0, 0, "");
    expect_move(f, 10, 10, "\\e[11;11H");
    expect_move(f, 10, 8, "\\b\\b");
    expect_move(f, 10, 11, "\\e[3C");
    expect_move(f, 12, 0, "\\r\\n\\n");
    expect_move(f, 11, 0, "\\eM");
    expect_move(f, 14, 0, "\\n\\n\\n");
    expect_move(f, 23, 0, "\\e[9B");
    expect_move(f, 23, 70, "\\e[70C");
    expect_move(f, 23, 8, "\\e[9G");
    expect_move(f, 0, 0, "\\e[H");
}

static void
test_a_real_terminal_is_not_asked_for_columns(void **state)
{
    struct fixture *f = *state;
    f->brush.caps = &caps_xterm;
    expect_move(f, 0, 70, "\\e[70C");
    expect_move(f, 0, 30, "\\e[40D");
}

static void
test_lost_cursor_moves_absolutely(void **state)
{
    struct fixture *f = *state;
    f->brush.row = BRUSH_LOST;
    expect_move(f, 3, 0, "\\e[4H");
}

static void
test_pending_wrap_is_left_by_return_or_absolutely(void **state)
{
    struct fixture *f = *state;
    f->brush.col = 79;
    brush_print(&f->brush, view_of_text("x"), 1);
    assert_int_equal(f->brush.col, 80);
    expect(f, "x");
    expect_move(f, 1, 0, "\\r\\n");
    f->brush.col = 80;
    expect_move(f, 1, 79, "\\r\\e[79C");
    f->brush.col = 80;
    expect_move(f, 1, 1, "\\r\\e[C");
}

static void
test_terminal_that_wraps_at_once_loses_the_cursor(void **state)
{
    struct fixture *f = *state;
    const struct caps caps = { .dialect = CAPS_DIALECT_OUTER };
    f->brush.caps = &caps;
    f->brush.col = 79;
    brush_print(&f->brush, view_of_text("x"), 1);
    assert_int_equal(f->brush.row, BRUSH_LOST);
}

static void
test_line_feed_that_returns_is_not_used(void **state)
{
    struct fixture *f = *state;
    f->brush.col = 5;
    f->brush.newline = true;
    expect_move(f, 1, 5, "\\e[B");
}

static void
test_veil_hides_once(void **state)
{
    struct fixture *f = *state;
    f->brush.veil = true;
    brush_move(&f->brush, 2, 0);
    brush_move(&f->brush, 3, 0);
    expect(f, "\\e[?25l\\n\\n\\n");
    brush_show(&f->brush, true);
    brush_show(&f->brush, true);
    expect(f, "\\e[?25h");
}

static void
test_controls_never_pass(void **state)
{
    struct fixture *f = *state;
    brush_print(&f->brush, view_of_text("\033"), 1);
    brush_print(&f->brush, view_of_text("\302\233"), 2);
    brush_print(&f->brush, view_of_text("\302"), 1);
    expect(f, "    ");
    assert_int_equal(f->brush.col, 4);
}

static void
test_background_on_the_wire_keeps_the_rest_of_the_pen(void **state)
{
    struct fixture *f = *state;
    const struct style bold = { .attrs = STYLE_BOLD };
    brush_style(&f->brush, &bold);
    expect(f, "\\e[0;1m");
    brush_background(&f->brush, COLOR_DEFAULT);
    expect(f, "");
    brush_background(&f->brush, color_palette(2));
    expect(f, "\\e[0;42m");
    f->brush.caps = &caps_xterm;
    brush_style(&f->brush, &bold);
    buf_clear(&f->out);
    brush_background(&f->brush, COLOR_DEFAULT);
    expect(f, "\\e[m");
}

int
main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
    const struct CMUnitTest tests[] = {
        TEST(test_shortest_moves),
        TEST(test_a_real_terminal_is_not_asked_for_columns),
        TEST(test_lost_cursor_moves_absolutely),
        TEST(test_pending_wrap_is_left_by_return_or_absolutely),
        TEST(test_terminal_that_wraps_at_once_loses_the_cursor),
        TEST(test_line_feed_that_returns_is_not_used),
        TEST(test_veil_hides_once),
        TEST(test_controls_never_pass),
        TEST(test_background_on_the_wire_keeps_the_rest_of_the_pen),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
