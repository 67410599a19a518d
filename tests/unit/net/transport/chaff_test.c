#include "test.h"

#include "net/transport/chaff.h"

static void
test_every_length_and_no_pattern(void **state)
{
    (void)state;
    struct chaff c;
    chaff_init(&c, 7);
    unsigned seen[CHAFF_MAX_BYTES + 1] = { 0 }, bytes[256] = { 0 };
    for (int i = 0; i < 20000; i++) {
        struct view v = chaff_next(&c);
        assert_in_range(v.len, 0, CHAFF_MAX_BYTES);
        seen[v.len]++;
        for (size_t k = 0; k < v.len; k++)
            bytes[v.data[k]]++;
    }
    for (size_t i = 0; i <= CHAFF_MAX_BYTES; i++)
        assert_in_range(seen[i], 900, 1500); /* 1176 each, on average */
    for (size_t i = 0; i < 256; i++)
        assert_in_range(bytes[i], 400, 900); /* 625 */
}

static void
test_follows_its_seed(void **state)
{
    (void)state;
    struct chaff a, b, other;
    chaff_init(&a, 1);
    chaff_init(&b, 1);
    chaff_init(&other, 2);
    int different = 0;
    for (int i = 0; i < 100; i++) {
        struct view v = chaff_next(&a);
        assert_true(view_equal(v, chaff_next(&b)));
        different += !view_equal(v, chaff_next(&other));
    }
    assert_true(different > 80);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_length_and_no_pattern),
        cmocka_unit_test(test_follows_its_seed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
