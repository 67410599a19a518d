#include "test.h"

#include "term/predict/landing.h"

static void
test_the_last_time_counts(void **state)
{
    (void)state;
    struct landings l = { 0 };
    assert_int_equal(landings_rows(&l, 7), LANDING_UNKNOWN);
    landings_note(&l, 7, 3);
    landings_note(&l, 8, LANDING_ELSEWHERE);
    assert_int_equal(landings_rows(&l, 7), 3);
    assert_int_equal(landings_rows(&l, 8), LANDING_ELSEWHERE);
    landings_note(&l, 7, 4);
    assert_int_equal(landings_rows(&l, 7), 4);
}

static void
test_an_empty_line_prints_nothing(void **state)
{
    (void)state;
    struct landings l = { 0 };
    landings_note(&l, 0, 3);
    assert_int_equal(landings_rows(&l, 0), 0);
}

static void
test_what_was_not_used_gives_way(void **state)
{
    (void)state;
    struct landings l = { 0 };
    for (uint32_t line = 1; line <= LANDING_MAX; line++)
        landings_note(&l, line, (int)line);
    assert_int_equal(landings_rows(&l, 1), 1);
    landings_note(&l, 1000, 5);
    assert_int_equal(landings_rows(&l, 1), 1);
    assert_int_equal(landings_rows(&l, 2), LANDING_UNKNOWN);
    assert_int_equal(landings_rows(&l, 1000), 5);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_the_last_time_counts),
        cmocka_unit_test(test_an_empty_line_prints_nothing),
        cmocka_unit_test(test_what_was_not_used_gives_way),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
