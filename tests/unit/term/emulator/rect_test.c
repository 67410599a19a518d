#include "test.h"

#include "terminal.h"

static void
test_fill_needs_a_printable_character(void **state)
{
    (void)state;
    struct emulator *e = terminal_new(EMULATOR_PTY);
    terminal_feed(e, "\033[27;1;1;2;2$x\033[159;1;1;2;2$x\033[300;1;1;2;2$x\033[$x");
    terminal_expect_row(e, 0, "");
    terminal_feed(e, "\033[233;2;9;99;99$x");
    terminal_expect_row(e, 1, "........\u00E9\u00E9");
    terminal_expect_row(e, 3, "........\u00E9\u00E9");
    emulator_free(e);
}

static void
test_copy_may_overlap(void **state)
{
    (void)state;
    struct emulator *e = terminal_new(EMULATOR_PTY);
    terminal_feed(e, "ab\r\ncd\033[1;1;2;2;1;2;2;1$v");
    terminal_expect_row(e, 0, "ab");
    terminal_expect_row(e, 1, "cab");
    terminal_expect_row(e, 2, ".cd");
    terminal_feed(e, "\033[1;1;4;10;1;4;10;1$v");
    terminal_expect_row(e, 3, ".........a");
    emulator_free(e);
}

static void
test_checksums_only_where_allowed(void **state)
{
    (void)state;
    struct emulator *e = terminal_new(EMULATOR_PTY);
    terminal_feed(e, "A\033[1;1;1;1;1;1*y");
    terminal_expect_reply(e, "");
    emulator_allow_checksums(e);
    terminal_feed(e, "\033[7;1;1;1;1;1*y");
    terminal_expect_reply(e, "\033P7!~FFBF\033\\");
    emulator_free(e);
}

static void
test_origin_mode_counts_from_the_margins(void **state)
{
    (void)state;
    struct emulator *e = terminal_new(EMULATOR_PTY);
    terminal_feed(e, "\033[2;3r\033[?6h\033[88;1;1;9;2$x");
    terminal_expect_row(e, 0, "");
    terminal_expect_row(e, 1, "XX");
    terminal_expect_row(e, 2, "XX");
    terminal_expect_row(e, 3, "");
    emulator_free(e);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_fill_needs_a_printable_character),
        cmocka_unit_test(test_copy_may_overlap),
        cmocka_unit_test(test_checksums_only_where_allowed),
        cmocka_unit_test(test_origin_mode_counts_from_the_margins),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
