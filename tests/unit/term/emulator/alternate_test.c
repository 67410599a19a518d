#include "test.h"

#include "terminal.h"

static void
test_1049_keeps_the_main_screen(void **state)
{
    (void)state;
    struct emulator *e = terminal_new(EMULATOR_PTY);
    terminal_feed(e, "main\033[?1049h\033[Halt");
    terminal_expect_row(e, 0, "alt");
    assert_true(emulator_screen(e)->modes.alternate);
    terminal_feed(e, "\033[?1049l");
    terminal_expect_row(e, 0, "main");
    terminal_expect_cursor(e, 0, 4);
    emulator_free(e);
}

static void
test_each_screen_has_its_saved_cursor(void **state)
{
    (void)state;
    struct emulator *e = terminal_new(EMULATOR_PTY);
    terminal_feed(e, "\033[2;2H\0337\033[?47h\033[3;3H\0337\033[H\0338");
    terminal_expect_cursor(e, 2, 2);
    terminal_feed(e, "\033[?47l\0338");
    terminal_expect_cursor(e, 1, 1);
    emulator_free(e);
}

static void
test_a_mark_does_not_join_what_the_other_screen_had(void **state)
{
    (void)state;
    struct emulator *e = terminal_new(EMULATOR_PTY);
    terminal_feed(e, "abc\r\033[?47hq\033[?47l\u0301");
    terminal_expect_row(e, 0, "ab\u0301c");
    terminal_feed(e, "\033[?2027h\r\033[?47hq\033[?47l\u0302");
    terminal_expect_row(e, 0, "ab\u0301\u0302c");
    emulator_free(e);
}

static void
test_resizing_the_hidden_main_screen_keeps_its_end(void **state)
{
    (void)state;
    struct emulator *e = terminal_new(EMULATOR_PTY);
    terminal_feed(e, "1\r\n2\r\n3\r\n4\033[?1049h");
    emulator_resize(e, 2, 5, 0);
    terminal_feed(e, "\033[?1049l");
    terminal_expect_row(e, 0, "3");
    terminal_expect_row(e, 1, "4");
    terminal_expect_cursor(e, 1, 1);
    assert_int_equal(emulator_screen(e)->scrolled_off, 2);
    emulator_free(e);
}

static void
test_a_host_takes_it_as_a_level(void **state)
{
    (void)state;
    struct emulator *e = terminal_new(EMULATOR_HOST_SKUA);
    terminal_feed(e, "text\033[?1049h");
    terminal_expect_row(e, 0, "text");
    terminal_expect_cursor(e, 0, 4);
    assert_true(emulator_screen(e)->modes.alternate);
    terminal_feed(e, "\033[?1049l");
    terminal_expect_row(e, 0, "text");
    assert_false(emulator_screen(e)->modes.alternate);
    emulator_free(e);
}

static void
test_many_switches_and_resizes(void **state)
{
    (void)state;
    struct emulator *e = terminal_new(EMULATOR_PTY);
    for (int i = 0; i < 20000; i++) {
        terminal_feed(e, i % 3 == 0 ? "x\033[?1049h" : i % 3 == 1 ? "y\033[?47l" : "\033[?1047h");
        emulator_resize(e, 1 + i % 7, 1 + i % 11, 0);
        terminal_feed(e, i % 5 == 0 ? "\033c" : "\033[?1049l\n\n");
    }
    emulator_free(e);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_1049_keeps_the_main_screen),
        cmocka_unit_test(test_each_screen_has_its_saved_cursor),
        cmocka_unit_test(test_a_mark_does_not_join_what_the_other_screen_had),
        cmocka_unit_test(test_resizing_the_hidden_main_screen_keeps_its_end),
        cmocka_unit_test(test_a_host_takes_it_as_a_level),
        cmocka_unit_test(test_many_switches_and_resizes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
