#include "test.h"

#include "net/path/mtu.h"

static void
test_budget_by_family(void **state)
{
    (void)state;
    struct mtu mtu;
    mtu_init(&mtu, PATH_FAMILY_V4);
    assert_int_equal(mtu_budget_bytes(&mtu, 0), 1252);
    mtu_init(&mtu, PATH_FAMILY_V6);
    assert_int_equal(mtu_budget_bytes(&mtu, 0), 1216);
}

static void
test_shrinks_and_tries_again(void **state)
{
    (void)state;
    struct mtu mtu;
    mtu_init(&mtu, PATH_FAMILY_V4);
    mtu_shrink(&mtu, 1000);
    assert_int_equal(mtu_budget_bytes(&mtu, 1000), 500);
    mtu_shrink(&mtu, 5000); /* never below the floor, and the wait starts over */
    assert_int_equal(mtu_budget_bytes(&mtu, 5000), 500);
    assert_int_equal(mtu_budget_bytes(&mtu, 604999), 500);
    assert_int_equal(mtu_budget_bytes(&mtu, 605000), 1252);
    mtu_shrink(&mtu, 605001);
    assert_int_equal(mtu_budget_bytes(&mtu, 605001), 500);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_budget_by_family),
        cmocka_unit_test(test_shrinks_and_tries_again),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
