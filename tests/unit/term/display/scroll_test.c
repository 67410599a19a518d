#include "draw.h"

#include "term/display/scroll.h"

#define ROWS 12
#define COLS 20

struct fixture {
    struct buf out;
    struct brush brush;
    struct screen *held, *wanted;
    const struct row *rows[ROWS];
    struct row *blank;
};

/* A row of text that occurs once. */
static void
draw_numbered(struct screen *s, int y, int number)
{
    char text[COLS - 3] = { 0 };
    for (int i = 0; i < COLS - 4; i++)
        text[i] = (char)('a' + (number * 7 + i * (number + 3)) % 26);
    row_erase(screen_row_mut(s, y), 0, COLS, COLOR_DEFAULT);
    draw(s, y, 0, text);
}

static int
setup(void **state)
{
    struct fixture *f = calloc(1, sizeof *f);
    buf_init(&f->out, DRAW_MAX_BYTES);
    f->brush = (struct brush){ .caps = &caps_stock, .out = &f->out, .rows = ROWS, .cols = COLS };
    f->held = screen_new(ROWS, COLS);
    f->wanted = screen_new(ROWS, COLS);
    f->blank = row_new(COLS, COLOR_DEFAULT);
    for (int y = 0; y < ROWS; y++) {
        draw_numbered(f->held, y, y);
        draw_numbered(f->wanted, y, y);
    }
    *state = f;
    return 0;
}

static int
teardown(void **state)
{
    struct fixture *f = *state;
    screen_unref(f->held);
    screen_unref(f->wanted);
    row_unref(f->blank);
    buf_fini(&f->out);
    free(f);
    return 0;
}

static void
expect(struct fixture *f, const char *text)
{
    for (int y = 0; y < ROWS; y++)
        f->rows[y] = f->held->row[y];
    scroll_paint(&f->brush, f->rows, f->wanted->row, f->blank);
    char *readable = draw_readable(buf_view(&f->out));
    assert_string_equal(readable, text);
    free(readable);
    buf_clear(&f->out);
}

/* Which row of the old screen is at y now; -1: a blank one. */
static int
origin(const struct fixture *f, int y)
{
    for (int i = 0; i < ROWS; i++) {
        if (f->rows[y] == f->held->row[i])
            return i;
    }
    assert_ptr_equal(f->rows[y], f->blank);
    return -1;
}

static void
test_nothing_moved(void **state)
{
    struct fixture *f = *state;
    expect(f, "");
    draw_numbered(f->wanted, 3, 99);
    draw_numbered(f->wanted, 9, 98);
    expect(f, "");
}

static void
test_whole_screen_up(void **state)
{
    struct fixture *f = *state;
    for (int y = 0; y < ROWS; y++)
        draw_numbered(f->wanted, y, y + 3);
    f->brush.row = ROWS - 1;
    f->brush.col = 5;
    expect(f, "\\r\\n\\n\\n");
    assert_int_equal(origin(f, 0), 3);
    assert_int_equal(origin(f, 8), 11);
    assert_int_equal(origin(f, 9), -1);
    f->brush.row = 0;
    expect(f, "\\e[3S");
}

static void
test_whole_screen_down(void **state)
{
    struct fixture *f = *state;
    for (int y = 0; y < ROWS; y++)
        draw_numbered(f->wanted, y, y == 0 ? 99 : y - 1);
    expect(f, "\\e[T");
    assert_int_equal(origin(f, 0), -1);
    assert_int_equal(origin(f, 11), 10);
}

static void
test_lines_deleted_and_inserted(void **state)
{
    struct fixture *f = *state;
    for (int y = 4; y < ROWS; y++)
        draw_numbered(f->wanted, y, y + 2);
    expect(f, "\\e[5H\\e[2M");
    for (int y = 4; y < ROWS; y++)
        draw_numbered(f->wanted, y, y < 6 ? 90 + y : y - 2);
    f->brush.row = 4;
    expect(f, "\\e[2L");
    assert_int_equal(origin(f, 3), 3);
    assert_int_equal(origin(f, 4), -1);
    assert_int_equal(origin(f, 6), 4);
}

static void
test_region_with_a_line_changed_in_it(void **state)
{
    struct fixture *f = *state;
    for (int y = 1; y < 10; y++)
        draw_numbered(f->wanted, y, y + 1);
    draw_numbered(f->wanted, 5, 77);
    draw_numbered(f->wanted, 10, 78);
    expect(f, "\\e[2;11r\\e[S\\e[r");
    assert_int_equal(origin(f, 0), 0);
    assert_int_equal(origin(f, 1), 2);
    assert_int_equal(origin(f, 10), -1);
    assert_int_equal(origin(f, 11), 11);
    assert_int_equal(f->brush.row, 0);
    assert_int_equal(f->brush.col, 0);
}

static void
test_two_panes(void **state)
{
    struct fixture *f = *state;
    for (int y = 0; y < 5; y++)
        draw_numbered(f->wanted, y, y == 4 ? 80 : y + 1);
    for (int y = 6; y < ROWS; y++)
        draw_numbered(f->wanted, y, y == 6 ? 81 : y - 1);
    expect(f, "\\e[7H\\e[L\\e[1;5r\\e[S\\e[r");
    assert_int_equal(origin(f, 0), 1);
    assert_int_equal(origin(f, 4), -1);
    assert_int_equal(origin(f, 5), 5);
    assert_int_equal(origin(f, 6), -1);
    assert_int_equal(origin(f, 11), 10);
}

static void
test_lines_come_in_blank(void **state)
{
    struct fixture *f = *state;
    for (int y = 0; y < ROWS; y++)
        draw_numbered(f->wanted, y, y + 1);
    f->brush.pen.bg = color_palette(1);
    expect(f, "\\e[0m\\e[S");
}

static void
test_real_terminal_scrolls_at_margins(void **state)
{
    struct fixture *f = *state;
    f->brush.caps = &caps_xterm;
    for (int y = 2; y < 10; y++)
        draw_numbered(f->wanted, y, y == 9 ? 79 : y + 1);
    expect(f, "\\e[3;10r\\e[9B\\n\\e[r");
    struct caps caps = caps_xterm;
    caps.can &= ~(uint32_t)CAPS_CAN_SCROLL_REGION;
    f->brush.caps = &caps;
    expect(f, "");
}

static void
test_repeated_lines_do_not_vote(void **state)
{
    struct fixture *f = *state;
    for (int y = 0; y < ROWS; y++) {
        draw_numbered(f->held, y, y % 2);
        draw_numbered(f->wanted, y, (y + 1) % 2);
    }
    expect(f, "");
}

int
main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
    const struct CMUnitTest tests[] = {
        TEST(test_nothing_moved),
        TEST(test_whole_screen_up),
        TEST(test_whole_screen_down),
        TEST(test_lines_deleted_and_inserted),
        TEST(test_region_with_a_line_changed_in_it),
        TEST(test_two_panes),
        TEST(test_lines_come_in_blank),
        TEST(test_real_terminal_scrolls_at_margins),
        TEST(test_repeated_lines_do_not_vote),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
