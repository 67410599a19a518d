/* Bytes arrive, all of them, and differ. */
#include "test.h"

#include "rim/random.h"

static void
test_fills_all(void **state)
{
    (void)state;
    static uint8_t bytes[100000]; /* more than one system call gives at once is possible */
    assert_int_equal(random_fill(bytes, sizeof bytes, NULL), SKUA_OK);
    /* 64 zeroes in a row come by chance once in 2^500. */
    static const uint8_t zeroes[64];
    for (size_t at = 0; at + sizeof zeroes <= sizeof bytes; at += sizeof zeroes)
        assert_memory_not_equal(bytes + at, zeroes, sizeof zeroes);
}

static void
test_differs(void **state)
{
    (void)state;
    uint8_t a[16], b[16];
    assert_int_equal(random_fill(a, sizeof a, NULL), SKUA_OK);
    assert_int_equal(random_fill(b, sizeof b, NULL), SKUA_OK);
    assert_memory_not_equal(a, b, sizeof a);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_fills_all),
        cmocka_unit_test(test_differs),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
