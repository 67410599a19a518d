/* Golden bytes. That they mean what they should is for the round trip through an emulator to say. */
#include "draw.h"

#include "term/display/project.h"

struct fixture {
    struct screen *blank, *numbers, *letters; /* 4 rows of 10 */
};

static int
setup(void **state)
{
    struct fixture *f = calloc(1, sizeof *f);
    f->blank = screen_new(4, 10);
    f->numbers = screen_copy(f->blank);
    draw(f->numbers, 0, 0, "1");
    draw(f->numbers, 1, 0, "2");
    draw(f->numbers, 2, 0, "3");
    draw(f->numbers, 3, 0, "4");
    draw_cursor(f->numbers, 3, 1);
    f->letters = screen_copy(f->blank);
    draw(f->letters, 0, 0, "abcdefgh");
    draw_cursor(f->letters, 0, 8);
    *state = f;
    return 0;
}

static int
teardown(void **state)
{
    struct fixture *f = *state;
    screen_unref(f->blank);
    screen_unref(f->numbers);
    screen_unref(f->letters);
    free(f);
    return 0;
}

/* docs/TERMINAL.md, "Painting", gives what stock sends for the first ten; ours is never longer. */
static void
expect(const struct screen *before, struct screen *after, const char *text)
{
    draw_expect(before, after, &caps_stock, text);
    screen_unref(after);
}

static void
test_full_row(void **state)
{
    struct fixture *f = *state;
    struct screen *s = screen_copy(f->blank);
    draw(s, 0, 0, "abcdefghij");
    draw_cursor(s, 0, 9);
    expect(f->blank, s, "abcdefghij\\r\\e[9C");
    s = screen_copy(f->blank);
    draw(s, 3, 0, "abcdefghij");
    draw_cursor(s, 3, 9);
    expect(f->blank, s, "\\n\\n\\nabcdefghij\\r\\e[9C");
}

static void
test_wrapped_row(void **state)
{
    struct fixture *f = *state;
    struct screen *s = screen_copy(f->blank), *t;
    draw(s, 0, 0, "abcdefghij");
    draw(s, 1, 0, "k");
    s->row[0]->wrapped = true;
    draw_cursor(s, 1, 1);
    t = screen_copy(s);
    draw(t, 0, 9, "Z");
    expect(s, t, "\\e[;10HZk"); /* the flag is kept by wrapping again */
    t = screen_copy(s);
    screen_row_mut(t, 0)->wrapped = false;
    expect(s, t, "\\e[;10Hj\\r\\e[C\\n"); /* and lost by a print in the last column */
    t = screen_copy(s);
    screen_row_mut(t, 1);
    row_erase(t->row[1], 0, 1, COLOR_DEFAULT);
    draw_cursor(t, 1, 0);
    expect(s, t, "\\r\\e[K");
    expect(f->blank, s, "abcdefghijk");
}

static void
test_wrap_in_front_of_an_erased_cell(void **state)
{
    struct fixture *f = *state;
    struct screen *s = screen_copy(f->blank);
    draw(s, 0, 0, "abcdefghij");
    draw(s, 1, 1, "k");
    s->row[0]->wrapped = true;
    draw_cursor(s, 1, 2);
    expect(f->blank, s, "abcdefghij \\r\\e[X\\e[Ck");
}

static void
test_scrolls(void **state)
{
    struct fixture *f = *state;
    struct screen *s = screen_copy(f->blank);
    draw(s, 0, 0, "2");
    draw(s, 1, 0, "3");
    draw(s, 2, 0, "4");
    struct screen *t = screen_copy(s);
    expect(f->numbers, t, "\\r\\n\\e[H");
    t = screen_copy(s);
    draw(t, 3, 0, "5");
    draw_cursor(t, 3, 1);
    expect(f->numbers, t, "\\r\\n5");
    screen_unref(s);
    s = screen_copy(f->blank);
    draw(s, 0, 0, "2");
    draw(s, 1, 0, "3");
    draw(s, 3, 0, "4");
    draw_cursor(s, 2, 0);
    expect(f->numbers, s, "\\e[1;3r\\e[S\\e[r\\n\\n");
    s = screen_copy(f->blank);
    draw(s, 1, 0, "1");
    draw(s, 2, 0, "2");
    draw(s, 3, 0, "3");
    expect(f->numbers, s, "\\e[T\\e[H");
}

static void
test_erased_runs(void **state)
{
    struct fixture *f = *state;
    struct screen *s = screen_copy(f->letters);
    row_erase(screen_row_mut(s, 0), 1, 7, color_palette(1));
    draw_cursor(s, 0, 1);
    s->pen.bg = color_palette(1);
    expect(f->letters, s, "\\e[7D\\e[0;41m\\e[6X");
    s = screen_copy(f->letters);
    row_erase(screen_row_mut(s, 0), 1, 4, COLOR_DEFAULT);
    draw_cursor(s, 0, 1);
    expect(f->letters, s, "\\e[7D\\e[3X");
    s = screen_copy(f->blank);
    expect(f->numbers, s, "\\e[H\\e[J");
}

