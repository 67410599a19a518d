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

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_known),
        cmocka_unit_test(test_unknown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
