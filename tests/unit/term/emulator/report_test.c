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

/* What stock would answer is counted in its role; what it does not know is not. */
static void
test_stock_knows_four_questions(void **state)
{
    (void)state;
    struct emulator *e = terminal_new(EMULATOR_HOST_STOCK);
    terminal_feed(e, "\033[=c\033[>q\033[?6n\033[?15n\033[?996n\033[18t\033[?1$p\033[7n");
    assert_int_equal(emulator_stats(e)->replies_dropped, 0);
    terminal_feed(e, "\033[1c\033[>c\033[5n\033[6n");
    assert_int_equal(emulator_stats(e)->replies_dropped, 4);
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
        cmocka_unit_test(test_stock_knows_four_questions),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
