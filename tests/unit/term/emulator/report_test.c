#include "test.h"

#include "terminal.h"

static void
test_attributes_follow_the_record(void **state)
{
    (void)state;
    struct emulator *e = terminal_new(EMULATOR_PTY);
    const struct record record = { .can = RECORD_CAN_CLIPBOARD };
    terminal_feed(e, "\033[c\033[1c");
    terminal_expect_reply(e, "\033[?64;6;22;28c");
    emulator_set_record(e, &record);
    terminal_feed(e, "\033Z");
    terminal_expect_reply(e, "\033[?64;6;22;28;52c");
    emulator_free(e);
}

static void
test_position_counts_from_the_margins_in_origin_mode(void **state)
{
    (void)state;
    struct emulator *e = terminal_new(EMULATOR_PTY);
    terminal_feed(e, "\033[2;3r\033[?6h\033[2;5H\033[6n\033[?6n");
    terminal_expect_reply(e, "\033[2;5R\033[?2;5;1R");
    emulator_free(e);
}

static void
test_titles_are_never_told(void **state)
{
    (void)state;
    struct emulator *e = terminal_new(EMULATOR_PTY);
    terminal_feed(e, "\033]0;rm -rf\a\033[20t\033[21t\005");
    terminal_expect_reply(e, "");
    emulator_free(e);
}

static void
test_a_new_theme_is_told_to_who_asked(void **state)
{
    (void)state;
    struct emulator *e = terminal_new(EMULATOR_PTY);
    const struct record dark = { .theme = RECORD_THEME_DARK },
                        light = { .theme = RECORD_THEME_LIGHT };
    emulator_set_record(e, &dark);
    terminal_feed(e, "\033[?2031h");
    emulator_set_record(e, &dark);
    terminal_expect_reply(e, "");
    emulator_set_record(e, &light);
    terminal_expect_reply(e, "\033[?997;2n");
    emulator_free(e);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_attributes_follow_the_record),
        cmocka_unit_test(test_position_counts_from_the_margins_in_origin_mode),
        cmocka_unit_test(test_a_new_theme_is_told_to_who_asked),
        cmocka_unit_test(test_titles_are_never_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
