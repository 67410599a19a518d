#include "test.h"

#include "net/path/loss.h"

static void
test_nothing_lost(void **state)
{
    (void)state;
    struct loss loss = { 0 };
    for (uint64_t i = 0; i < 1000; i++)
        loss_note(&loss, i);
    assert_int_equal(loss_permille(&loss), 0);
}

static void
test_every_fourth_lost(void **state)
{
    (void)state;
    struct loss loss = { 0 };
    for (uint64_t i = 0; i < 400; i++) {
        if (i % 4 != 1)
            loss_note(&loss, i);
    }
    assert_in_range(loss_permille(&loss), 220, 280);
    for (uint64_t i = 400; i < 600; i++)
        loss_note(&loss, i);
    assert_in_range(loss_permille(&loss), 0, 2);
}

static void
test_late_is_not_lost(void **state)
{
    (void)state;
    struct loss loss = { 0 };
    for (uint64_t i = 0; i < 400; i += 2) {
        loss_note(&loss, i + 1);
        loss_note(&loss, i);
    }
    assert_in_range(loss_permille(&loss), 0, 35);
}

static void
test_an_outage_or_a_skip_is_not_all_there_is(void **state)
{
    (void)state;
    struct loss loss = { 0 };
    loss_note(&loss, 0);
    loss_note(&loss, UINT64_C(1) << 40);
    assert_in_range(loss_permille(&loss), 150, 230);
    loss_note(&loss, UINT64_MAX); /* not on the wire; must not hang or wrap */
    assert_in_range(loss_permille(&loss), 200, 400);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_nothing_lost),
        cmocka_unit_test(test_every_fourth_lost),
        cmocka_unit_test(test_late_is_not_lost),
        cmocka_unit_test(test_an_outage_or_a_skip_is_not_all_there_is),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
