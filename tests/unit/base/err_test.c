#include "test.h"

#include "base/err.h"

static void
test_every_code_has_words(void **state)
{
    (void)state;
    for (int i = 0; i < SKUA_ERR_COUNT; i++)
        assert_string_not_equal(skua_err_text((enum skua_err)i), "unknown error");
    assert_string_equal(skua_err_text((enum skua_err)SKUA_ERR_COUNT), "unknown error");
}

int
main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(test_every_code_has_words) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
