/*
 * Which locale the environment asks for, and the way to UTF-8. C.UTF-8 is part of glibc on Debian.
 */
#include "test.h"

#include "rim/locale.h"

static int
clear(void **state)
{
    (void)state;
    static const char *const names[] = { "LANG", "LANGUAGE", "LC_ALL", "LC_CTYPE", "LC_TIME" };
    for (size_t i = 0; i < 5; i++)
        unsetenv(names[i]);
    return 0;
}

static void
check(const char *setting, const char *codeset, bool is_installed, bool is_utf8)
{
    struct locale_report r = locale_read();
    assert_string_equal(r.setting, setting);
    assert_string_equal(r.codeset, codeset);
    assert_int_equal(r.is_installed, is_installed);
    assert_int_equal(r.is_utf8, is_utf8);
}

static void
test_which_variable_decides(void **state)
{
    (void)state;
    check("", "US-ASCII", true, false);
    setenv("LANG", "C.UTF-8", 1);
    check("LANG=C.UTF-8", "UTF-8", true, true);
    setenv("LC_CTYPE", "POSIX", 1);
    check("LC_CTYPE=POSIX", "US-ASCII", true, false);
    setenv("LC_ALL", "xx_XX.UTF-8", 1);
    check("LC_ALL=xx_XX.UTF-8", "US-ASCII", false, false);
    setenv("LC_ALL", "", 1);
    check("LC_CTYPE=POSIX", "US-ASCII", true, false);
}

static void
test_pairs_that_are_taken(void **state)
{
    (void)state;
    struct locale_pairs pairs = { 0 };
    static const char *const good[] = { "LANG=de_DE.UTF-8", "LC_ALL=", "LC_TIME=sr_RS@latin",
                                        "LANGUAGE=de-x" };
    for (size_t i = 0; i < 4; i++)
        assert_true(locale_pairs_add(&pairs, good[i]));
    static const char *const bad[] = {
        "LD_PRELOAD=x", "PATH=/x",         "LC_ALL=\033[m", "LC_ALL=a b",  "LANG",  "",
        "=x",           "LC_EVERYTHING=C", "LANG=../../x",  "LANGUAGES=x", "LAN=G", "LANG=a:b"
    };
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
        assert_false(locale_pairs_add(&pairs, bad[i]));
    assert_int_equal(pairs.count, 4);

    static char longer[LOCALE_PAIR_MAX_BYTES + 2] = "LANG=";
    memset(longer + 5, 'x', sizeof longer - 6);
    assert_false(locale_pairs_add(&pairs, longer));
    while (pairs.count < LOCALE_PAIRS_MAX)
        assert_true(locale_pairs_add(&pairs, "LANG=C"));
    assert_false(locale_pairs_add(&pairs, "LANG=C"));
}

static void
test_own_locale_wins(void **state)
{
    (void)state;
    struct locale_pairs pairs = { 0 };
    locale_pairs_add(&pairs, "LANG=POSIX");
    setenv("LANG", "C.UTF-8", 1);
    assert_true(locale_settle(&pairs));
    assert_string_equal(getenv("LANG"), "C.UTF-8");
}

static void
test_pairs_replace_all(void **state)
{
    (void)state;
    struct locale_pairs pairs = { 0 };
    locale_pairs_add(&pairs, "LANG=POSIX");
    locale_pairs_add(&pairs, "LANG=C.UTF-8");
    setenv("LC_CTYPE", "POSIX", 1);
    setenv("LC_TIME", "POSIX", 1);
    assert_true(locale_settle(&pairs));
    assert_string_equal(getenv("LANG"), "C.UTF-8");
    assert_null(getenv("LC_CTYPE"));
    assert_null(getenv("LC_TIME"));
}

static void
test_last_resort(void **state)
{
    (void)state;
    struct locale_pairs pairs = { 0 };
    locale_pairs_add(&pairs, "LC_ALL=xx_XX.UTF-8");
    assert_true(locale_settle(&pairs));
    assert_string_equal(getenv("LANG"), "C.UTF-8");
    assert_null(getenv("LC_ALL"));
}

static void
test_bare_codeset(void **state)
{
    (void)state;
    struct locale_pairs none = { 0 }, pairs = { 0 };
    setenv("LANG", "POSIX", 1);
    setenv("LC_CTYPE", "UTF-8", 1);
    assert_true(locale_settle(&none));
    assert_string_equal(getenv("LC_CTYPE"), "C.UTF-8");
    assert_string_equal(getenv("LANG"), "POSIX");

    unsetenv("LC_CTYPE");
    locale_pairs_add(&pairs, "LC_CTYPE=UTF-8");
    assert_true(locale_settle(&pairs));
    assert_string_equal(getenv("LC_CTYPE"), "C.UTF-8");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_which_variable_decides, clear),
        cmocka_unit_test_setup(test_pairs_that_are_taken, clear),
        cmocka_unit_test_setup(test_own_locale_wins, clear),
        cmocka_unit_test_setup(test_pairs_replace_all, clear),
        cmocka_unit_test_setup(test_last_resort, clear),
        cmocka_unit_test_setup(test_bare_codeset, clear),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
