#include "test.h"

#include "net/transport/counter.h"
#include "net/transport/sent_list.h"

struct fixture {
    struct counter counter;
    struct syncable object;
    struct sent_list list;
};

static int
setup(void **state)
{
    struct fixture *f = calloc(1, sizeof *f);
    assert_non_null(f);
    f->object = counter_syncable(&f->counter);
    sent_list_init(&f->list, &f->object, counter_at(&f->counter, 0), 1000);
    *state = f;
    return 0;
}

static int
teardown(void **state)
{
    struct fixture *f = *state;
    sent_list_fini(&f->list);
    sent_list_fini(&f->list);
    assert_int_equal(f->counter.held, 0);
    free(f);
    return 0;
}

static void
append(struct fixture *f, uint64_t num, uint64_t base, bool changes, uint64_t now_ms)
{
    sent_list_append(&f->list, num, base, counter_at(&f->counter, num), changes, now_ms);
}

static void
test_ack_drops_what_is_older(void **state)
{
    struct fixture *f = *state;
    for (uint64_t num = 1; num <= 5; num++)
        append(f, num, 0, true, 1000);
    assert_false(sent_list_ack(&f->list, 999));
    assert_false(sent_list_ack(&f->list, UINT64_MAX));
    assert_int_equal(f->list.count, 6);
    assert_true(sent_list_ack(&f->list, 3));
    assert_int_equal(f->list.count, 3);
    assert_int_equal(sent_list_front(&f->list)->num, 3);
    assert_int_equal(f->counter.held, 3);
    assert_false(sent_list_ack(&f->list, 2));
    assert_true(sent_list_ack(&f->list, 3));
    assert_true(sent_list_ack(&f->list, 5));
    assert_int_equal(f->list.count, 1);
}

/* As stock: of 33, the 17 oldest and the 15 newest stay. */
static void
test_thins_the_middle(void **state)
{
    struct fixture *f = *state;
    for (uint64_t num = 1; num <= 31; num++)
        append(f, num, 0, false, 1000);
    assert_int_equal(f->list.count, SENT_LIST_MAX);
    append(f, 32, 0, false, 1000);
    assert_int_equal(f->list.count, SENT_LIST_MAX);
    for (uint64_t num = 0; num <= 16; num++)
        assert_int_equal(f->list.entry[num].num, num);
    for (uint64_t num = 18; num <= 32; num++)
        assert_int_equal(f->list.entry[num - 1].num, num);

    for (uint64_t num = 33; num <= 200; num++)
        append(f, num, 0, false, 1000);
    assert_true(sent_list_ack(&f->list, 16));
    assert_false(sent_list_ack(&f->list, 17));
    assert_false(sent_list_ack(&f->list, 185));
    assert_true(sent_list_ack(&f->list, 186));
}

static void
test_outstanding_means_a_change(void **state)
{
    struct fixture *f = *state;
    assert_false(sent_list_is_outstanding(&f->list));
    append(f, 1, 0, false, 1000);
    assert_false(sent_list_is_outstanding(&f->list));
    append(f, 2, 0, true, 1000);
    append(f, 3, 0, false, 1000);
    assert_true(sent_list_is_outstanding(&f->list));
    assert_true(sent_list_ack(&f->list, 2));
    assert_false(sent_list_is_outstanding(&f->list));
}

static void
test_a_culled_change_is_not_forgotten(void **state)
{
    struct fixture *f = *state;
    for (uint64_t num = 1; num <= 32; num++)
        append(f, num, 0, num == 17, 1000);
    assert_true(sent_list_is_outstanding(&f->list));
    assert_true(sent_list_ack(&f->list, 16));
    assert_true(sent_list_is_outstanding(&f->list));
    assert_true(sent_list_ack(&f->list, 18));
    assert_false(sent_list_is_outstanding(&f->list));
}

static void
test_assumed_as_long_as_the_window(void **state)
{
    struct fixture *f = *state;
    assert_int_equal(sent_list_assumed(&f->list, 100, 5000)->num, 0);
    assert_true(sent_list_assumed_until_ms(&f->list, 100, 5000) == UINT64_MAX);
    append(f, 1, 0, true, 5000);
    append(f, 2, 1, true, 5050);
    assert_int_equal(sent_list_assumed(&f->list, 100, 5099)->num, 2);
    assert_int_equal(sent_list_assumed_until_ms(&f->list, 100, 5099), 5100);
    /* 1 is late, and 2 was based on it. */
    assert_int_equal(sent_list_assumed(&f->list, 100, 5100)->num, 0);
    assert_int_equal(sent_list_assumed_until_ms(&f->list, 100, 5100), 0);
    /* 3 needs neither. */
    append(f, 3, 0, true, 5100);
    assert_int_equal(sent_list_assumed(&f->list, 100, 5100)->num, 3);
    assert_int_equal(sent_list_assumed_until_ms(&f->list, 100, 5100), 5200);
    /* Once 2 is acknowledged, what is based on it stands again. */
    append(f, 4, 2, true, 5110);
    assert_int_equal(sent_list_assumed(&f->list, 100, 5120)->num, 3);
    assert_true(sent_list_ack(&f->list, 2));
    assert_int_equal(sent_list_assumed(&f->list, 100, 5120)->num, 4);
}

static void
test_nobody_knows_what_a_culled_base_became(void **state)
{
    struct fixture *f = *state;
    for (uint64_t num = 1; num <= 31; num++)
        append(f, num, num == 20 ? 17 : 0, true, 5000);
    append(f, 32, 17, true, 5000); /* 17 goes */
    assert_int_equal(sent_list_assumed(&f->list, 100, 5001)->num, 31);
}

static void
test_what_did_not_leave_is_not_assumed(void **state)
{
    struct fixture *f = *state;
    append(f, 1, 0, true, 5000);
    sent_list_back(&f->list)->left = false;
    assert_int_equal(sent_list_assumed(&f->list, 100, 5001)->num, 0);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_ack_drops_what_is_older, setup, teardown),
        cmocka_unit_test_setup_teardown(test_thins_the_middle, setup, teardown),
        cmocka_unit_test_setup_teardown(test_outstanding_means_a_change, setup, teardown),
        cmocka_unit_test_setup_teardown(test_a_culled_change_is_not_forgotten, setup, teardown),
        cmocka_unit_test_setup_teardown(test_assumed_as_long_as_the_window, setup, teardown),
        cmocka_unit_test_setup_teardown(test_nobody_knows_what_a_culled_base_became, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(test_what_did_not_leave_is_not_assumed, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
