#include "test.h"

#include "terminal.h"

static void
test_counts_are_clamped_before_anything_loops(void **state)
{
    (void)state;
    struct emulator *e = emulator_new(EMULATOR_PTY, screen_new(50, 200));
    for (const char *final = "LM@PXSTbIZABCDEFGHadejk"; *final != 0; final++) {
        char text[64];
        snprintf(text, sizeof text, "\033[25;100Hx\033[2147483647%c", *final);
        for (int i = 0; i < 20; i++)
            terminal_feed(e, text);
    }
    const struct screen *s = emulator_screen(e);
    assert_in_range(s->cursor_row, 0, 49);
    assert_in_range(s->cursor_col, 0, 199);
    emulator_free(e);
}

static void
test_margins_stop_a_cursor_from_inside(void **state)
{
    (void)state;
    struct emulator *e = terminal_new(EMULATOR_PTY);
    terminal_feed(e, "\033[2;3r\033[?69h\033[3;6s\033[2;4H\033[9A\033[9D");
    terminal_expect_cursor(e, 1, 2);
    terminal_feed(e, "\033[9B\033[9C");
    terminal_expect_cursor(e, 2, 5);
    terminal_feed(e, "\033[1;1H\033[9D\033[9A");
    terminal_expect_cursor(e, 0, 0);
    emulator_free(e);
}

static void
test_repeat_ends_with_a_control(void **state)
{
    (void)state;
    struct emulator *e = terminal_new(EMULATOR_PTY);
    terminal_feed(e, "ab\033[2b");
    terminal_expect_row(e, 0, "abbb");
    terminal_feed(e, "\r\033[2b");
    terminal_expect_row(e, 0, "abbb");
    emulator_free(e);
}

static void
test_column_margins_only_with_their_mode(void **state)
{
    (void)state;
    struct emulator *e = terminal_new(EMULATOR_PTY);
    terminal_feed(e, "\033[2;4H\033[3;6s\033[H\033[u");
    terminal_expect_cursor(e, 1, 3);
    terminal_feed(e, "\033[?69h\033[6;3s\033[1;9HXY");
    terminal_expect_row(e, 0, "........XY");
    terminal_feed(e, "\033[3;6s\033[?69l\033[1;6HZZ");
    terminal_expect_row(e, 0, ".....ZZ.XY");
    terminal_feed(e, "\033[2J\033[?69h\033[3;6s\033[?69h\033[1;6HZZ");
    terminal_expect_row(e, 1, "..Z");
    emulator_free(e);
}

static void
test_a_cursor_beside_the_margins_edits_nothing(void **state)
{
    (void)state;
    struct emulator *e = terminal_new(EMULATOR_PTY);
    terminal_feed(e, "abcdefgh\r\nijkl\033[?69h\033[3;6s\033[1;8H");
    terminal_feed(e, "\033[L\033[M\033[@\033[P\033[2 @\033[2 A\033['}\033['~");
    terminal_expect_row(e, 0, "abcdefgh");
    terminal_expect_row(e, 1, "ijkl");
    terminal_expect_cursor(e, 0, 7);
    terminal_feed(e, "\033[?69l\033[2;3r\033[1;4H\033[2 @\033['}");
    terminal_expect_row(e, 1, "ijkl");
    terminal_feed(e, "\033[2;1H\033[2 @");
    terminal_expect_row(e, 0, "abcdefgh");
    terminal_expect_row(e, 1, "kl");
    emulator_free(e);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_counts_are_clamped_before_anything_loops),
        cmocka_unit_test(test_margins_stop_a_cursor_from_inside),
        cmocka_unit_test(test_repeat_ends_with_a_control),
        cmocka_unit_test(test_column_margins_only_with_their_mode),
        cmocka_unit_test(test_a_cursor_beside_the_margins_edits_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
