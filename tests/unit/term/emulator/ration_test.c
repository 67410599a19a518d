#include "test.h"

#include "term/emulator/ration.h"

static const struct ration_rule rule = { .most = 3, .each_ms = 100 };

static void
test_so_many_at_once(void **state)
{
    (void)state;
    struct ration r = { 0 };
    for (int i = 0; i < 3; i++)
        assert_true(ration_take(&r, &rule, 5000));
    assert_false(ration_take(&r, &rule, 5000));
    assert_false(ration_take(&r, &rule, 5099));
}

static void
test_one_comes_back_after_another(void **state)
{
    (void)state;
    struct ration r = { 0 };
    for (int i = 0; i < 3; i++)
        (void)ration_take(&r, &rule, 1000);
    assert_true(ration_take(&r, &rule, 1150));
    assert_false(ration_take(&r, &rule, 1199));
    assert_true(ration_take(&r, &rule, 1200));
    assert_false(ration_take(&r, &rule, 1299));
}

static void
test_time_does_not_pile_up(void **state)
{
    (void)state;
    struct ration r = { 0 };
    int taken = 0;
    (void)ration_take(&r, &rule, 1000);
    for (int i = 0; i < 10; i++)
        taken += ration_take(&r, &rule, UINT64_MAX - 10);
    assert_int_equal(taken, 3);
    assert_false(ration_take(&r, &rule, 7)); /* a clock that went back gives nothing */
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_so_many_at_once),
        cmocka_unit_test(test_one_comes_back_after_another),
        cmocka_unit_test(test_time_does_not_pile_up),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
