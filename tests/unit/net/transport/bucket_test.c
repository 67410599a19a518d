#include "test.h"

#include "net/transport/bucket.h"

static void
test_a_burst_and_then_its_pace(void **state)
{
    (void)state;
    struct bucket b;
    bucket_init(&b, 3, 20);
    bucket_set_step(&b, 20, 1000);
    for (int i = 0; i < 3; i++) {
        assert_int_equal(bucket_due_ms(&b, 1000), 1000);
        bucket_take(&b, 1, 1000);
    }
    assert_int_equal(bucket_due_ms(&b, 1000), 1020);
    bucket_set_step(&b, 20, 1013);
    assert_int_equal(bucket_due_ms(&b, 1013), 1020);
    bucket_take(&b, 2, 1020); /* more than there is: owed */
    assert_int_equal(bucket_due_ms(&b, 1020), 1060);
    bucket_grant(&b);
    assert_int_equal(bucket_due_ms(&b, 1020), 1020);
}

static void
test_it_does_not_overflow(void **state)
{
    (void)state;
    struct bucket b;
    bucket_init(&b, 2, 10);
    bucket_take(&b, 1, 1000);
    bucket_set_step(&b, 10, 100000);
    for (int i = 0; i < 2; i++) {
        assert_int_equal(bucket_due_ms(&b, 100000), 100000);
        bucket_take(&b, 1, 100000);
    }
    assert_int_equal(bucket_due_ms(&b, 100000), 100010);
}

static void
test_what_was_spent_comes_back_at_the_new_pace(void **state)
{
    (void)state;
    struct bucket b;
    bucket_init(&b, 1, 250);
    bucket_take(&b, 1, 1000);
    assert_int_equal(bucket_due_ms(&b, 1000), 1250);
    bucket_set_step(&b, 20, 1010);
    assert_in_range(bucket_due_ms(&b, 1010), 1020, 1030);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_burst_and_then_its_pace),
        cmocka_unit_test(test_it_does_not_overflow),
        cmocka_unit_test(test_what_was_spent_comes_back_at_the_new_pace),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
