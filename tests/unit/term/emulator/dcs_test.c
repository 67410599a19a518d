#include "test.h"

#include "terminal.h"

static void
test_settings(void **state)
{
    (void)state;
    struct emulator *e = terminal_new(EMULATOR_PTY);
    terminal_feed(e, "\033[1\"q\033[38;2;1;2;3m\033P$qm\033\\\033P$q\"q\033\\\033P$q\"p\033\\");
    terminal_expect_reply(e, "\033P1$r0;38;2;1;2;3m\033\\\033P1$r1\"q\033\\\033P1$r64;1\"p\033\\");
    terminal_feed(e, "\033P$q$|\033\\\033P$q*|\033\\");
    terminal_expect_reply(e, "\033P1$r10$|\033\\\033P1$r4*|\033\\");
    terminal_feed(e, "\033P$qmm\033\\\033P$q\033\\\033P$q;m\033\\");
    terminal_expect_reply(e, "\033P0$r\033\\\033P0$r\033\\\033P0$r\033\\");
    emulator_free(e);
}

static void
test_longest_setting_fits(void **state)
{
    (void)state;
    struct emulator *e = terminal_new(EMULATOR_PTY);
    terminal_feed(e, "\033[1;2;3;4:3;5;7;8;9;53m\033[38;2;255;255;255;48;2;255;255;255m"
                     "\033[58:2::255:255:255m\033P$qm\033\\");
    terminal_expect_reply(e, "\033P1$r0;1;2;3;4:3;5;7;8;9;53;38;2;255;255;255;48;2;255;255;255;"
                             "58:2::255:255:255m\033\\");
    emulator_free(e);
}

static void
test_capabilities(void **state)
{
    (void)state;
    struct emulator *e = terminal_new(EMULATOR_PTY);
    const struct record record = { .can = RECORD_CAN_CLIPBOARD };
    terminal_feed(e, "\033P+q4D73\033\\");
    terminal_expect_reply(e, "\033P0+r\033\\");
    emulator_set_record(e, &record);
    terminal_feed(e, "\033P+q4D73\033\\");
    terminal_expect_reply(e, "\033P1+r4d73=1b5d35323b25703125733b25703225731b5c\033\\");
    terminal_feed(e, "\033P+q5375\033\\\033P+q7\033\\\033P+q\033\\");
    terminal_expect_reply(e, "\033P1+r5375=\033\\\033P0+r\033\\");
    emulator_free(e);
}

static void
test_names_are_bounded(void **state)
{
    (void)state;
    struct emulator *e = terminal_new(EMULATOR_PTY);
    terminal_feed(e, "\033P+q1;1;1;1;1;1;1;1;1;1;1;1;1;1;1;1;1;1;1;1\033\\");
    assert_int_equal(emulator_replies(e)->len, 16 * strlen("\033P0+r\033\\"));
    emulator_free(e);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_settings),
        cmocka_unit_test(test_longest_setting_fits),
        cmocka_unit_test(test_capabilities),
        cmocka_unit_test(test_names_are_bounded),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
