/* What a locale's name says; the system, asked by codeset.c, has another view only of what it lacks. */
#include "test.h"

#include "rim/codeset.h"

static void
check(const char *locale, const char *expected)
{
    char codeset[CODESET_BYTES] = "unset";
    assert_int_equal(codeset_of(locale, codeset), expected != NULL);
    assert_string_equal(codeset, expected != NULL ? expected : "unset");
}

static void
test_names(void **state)
{
    (void)state;
    check("C", "ANSI_X3.4-1968");
    check("POSIX", "ANSI_X3.4-1968");
    check("de_DE", "ANSI_X3.4-1968");
    check("C.UTF-8", "UTF-8");
    check("de_DE.utf8@euro", "utf8");
    check("ja_JP.EUC-JP", "EUC-JP");
    check("x.", "");
    check("UTF-8", NULL);
    check("x.0123456789012345678901234567890123456789012345678901234567890123456789", /* cut */
          "012345678901234567890123456789012345678901234567890123456789012");
}

int
main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(test_names) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
