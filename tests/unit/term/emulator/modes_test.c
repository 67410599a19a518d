#include "test.h"

#include "terminal.h"

static void
test_mouse_is_one_value(void **state)
{
    (void)state;
    static const enum emulator_role roles[] = { EMULATOR_PTY, EMULATOR_HOST_STOCK,
                                                EMULATOR_HOST_SKUA };
    for (size_t i = 0; i < 3; i++) {
        struct emulator *e = terminal_new(roles[i]);
        const struct screen_modes *m = &emulator_screen(e)->modes;
        terminal_feed(e, "\033[?1000;1002;1006h");
        assert_int_equal(m->mouse_reporting, 1002);
        assert_int_equal(m->mouse_encoding, 1006);
        terminal_feed(e, "\033[?9l\033[?1015l");
        assert_int_equal(m->mouse_reporting, 0);
        assert_int_equal(m->mouse_encoding, 0);
        emulator_free(e);
    }
}

static void
test_stock_ignores_what_it_does_not_know(void **state)
{
    (void)state;
    struct emulator *e = terminal_new(EMULATOR_HOST_STOCK);
    struct screen *before = emulator_snapshot(e, 0);
    terminal_feed(e, "\033[?2027;2026;1049;47;1016;66;69;12;2031;2048h\033[20h\033=");
    struct screen *after = emulator_snapshot(e, 0);
    assert_ptr_equal(before, after);
    screen_unref(before);
    screen_unref(after);
    emulator_free(e);
}

static void
test_every_known_mode_reports(void **state)
{
    (void)state;
    static const int modes[] = { 1,    3,    5,    6,    7,    9,    12,   25,   45,   47,
                                 66,   69,   1000, 1001, 1002, 1003, 1004, 1005, 1006, 1007,
                                 1015, 1047, 1048, 1049, 2004, 2026, 2027, 2031, 2048 };
    struct emulator *e = terminal_new(EMULATOR_PTY);
    for (size_t i = 0; i < sizeof modes / sizeof modes[0]; i++) {
        char text[32];
        snprintf(text, sizeof text, "\033[?%d$p", modes[i]);
        terminal_feed(e, text);
        const struct buf *replies = emulator_replies(e);
        assert_true(replies->len > 4);
        assert_int_not_equal(replies->data[replies->len - 3], '0');
        buf_clear(emulator_replies(e));
    }
    emulator_free(e);
}

static void
test_pixel_mouse_needs_the_client(void **state)
{
    (void)state;
    struct emulator *e = terminal_new(EMULATOR_PTY);
    const struct record record = { .can = RECORD_CAN_MOUSE_PIXELS };
    terminal_feed(e, "\033[?1016h");
    assert_int_equal(emulator_screen(e)->modes.mouse_encoding, 0);
    emulator_set_record(e, &record);
    terminal_feed(e, "\033[?1016h\033[?1016$p");
    assert_int_equal(emulator_screen(e)->modes.mouse_encoding, 1016);
    terminal_expect_reply(e, "\033[?1016;1$y");
    emulator_free(e);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_mouse_is_one_value),
        cmocka_unit_test(test_stock_ignores_what_it_does_not_know),
        cmocka_unit_test(test_every_known_mode_reports),
        cmocka_unit_test(test_pixel_mouse_needs_the_client),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
