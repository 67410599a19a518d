/* Steps between the clocks, and stamps of the kernel. */
#include "test.h"

#include "rim/clock.h"

static const struct clock_reading start = {
    .boot_ms = 50000,
    .monotonic_ms = 40000,
    .wall_ms = 1700000000000,
};

static struct clock_reading
later(int64_t boot, int64_t monotonic, int64_t wall)
{
    return (struct clock_reading){
        .boot_ms = start.boot_ms + boot,
        .monotonic_ms = start.monotonic_ms + monotonic,
        .wall_ms = start.wall_ms + wall,
    };
}

static void
test_time_that_passes_is_no_jump(void **state)
{
    (void)state;
    struct clock_reading after = later(86400000, 86400000, 86400000);
    assert_false(clock_jumped(&start, &after));
    after = later(5000, 4000, 5000); /* exactly the allowed drift */
    assert_false(clock_jumped(&start, &after));
    after = later(1000, 1000, 6000);
    assert_false(clock_jumped(&start, &after));
}

static void
test_sleep_is_a_jump(void **state)
{
    (void)state;
    struct clock_reading after = later(3001, 2000, 3001);
    assert_true(clock_jumped(&start, &after));
}

static void
test_wall_step_is_a_jump(void **state)
{
    (void)state;
    struct clock_reading after = later(1000, 1000, 6001);
    assert_true(clock_jumped(&start, &after));
    after = later(10000, 10000, -86400000);
    assert_true(clock_jumped(&start, &after));
}

static void
test_stamp_becomes_our_clock(void **state)
{
    (void)state;
    struct timespec stamp = { .tv_sec = 1699999999, .tv_nsec = 750000000 };
    assert_int_equal(clock_of_wall(&stamp, &start), 50000 - 250);
}

static void
test_odd_stamps_become_now(void **state)
{
    (void)state;
    struct timespec ahead = { .tv_sec = 1700000001 };
    struct timespec old = { .tv_sec = 1699999989 };
    assert_int_equal(clock_of_wall(&ahead, &start), 50000);
    assert_int_equal(clock_of_wall(&old, &start), 50000);
}

static void
test_now_is_the_boot_clock(void **state)
{
    (void)state;
    uint64_t before = clock_now_ms();
    struct clock_reading reading = clock_read();
    uint64_t after = clock_now_ms();
    assert_in_range(reading.boot_ms, before, after);
    assert_false(clock_jumped(&reading, &reading));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_time_that_passes_is_no_jump),
        cmocka_unit_test(test_sleep_is_a_jump),
        cmocka_unit_test(test_wall_step_is_a_jump),
        cmocka_unit_test(test_stamp_becomes_our_clock),
        cmocka_unit_test(test_odd_stamps_become_now),
        cmocka_unit_test(test_now_is_the_boot_clock),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