static void
test_resize_starts_over(void **state)
{
    struct fixture *f = *state;
    expect(f->blank, screen_new(6, 12), "\\e[r\\e[0m\\e[H\\e[2J");
}

static void
test_equal_screens_need_nothing(void **state)
{
    struct fixture *f = *state;
    struct screen *s = screen_copy(f->letters);
    s->icon = payload_new(view_of_text("icon only"));
    expect(f->letters, s, "");
    draw_expect(f->letters, f->letters, &caps_xterm, "");
}

static void
test_bell_rings_once(void **state)
{
    struct fixture *f = *state;
    struct screen *s = screen_copy(f->letters), *t = screen_copy(f->letters);
    s->bell_count = 3;
    t->bell_count = 7;
    expect(s, t, "\\a");
    screen_unref(s);
}

static void
test_titles(void **state)
{
    struct fixture *f = *state;
    struct screen *s = screen_copy(f->letters);
    s->title = payload_new(view_of_text("t"));
    struct screen *never_set = screen_copy(s);
    expect(f->letters, never_set, "");
    s->title_set = true;
    struct screen *both = screen_copy(s);
    both->icon = payload_new(view_of_text("t"));
    expect(f->letters, both, "\\e]0;t\\a");
    expect(f->letters, s, "\\e]1;\\a\\e]2;t\\a");
}

static void
test_clipboard(void **state)
{
    struct fixture *f = *state;
    struct screen *s = screen_copy(f->letters);
    s->clipboard.count = 1;
    s->clipboard.target = 'c';
    s->clipboard.contents = payload_new(view_of_text("aGVsbG8="));
    draw_expect(f->letters, s, &caps_stock, "\\e]52;c;aGVsbG8=\\a");
    draw_expect(NULL, f->letters, &(struct caps){ .dialect = CAPS_DIALECT_STOCK },
                "\\e[r\\e[0m\\e[H\\e[2J\\e[?25labcdefgh\\e[?25h");
    struct screen *query = screen_copy(s);
    payload_set(&query->clipboard.contents, NULL);
    query->clipboard.contents = payload_new(view_of_text("?"));
    query->clipboard.count = 2;
    expect(s, query, "");
    screen_unref(s);
}

static void
test_disputed_text_spoils_only_itself(void **state)
{
    struct fixture *f = *state;
    struct screen *s = screen_copy(f->blank), *t;
    draw(s, 0, 0, "xx\360\237\230\200y");
    draw_cursor(s, 0, 5);
    expect(f->blank, screen_ref(s), "xx  \\b\\b\360\237\230\200\\e[;5Hy");
    t = screen_copy(s);
    draw(t, 0, 2, "\360\237\232\200");
    expect(s, t, "\\b\\b\\b  \\b\\b\360\237\232\200\\e[;5Hy"); /* y may have been run over */
    screen_unref(s);
}

static void
test_short_gaps_are_printed_again(void **state)
{
    struct fixture *f = *state;
    struct screen *s = screen_copy(f->letters);
    draw(s, 0, 0, "X");
    draw(s, 0, 3, "Y");
    expect(f->letters, s, "\\rXbcY\\e[4C");
}

static void
test_pen_and_cursor_come_last(void **state)
{
    struct fixture *f = *state;
    struct screen *s = screen_copy(f->letters);
    s->pen.fg = color_palette(1);
    s->cursor_visible = false;
    s->modes.bracketed_paste = true;
    s->modes.reverse_video = true;
    expect(f->letters, s, "\\e[?5h\\e[?25l\\e[0;31m\\e[?2004h");
}

static void
test_real_terminal(void **state)
{
    struct fixture *f = *state;
    struct screen *s = screen_copy(f->letters);
    const struct style red = { .fg = color_palette(1) };
    draw_styled(s, 1, 0, "r", &red);
    draw_cursor(s, 1, 1);
    draw_expect(f->letters, s, &caps_xterm, "\\e[?25l\\r\\n\\e[31mr\\e[?25h\\e[m");
    struct caps caps = caps_xterm;
    caps.can |= CAPS_CAN_SYNC;
    draw_expect(f->letters, s, &caps, "\\e[?2026h\\r\\n\\e[31mr\\e[m\\e[?2026l");
    screen_unref(s);
}

static void
test_unknown_terminal_is_set_up_whole(void **state)
{
    struct fixture *f = *state;
    draw_expect(NULL, f->letters, &caps_xterm,
                "\\e[?5l\\e[r\\e[0m\\e[H\\e[2J\\e[?25labcdefgh\\e[?25h\\e[?2004l"
                "\\e[?1003l\\e[?1002l\\e[?1000l\\e[?9l\\e[?1015l\\e[?1006l\\e[?1005l"
                "\\e[?1004l\\e[0 q");
}

