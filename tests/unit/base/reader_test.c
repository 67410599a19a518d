#include "test.h"

#include "base/reader.h"

static void
test_reads_in_order(void **state)
{
    (void)state;
    const uint8_t in[] = { 1, 0, 2, 0, 0, 0, 0, 0, 0, 0, 3, 9, 8 };
    struct reader r = reader_of(view_of(in, sizeof in));
    assert_int_equal(reader_u8(&r), 1);
    assert_int_equal(reader_u16(&r), 2);
    assert_int_equal(reader_u64(&r), 3);
    assert_int_equal(reader_rest(&r).len, 2);
    assert_false(r.failed);
    assert_int_equal(reader_rest(&r).len, 0);
    assert_false(r.failed);
}

static void
test_failure_sticks(void **state)
{
    (void)state;
    const uint8_t in[] = { 1, 2, 3 };
    struct reader r = reader_of(view_of(in, sizeof in));
    assert_int_equal(reader_u64(&r), 0);
    assert_true(r.failed);
    assert_int_equal(reader_u8(&r), 0);
    assert_int_equal(reader_bytes(&r, 1).len, 0);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_reads_in_order),
        cmocka_unit_test(test_failure_sticks),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
