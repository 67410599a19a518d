#include "test.h"

#include "bootstrap/host_pattern.h"

static bool
fits(const char *patterns, const char *host)
{
    return host_pattern_fits(view_of_text(patterns), view_of_text(host));
}

static void
test_single(void **state)
{
    (void)state;
    assert_true(fits("db.example", "db.example"));
    assert_true(fits("DB.example", "db.EXAMPLE"));
    assert_false(fits("db.example", "db.example.net"));
    assert_false(fits("db.example", "db"));
    assert_true(fits("*", "anything"));
    assert_true(fits("*.example", "a.b.example"));
    assert_false(fits("*.example", "example"));
    assert_true(fits("192.0.2.?", "192.0.2.7"));
    assert_false(fits("192.0.2.?", "192.0.2.17"));
    assert_false(fits("192.0.2.?", "192.0.2."));
    assert_true(fits("a*b*c", "aXbYbZc"));
    assert_false(fits("a*b*c", "aXbYbZ"));
    assert_true(fits("a**", "a"));
    assert_true(fits("?*", "x"));
}

static void
test_lists(void **state)
{
    (void)state;
    assert_true(fits("a b\tc", "b"));
    assert_true(fits("  a   b  ", "b"));
    assert_false(fits("a b", "ab"));
    assert_false(fits("", "a"));
    assert_false(fits("   ", "a"));
    assert_true(fits("* !bad", "good"));
    assert_false(fits("* !bad", "bad"));
    assert_false(fits("!bad *", "bad"));
    assert_false(fits("!bad", "good"));
    assert_false(fits("!*", "good"));
    assert_false(fits("!", "good"));
}

/* What would take exponential time by backtracking over every star. */
static void
test_many_stars(void **state)
{
    (void)state;
    char pattern[2001], host[1001];
    for (int i = 0; i < 1000; i++) {
        pattern[2 * i] = '*';
        pattern[2 * i + 1] = 'a';
        host[i] = 'a';
    }
    pattern[1999] = 'b';
    pattern[2000] = host[1000] = '\0';
    assert_false(fits(pattern, host));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_single),
        cmocka_unit_test(test_lists),
        cmocka_unit_test(test_many_stars),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