static void
test_last_cell_of_a_terminal_that_would_scroll(void **state)
{
    struct fixture *f = *state;
    struct caps caps = caps_xterm;
    caps.can &= ~(uint32_t)CAPS_CAN_LAST_CELL;
    struct screen *s = screen_copy(f->blank);
    draw_cursor(s, 3, 0);
    struct screen *t = screen_copy(s);
    draw(t, 3, 0, "abcdefghij");
    struct screen *p = screen_project(t, &caps);
    draw_expect(s, p, &caps, "abcdefghi\\r");
    screen_unref(s);
    screen_unref(t);
    screen_unref(p);
}

static void
test_terminal_without_background_erase(void **state)
{
    struct fixture *f = *state;
    struct caps caps = caps_xterm;
    caps.can &= ~(uint32_t)CAPS_CAN_COLOR_ERASE;
    struct screen *s = screen_copy(f->letters);
    row_erase(screen_row_mut(s, 0), 0, 10, color_palette(4));
    draw_cursor(s, 0, 0);
    draw_expect(f->letters, s, &caps, "\\e[?25l\\r\\e[44m          \\r\\e[?25h\\e[m");
    screen_unref(s);
}

static void
test_skua_marks(void **state)
{
    struct fixture *f = *state;
    struct screen *s = screen_copy(f->letters);
    screen_row_mut(s, 0)->mark = ROW_MARK_PROMPT;
    draw_expect(f->letters, s, &caps_skua, "\\e]133;A\\a");
    draw_expect(s, f->letters, &caps_skua, "\\r\\e[M\\e[Labcdefgh");
    screen_unref(s);
}

static void
test_skua_measures_clusters_where_needed(void **state)
{
    struct fixture *f = *state;
    struct screen *s = screen_copy(f->blank);
    draw_cluster(s, 0, 0, "\342\235\244\357\270\217", 2); /* heart, VS16 */
    draw_cluster(s, 0, 2, "e\314\201", 1);
    draw(s, 0, 3, "\342\235\244\357\270\217"); /* the same by code points: one column */
    draw(s, 0, 4, "x");
    draw_cursor(s, 0, 5);
    draw_expect(f->blank, s, &caps_skua,
                "\\e[?2027h\\e[H\342\235\244\357\270\217\\e[;3He\314\201"
                "\\e[?2027l\342\235\244\357\270\217\\e[;5Hx");
    screen_unref(s);
}

static void
test_overflow_is_told(void **state)
{
    struct fixture *f = *state;
    struct buf out;
    buf_init(&out, 4);
    paint(f->blank, f->letters, &caps_stock, &out);
    assert_true(out.overflow);
    buf_fini(&out);
}

/* Rows that two screens share need no look. Of the plain twin every row is a copy: each cell is compared. */
static void
test_shared_rows_paint_as_copies_do(void **state)
{
    (void)state;
    unsigned dice = 1;
    for (int round = 0; round < 300; round++) {
        struct screen *before = screen_new(8, 20);
        for (int y = 0; y < 8; y++)
            draw(before, y, y % 3, round % 2 == 0 ? "words of a row" : "a\xe6\xbc\xa2 b");
        struct screen *after = screen_copy(before);
        for (int changes = round % 5; changes > 0; changes--) {
            dice = dice * 1103515245u + 12345u;
            draw(after, (int)(dice >> 16) % 8, (int)(dice >> 20) % 9, "other");
        }
        struct screen *plain = screen_copy(after);
        for (int y = 0; y < 8; y++)
            (void)screen_row_mut(plain, y);
        struct buf fast_out, plain_out;
        buf_init(&fast_out, 65536);
        buf_init(&plain_out, 65536);
        paint(before, after, &caps_skua, &fast_out);
        paint(before, plain, &caps_skua, &plain_out);
        assert_true(view_equal(buf_view(&fast_out), buf_view(&plain_out)));
        assert_int_equal(fast_out.len > 0, round % 5 != 0);
        buf_fini(&fast_out);
        buf_fini(&plain_out);
        screen_unref(plain);
        screen_unref(after);
        screen_unref(before);
    }
}

int
main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
    const struct CMUnitTest tests[] = {
        TEST(test_full_row),
        TEST(test_wrapped_row),
        TEST(test_wrap_in_front_of_an_erased_cell),
        TEST(test_scrolls),
        TEST(test_erased_runs),
        TEST(test_resize_starts_over),
        TEST(test_equal_screens_need_nothing),
        TEST(test_bell_rings_once),
        TEST(test_titles),
        TEST(test_clipboard),
        TEST(test_disputed_text_spoils_only_itself),
        TEST(test_short_gaps_are_printed_again),
        TEST(test_pen_and_cursor_come_last),
        TEST(test_real_terminal),
        TEST(test_unknown_terminal_is_set_up_whole),
        TEST(test_last_cell_of_a_terminal_that_would_scroll),
        TEST(test_terminal_without_background_erase),
        TEST(test_skua_marks),
        TEST(test_skua_measures_clusters_where_needed),
        TEST(test_overflow_is_told),
        cmocka_unit_test(test_shared_rows_paint_as_copies_do),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
