#include "test.h"

#include "net/path/rtt.h"

static void
test_before_any_sample(void **state)
{
    (void)state;
    struct rtt rtt;
    rtt_init(&rtt);
    assert_int_equal(rtt_rto_ms(&rtt), 1000);
    assert_int_equal(rtt_send_interval_ms(&rtt), 250);
    assert_int_equal(rtt_smoothed_ms(&rtt), 1000);
    assert_false(rtt.has_sample);
}

static void
test_first_and_second_sample(void **state)
{
    (void)state;
    struct rtt rtt;
    rtt_init(&rtt);
    assert_true(rtt_sample(&rtt, 100));
    assert_true(rtt.has_sample);
    assert_true(rtt.srtt_ms == 100 && rtt.rttvar_ms == 50);
    assert_int_equal(rtt_rto_ms(&rtt), 300);
    assert_int_equal(rtt_send_interval_ms(&rtt), 50);

    assert_true(rtt_sample(&rtt, 200));
    assert_true(rtt.rttvar_ms == 62.5 && rtt.srtt_ms == 112.5);
    assert_int_equal(rtt_rto_ms(&rtt), 363);
    assert_int_equal(rtt_send_interval_ms(&rtt), 57);
    assert_int_equal(rtt_smoothed_ms(&rtt), 113);

    assert_true(rtt_sample(&rtt, 0)); /* the other sign of the deviation */
    assert_true(rtt.rttvar_ms == 75 && rtt.srtt_ms == 98.4375);
}

static void
test_small_and_large_are_clamped(void **state)
{
    (void)state;
    struct rtt rtt;
    rtt_init(&rtt);
    assert_true(rtt_sample(&rtt, 1));
    assert_int_equal(rtt_rto_ms(&rtt), 50);
    assert_int_equal(rtt_send_interval_ms(&rtt), 20);

    rtt_init(&rtt);
    assert_true(rtt_sample(&rtt, 4999));
    assert_int_equal(rtt_rto_ms(&rtt), 14997); /* not stock's 1000 */
    assert_int_equal(rtt_send_interval_ms(&rtt), 250);
}

static void
test_long_samples_are_not_taken(void **state)
{
    (void)state;
    struct rtt rtt;
    rtt_init(&rtt);
    assert_false(rtt_sample(&rtt, 5000));
    assert_false(rtt_sample(&rtt, 60000));
    assert_false(rtt_sample(&rtt, UINT64_MAX));
    assert_false(rtt.has_sample);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_before_any_sample),
        cmocka_unit_test(test_first_and_second_sample),
        cmocka_unit_test(test_small_and_large_are_clamped),
        cmocka_unit_test(test_long_samples_are_not_taken),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
