#include "test.h"

#include "bootstrap/locale_variable.h"

static void
test_names_in_order(void **state)
{
    (void)state;
    assert_string_equal(locale_variable_name(0), "LANG");
    assert_string_equal(locale_variable_name(1), "LANGUAGE");
    assert_string_equal(locale_variable_name(2), "LC_CTYPE");
    assert_string_equal(locale_variable_name(LOCALE_VARIABLE_COUNT - 1), "LC_ALL");
    for (size_t i = 0; i < LOCALE_VARIABLE_COUNT; i++) {
        bool ours = strncmp(locale_variable_name(i), "LANG", 4) == 0 ||
                    strncmp(locale_variable_name(i), "LC_", 3) == 0;
        assert_true(ours);
    }
}

static void
test_values(void **state)
{
    (void)state;
    const char *utf8 = "de_CH.UTF-8@euro";
    assert_ptr_equal(locale_variable_fit("LANG", utf8), utf8);
    assert_string_equal(locale_variable_fit("LANG", ""), "");
    assert_string_equal(locale_variable_fit("LC_ALL", "C"), "C");
    assert_string_equal(locale_variable_fit("LC_CTYPE", "UTF-8"), "C.UTF-8");
    assert_string_equal(locale_variable_fit("LANGUAGE", "de_CH:de:en"), "de_CH:de:en");
    assert_null(locale_variable_fit("LANG", "de:en"));
    assert_null(locale_variable_fit("LC_ALL", "\x1b[31m"));
    assert_null(locale_variable_fit("LC_ALL", "../../x"));
    assert_null(locale_variable_fit("LC_ALL", "a b"));
    assert_null(locale_variable_fit("LC_ALL", "a'b"));
}

static void
test_length(void **state)
{
    (void)state;
    char value[LOCALE_VARIABLE_MAX_BYTES + 2];
    memset(value, 'a', sizeof value);
    value[LOCALE_VARIABLE_MAX_BYTES] = '\0';
    assert_ptr_equal(locale_variable_fit("LANG", value), value);
    value[LOCALE_VARIABLE_MAX_BYTES] = 'a';
    value[LOCALE_VARIABLE_MAX_BYTES + 1] = '\0';
    assert_null(locale_variable_fit("LANG", value));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_names_in_order),
        cmocka_unit_test(test_values),
        cmocka_unit_test(test_length),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
