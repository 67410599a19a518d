#include "test.h"

#include "term/emulator/role.h"

static void
test_each_role_has_its_line(void **state)
{
    (void)state;
    const struct role *pty = role_of(EMULATOR_PTY);
    const struct role *stock = role_of(EMULATOR_HOST_STOCK);
    const struct role *skua = role_of(EMULATOR_HOST_SKUA);
    assert_true(pty->replies && !stock->replies && !skua->replies);
    assert_true(pty->counts_scrolled_off && !stock->counts_scrolled_off);
    assert_true(stock->backspace_settles_wrap && !pty->backspace_settles_wrap);
    assert_true(pty->is_modern && skua->is_modern && !stock->is_modern);
    assert_false(stock->edit->repairs_halves);
    assert_true(stock->parser.overflow_is_missing && !pty->parser.overflow_is_missing);
    assert_true(pty->parser.clipboard_max_bytes >= 4 * (256 * 1024 / 3));
    assert_int_equal(stock->parser.dcs_max_bytes, 0);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_each_role_has_its_line),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
