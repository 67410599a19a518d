#include "test.h"

#include "term/emulator/tabs.h"

static void
test_default_stops(void **state)
{
    (void)state;
    struct tabs t;
    tabs_init(&t);
    assert_int_equal(tabs_next(&t, 0, 79), 8);
    assert_int_equal(tabs_next(&t, 8, 79), 16);
    assert_int_equal(tabs_next(&t, 72, 79), 79);
    assert_int_equal(tabs_next(&t, 79, 79), 79);
    assert_int_equal(tabs_previous(&t, 79), 72);
    assert_int_equal(tabs_previous(&t, 8), 0);
    assert_int_equal(tabs_previous(&t, 0), 0);
}

static void
test_set_and_clear(void **state)
{
    (void)state;
    struct tabs t;
    tabs_init(&t);
    tabs_set(&t, 3);
    tabs_clear(&t, 8);
    assert_int_equal(tabs_next(&t, 0, 79), 3);
    assert_int_equal(tabs_next(&t, 3, 79), 16);
    tabs_clear_all(&t);
    assert_int_equal(tabs_next(&t, 0, 79), 79);
    assert_int_equal(tabs_previous(&t, 70), 0);
}

static void
test_new_columns_have_stops_only_by_default(void **state)
{
    (void)state;
    struct tabs t;
    tabs_init(&t);
    tabs_set(&t, 21);
    tabs_resize(&t, 20, 40);
    assert_int_equal(tabs_next(&t, 20, 39), 24);
    tabs_clear_all(&t);
    tabs_resize(&t, 40, 80);
    assert_int_equal(tabs_next(&t, 40, 79), 79);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_default_stops),
        cmocka_unit_test(test_set_and_clear),
        cmocka_unit_test(test_new_columns_have_stops_only_by_default),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
