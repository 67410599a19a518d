#include "test.h"

#include "net/datagram/timestamp.h"

static void
test_none_is_never_sent(void **state)
{
    (void)state;
    assert_int_equal(timestamp_of(64733), 64733);
    assert_int_equal(timestamp_of(65534), 65534);
    assert_int_equal(timestamp_of(65535), 0);
    assert_int_equal(timestamp_of(65536), 0);
    assert_int_equal(timestamp_of((UINT64_C(1) << 40) + 65535), 0);
    assert_int_equal(timestamp_of((UINT64_C(1) << 40) + 7), 7);
}

static void
test_arithmetic_wraps(void **state)
{
    (void)state;
    assert_int_equal(timestamp_later(65000, 600), 64);
    assert_int_equal(timestamp_later(65000, 535), TIMESTAMP_NONE);
    assert_int_equal(timestamp_earlier(10000, 500), 9500);
    assert_int_equal(timestamp_earlier(100, 500), 65136);
}

static void
test_age_wraps(void **state)
{
    (void)state;
    assert_int_equal(timestamp_age_ms(65530, 65536 + 10), 16);
    assert_int_equal(timestamp_age_ms(100, 100), 0);
    assert_int_equal(timestamp_age_ms(101, 100), 65535); /* from the future */
    assert_int_equal(timestamp_age_ms(100, 65536 + 90), 65526);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_none_is_never_sent),
        cmocka_unit_test(test_arithmetic_wraps),
        cmocka_unit_test(test_age_wraps),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
