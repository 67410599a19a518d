#include "test.h"

#include "net/datagram/echo.h"
#include "net/datagram/timestamp.h"

static void
test_nothing_held(void **state)
{
    (void)state;
    struct echo echo = { 0 };
    assert_int_equal(echo_take(&echo, 1000), TIMESTAMP_NONE);
}

static void
test_moved_by_the_hold_and_taken_once(void **state)
{
    (void)state;
    struct echo echo = { 0 };
    echo_hold(&echo, 65000, false, 5000);
    assert_int_equal(echo_take(&echo, 5600), 64);
    assert_int_equal(echo_take(&echo, 5600), TIMESTAMP_NONE);
}

static void
test_newest_wins(void **state)
{
    (void)state;
    struct echo echo = { 0 };
    echo_hold(&echo, 1, false, 5000);
    echo_hold(&echo, 1000, false, 5010);
    assert_int_equal(echo_take(&echo, 5010), 1000);
}

static void
test_not_after_a_second(void **state)
{
    (void)state;
    struct echo echo = { 0 };
    echo_hold(&echo, 10, false, 5000);
    assert_int_equal(echo_take(&echo, 5999), 1009);
    echo_hold(&echo, 10, false, 5000);
    assert_int_equal(echo_take(&echo, 6000), TIMESTAMP_NONE);
    echo_hold(&echo, 10, false, 5000);
    assert_int_equal(echo_take(&echo, 4000), 10); /* a clock that went back holds nothing */
}

static void
test_congestion_lengthens_the_round_trip(void **state)
{
    (void)state;
    struct echo echo = { 0 };
    echo_hold(&echo, 10000, true, 0);
    assert_int_equal(echo_take(&echo, 0), 9500);
    echo_hold(&echo, 20, true, 0);
    assert_int_equal(echo_take(&echo, 30), 65086);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_nothing_held),
        cmocka_unit_test(test_moved_by_the_hold_and_taken_once),
        cmocka_unit_test(test_newest_wins),
        cmocka_unit_test(test_not_after_a_second),
        cmocka_unit_test(test_congestion_lengthens_the_round_trip),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
