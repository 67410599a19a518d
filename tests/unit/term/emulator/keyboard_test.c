#include "test.h"

#include "term/emulator/keyboard.h"
#include "terminal.h"

static void
expect_flags(struct emulator *e, int flags)
{
    assert_int_equal(emulator_screen(e)->modes.keyboard_flags, flags);
}

static void
test_set_or_and_not(void **state)
{
    (void)state;
    struct emulator *e = terminal_new(EMULATOR_PTY);
    terminal_feed(e, "\033[=255u");
    expect_flags(e, 31);
    terminal_feed(e, "\033[=1u\033[=4;2u");
    expect_flags(e, 5);
    terminal_feed(e, "\033[=1;3u\033[=9;9u");
    expect_flags(e, 4);
    emulator_free(e);
}

static void
test_the_stack_is_bounded_and_one_a_screen(void **state)
{
    (void)state;
    struct emulator *e = terminal_new(EMULATOR_PTY);
    for (int i = 0; i < 100; i++)
        terminal_feed(e, "\033[>3u");
    terminal_feed(e, "\033[>1u\033[<16u");
    expect_flags(e, 3);
    terminal_feed(e, "\033[<u");
    expect_flags(e, 0);
    terminal_feed(e, "\033[>5u\033[?1049h");
    expect_flags(e, 0);
    terminal_feed(e, "\033[>7u\033[?1049l");
    expect_flags(e, 5);
    emulator_free(e);
}

static void
test_only_a_terminal_that_can_is_told_of(void **state)
{
    (void)state;
    struct emulator *e = terminal_new(EMULATOR_PTY);
    const struct record record = { .can = RECORD_CAN_KEYBOARD };
    terminal_feed(e, "\033[>5u\033[?u");
    terminal_expect_reply(e, "");
    emulator_set_record(e, &record);
    terminal_feed(e, "\033[?u");
    terminal_expect_reply(e, "\033[?5u");
    emulator_free(e);
}

static void
test_flags_of_the_screen_it_goes_on_from(void **state)
{
    (void)state;
    struct screen *s = screen_new(TERMINAL_ROWS, TERMINAL_COLS);
    s->modes.keyboard_flags = 5;
    struct emulator *e = emulator_new(EMULATOR_HOST_SKUA, s);
    terminal_feed(e, "\033[>4;2m");
    expect_flags(e, 5);
    terminal_feed(e, "\033[?47h\033[>4;1m");
    expect_flags(e, 5);
    terminal_feed(e, "\033[>3u\033[<u");
    expect_flags(e, 5);
    emulator_free(e);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_set_or_and_not),
        cmocka_unit_test(test_the_stack_is_bounded_and_one_a_screen),
        cmocka_unit_test(test_only_a_terminal_that_can_is_told_of),
        cmocka_unit_test(test_flags_of_the_screen_it_goes_on_from),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
