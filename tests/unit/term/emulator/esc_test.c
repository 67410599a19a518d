#include "test.h"

#include "terminal.h"

static void
test_backspace_at_a_pending_wrap(void **state)
{
    (void)state;
    struct emulator *pty = terminal_new(EMULATOR_PTY);
    struct emulator *host = terminal_new(EMULATOR_HOST_STOCK);
    terminal_feed(pty, "abcdefghij\b");
    terminal_feed(host, "abcdefghij\b");
    terminal_expect_cursor(pty, 0, 8);
    terminal_expect_cursor(host, 0, 9);
    assert_false(emulator_is_wrap_pending(host));
    terminal_feed(host, "\b\b");
    terminal_expect_cursor(host, 0, 7);
    emulator_free(pty);
    emulator_free(host);
}

static void
test_controls_that_do_nothing_keep_the_wrap_of_ours_alone(void **state)
{
    (void)state;
    struct emulator *pty = terminal_new(EMULATOR_PTY);
    struct emulator *host = terminal_new(EMULATOR_HOST_STOCK);
    terminal_feed(pty, "abcdefghij\001\005\016\017\a");
    terminal_feed(host, "abcdefghij\001");
    assert_true(emulator_is_wrap_pending(pty));
    assert_false(emulator_is_wrap_pending(host));
    emulator_free(pty);
    emulator_free(host);
}

static void
test_alignment(void **state)
{
    (void)state;
    struct emulator *e = terminal_new(EMULATOR_PTY);
    terminal_feed(e, "\033[2;3r\033[?6h\033[31m\033#8");
    for (int y = 0; y < TERMINAL_ROWS; y++)
        terminal_expect_row(e, y, "EEEEEEEEEE");
    terminal_expect_cursor(e, 0, 0);
    emulator_free(e);
}

static void
test_c1_as_code_points(void **state)
{
    (void)state;
    struct emulator *e = terminal_new(EMULATOR_PTY);
    terminal_feed(e, "a\302\205b\302\204c\302\215d");
    terminal_expect_row(e, 1, "b.d");
    terminal_expect_row(e, 2, ".c");
    emulator_free(e);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_backspace_at_a_pending_wrap),
        cmocka_unit_test(test_controls_that_do_nothing_keep_the_wrap_of_ours_alone),
        cmocka_unit_test(test_alignment),
        cmocka_unit_test(test_c1_as_code_points),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
