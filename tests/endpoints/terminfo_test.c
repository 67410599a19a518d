/* terminfo's colours of terminals that every system with ncurses knows, and names that are none. */
#include "test.h"

#include "endpoints/client/terminfo.h"

static void
test_known(void **state)
{
    (void)state;
    assert_int_equal(terminfo_colors("xterm"), 8);
    assert_int_equal(terminfo_colors("xterm-256color"), 256);
    assert_int_equal(terminfo_colors("dumb"), -1);
    assert_true(terminfo_is_known("xterm"));
    assert_true(terminfo_is_known("dumb"));
}

static void
test_unknown(void **state)
{
    (void)state;
    static char longer[5000];
    memset(longer, 'x', sizeof longer - 1);
    const char *const bad[] = { "", "../../x", "x/xterm", "no-such-terminal", longer };
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        assert_int_equal(terminfo_colors(bad[i]), -1);
        assert_false(terminfo_is_known(bad[i]));
    }
}

static bool
can(const struct terminfo_terminal *t, uint32_t what)
{
    return (t->caps.can & what) == what;
}

static void
test_describe(void **state)
{
    (void)state;
    struct terminfo_terminal t;
    assert_int_equal(terminfo_describe("xterm-256color", &t), TERMINFO_FOUND);
    assert_int_equal(t.caps.dialect, CAPS_DIALECT_OUTER);
    assert_int_equal(t.caps.colors, 256);
    assert_true(can(&t, CAPS_CAN_ERASE_CHARS | CAPS_CAN_COLOR_ERASE | CAPS_CAN_TITLE |
                            CAPS_CAN_ITALIC | CAPS_CAN_LAST_CELL | CAPS_CAN_SCROLL_REGION));
    assert_false(can(&t, CAPS_CAN_LINKS));
    assert_memory_equal(t.enter, "\033[?1049h", 8);
    assert_memory_equal(t.leave, "\033[?1049l", 8);
    assert_int_equal(terminfo_describe("xterm", &t), TERMINFO_FOUND);
    assert_int_equal(t.caps.colors, 8);
}

static void
test_describe_lesser_terminals(void **state)
{
    (void)state;
    struct terminfo_terminal t;
    assert_int_equal(terminfo_describe("vt100", &t), TERMINFO_FOUND);
    assert_int_equal(t.caps.colors, 0);
    assert_false(can(&t, CAPS_CAN_ERASE_CHARS));
    assert_false(can(&t, CAPS_CAN_COLOR_ERASE));
    assert_false(can(&t, CAPS_CAN_TITLE));
    assert_true(can(&t, CAPS_CAN_LAST_CELL));
    assert_string_equal(t.enter, "");
    assert_int_equal(terminfo_describe("linux", &t), TERMINFO_FOUND);
    assert_false(can(&t, CAPS_CAN_TITLE));
    assert_int_equal(t.caps.colors, 8);
    assert_int_equal(terminfo_describe("dumb", &t), TERMINFO_POOR);
    assert_int_equal(t.caps.dialect, CAPS_DIALECT_OUTER);
}

static void
test_describe_what_nobody_knows(void **state)
{
    (void)state;
    static char longer[5000];
    memset(longer, 'x', sizeof longer - 1);
    const char *const bad[] = { NULL, "", "../../x", "x/xterm", "no-such-terminal", longer };
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        struct terminfo_terminal t;
        assert_int_equal(terminfo_describe(bad[i], &t), TERMINFO_UNKNOWN);
        assert_int_equal(t.caps.colors, caps_xterm.colors);
        assert_false(can(&t, CAPS_CAN_TITLE));
        assert_string_equal(t.leave, "\033[?1049l");
    }
    struct terminfo_terminal t;
    assert_int_equal(terminfo_describe("xterm-of-tomorrow", &t), TERMINFO_UNKNOWN);
    assert_true(can(&t, CAPS_CAN_TITLE));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_describe),
        cmocka_unit_test(test_describe_lesser_terminals),
        cmocka_unit_test(test_describe_what_nobody_knows),
        cmocka_unit_test(test_known),
        cmocka_unit_test(test_unknown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
