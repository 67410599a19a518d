#include "draw.h"

#include "term/display/line.h"

struct fixture {
    struct buf out;
    struct brush brush;
    struct screen *held, *wanted; /* 2 rows of 10 */
};

static int
setup(void **state)
{
    struct fixture *f = calloc(1, sizeof *f);
    buf_init(&f->out, DRAW_MAX_BYTES);
    f->brush = (struct brush){ .caps = &caps_stock, .out = &f->out, .rows = 2, .cols = 10 };
    f->held = screen_new(2, 10);
    f->wanted = screen_new(2, 10);
    *state = f;
    return 0;
}

static int
teardown(void **state)
{
    struct fixture *f = *state;
    screen_unref(f->held);
    screen_unref(f->wanted);
    buf_fini(&f->out);
    free(f);
    return 0;
}

static struct line_start
paint_row(struct fixture *f, int y, struct line_start start, const char *text)
{
    const struct row *next = y == 0 ? f->wanted->row[1] : NULL;
    line_paint(&f->brush, y, f->held->row[y], f->wanted->row[y], next, &start);
    char *readable = draw_readable(buf_view(&f->out));
    assert_string_equal(readable, text);
    free(readable);
    buf_clear(&f->out);
    return start;
}

static const struct line_start fresh;

static void
test_unchanged_units_are_passed_over(void **state)
{
    struct fixture *f = *state;
    draw(f->held, 0, 0, "ab      ij");
    draw(f->wanted, 0, 0, "aB      iJ");
    paint_row(f, 0, fresh, "aB\\e[7CJ");
}

static void
test_trailing_erase(void **state)
{
    struct fixture *f = *state;
    draw(f->held, 0, 0, "abcdefghij");
    draw(f->wanted, 0, 0, "abc");
    paint_row(f, 0, fresh, "\\e[3C\\e[K");
}

static void
test_unchanged_erased_cells_join_a_run(void **state)
{
    struct fixture *f = *state;
    draw(f->held, 0, 0, "abc");
    draw(f->held, 0, 4, "e");
    draw(f->held, 0, 9, "j");
    draw(f->wanted, 0, 0, "a");
    draw(f->wanted, 0, 9, "j");
    paint_row(f, 0, fresh, "\\e[C\\e[4X");
}

static void
test_an_empty_cell_is_no_space(void **state)
{
    struct fixture *f = *state;
    draw(f->held, 0, 0, " a");
    draw(f->wanted, 0, 1, "a");
    paint_row(f, 0, fresh, "\\e[X");
}

static void
test_wide_units_are_painted_whole(void **state)
{
    struct fixture *f = *state;
    draw(f->held, 0, 0, "中中中");
    draw(f->wanted, 0, 1, "中中");
    paint_row(f, 0, fresh, "\\e[X\\e[C中中\\e[K");
}

static void
test_from_inside_a_wide_cell_nothing_is_printed_again(void **state)
{
    struct fixture *f = *state;
    draw(f->held, 0, 0, "中");
    draw(f->wanted, 0, 0, "中x");
    f->brush.col = 1;
    paint_row(f, 0, fresh, "\\e[Cx");
}

/* A terminal that counts clusters would take two columns for it and wrap. */
static void
test_disputed_text_never_runs_over_the_edge(void **state)
{
    struct fixture *f = *state;
    f->brush.caps = &caps_xterm;
    draw(f->wanted, 0, 9, "❤\357\270\217");
    paint_row(f, 0, fresh, "\\e[9C \\r\\e[9C❤");
}

static void
test_wrap_paints_what_comes_first_below(void **state)
{
    struct fixture *f = *state;
    draw(f->wanted, 0, 0, "abcdefghij");
    draw(f->wanted, 1, 0, "中k");
    f->wanted->row[0]->wrapped = true;
    struct line_start start = paint_row(f, 0, fresh, "abcdefghij中");
    assert_int_equal(start.done, 2);
    assert_false(start.spoiled);
    start = paint_row(f, 1, start, "k");
    assert_int_equal(start.done, 0);
}

static void
test_wrap_by_a_space_where_a_link_begins(void **state)
{
    struct fixture *f = *state;
    struct payload *link = payload_new(view_of_text(";http://x/"));
    const struct style linked = { .link = link };
    f->brush.caps = &caps_skua;
    draw(f->wanted, 0, 0, "abcdefghij");
    draw_styled(f->wanted, 1, 0, "k", &linked);
    f->wanted->row[0]->wrapped = true;
    struct line_start start = paint_row(f, 0, fresh, "abcdefghij ");
    assert_true(start.spoiled);
    paint_row(f, 1, start, "\\r\\e]8;;http://x/\\e\\k");
    payload_unref(link);
}

static void
test_last_row_cannot_wrap(void **state)
{
    struct fixture *f = *state;
    f->brush.row = 1;
    draw(f->wanted, 1, 0, "abcdefghij");
    f->wanted->row[1]->wrapped = true;
    struct line_start start = paint_row(f, 1, fresh, "abcdefghij");
    assert_int_equal(start.done, 0);
}

static void
test_one_column(void **state)
{
    struct fixture *f = *state;
    screen_unref(f->held);
    screen_unref(f->wanted);
    f->held = screen_new(2, 1);
    f->wanted = screen_new(2, 1);
    f->brush.cols = 1;
    draw(f->wanted, 0, 0, "a");
    draw(f->wanted, 1, 0, "b");
    f->wanted->row[0]->wrapped = true;
    struct line_start start = paint_row(f, 0, fresh, "ab");
    assert_int_equal(start.done, 1);
    paint_row(f, 1, start, "");
    assert_int_equal(f->brush.row, 1);
    assert_int_equal(f->brush.col, 1);
}

static void
test_cost_is_zero_only_for_the_same(void **state)
{
    struct fixture *f = *state;
    assert_int_equal(line_cost(f->held->row[0], f->wanted->row[0]), 0);
    draw(f->held, 0, 0, "abcdefghij");
    draw(f->wanted, 0, 0, "abcdefghij");
    assert_int_equal(line_cost(f->held->row[0], f->wanted->row[0]), 0);
    f->held->row[0]->wrapped = true;
    assert_true(line_cost(f->held->row[0], f->wanted->row[0]) > 0);
    assert_true(line_cost(f->held->row[1], f->wanted->row[0]) >
                line_cost(f->wanted->row[0], f->held->row[1]));
}

int
main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
    const struct CMUnitTest tests[] = {
        TEST(test_unchanged_units_are_passed_over),
        TEST(test_trailing_erase),
        TEST(test_unchanged_erased_cells_join_a_run),
        TEST(test_an_empty_cell_is_no_space),
        TEST(test_wide_units_are_painted_whole),
        TEST(test_from_inside_a_wide_cell_nothing_is_printed_again),
        TEST(test_disputed_text_never_runs_over_the_edge),
        TEST(test_wrap_paints_what_comes_first_below),
        TEST(test_wrap_by_a_space_where_a_link_begins),
        TEST(test_last_row_cannot_wrap),
        TEST(test_one_column),
        TEST(test_cost_is_zero_only_for_the_same),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
