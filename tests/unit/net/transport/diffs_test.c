#include "test.h"

#include "net/transport/counter.h"
#include "net/transport/diffs.h"

struct fixture {
    struct counter counter;
    struct syncable object;
    struct sent_list list;
    struct diffs diffs;
    struct view diff;
};

/* 0 is acknowledged, 1 was just sent. */
static void
init(struct fixture *f, size_t max_bytes)
{
    *f = (struct fixture){ 0 };
    f->object = counter_syncable(&f->counter);
    sent_list_init(&f->list, &f->object, counter_at(&f->counter, 0), 1000);
    sent_list_append(&f->list, 1, 0, counter_at(&f->counter, 1000), true, 1000);
    diffs_init(&f->diffs, max_bytes);
}

static void
fini(struct fixture *f)
{
    diffs_fini(&f->diffs);
    diffs_fini(&f->diffs);
    sent_list_fini(&f->list);
}

/* The number of the base that is chosen for a step to `position`; -1: none. */
static int
base_for(struct fixture *f, uint64_t position)
{
    struct state current = { .position = position };
    const struct sent *base = diffs_choose(&f->diffs, &f->list, &current, 300, &f->diff, 1100);
    return base != NULL ? (int)base->num : -1;
}

static void
test_the_acknowledged_base_if_it_costs_little(void **state)
{
    (void)state;
    struct fixture f;
    init(&f, 1 << 20);
    assert_int_equal(base_for(&f, 1001), 0); /* as long as the other */
    f.counter.per_step = 1;                  /* 1001 bytes more against 1 */
    assert_int_equal(base_for(&f, 1001), 1);
    struct state current = { .position = 1001 };
    assert_true(diffs_resend(&f.diffs, &f.list, &current).len > 1000);
    fini(&f);
}

static void
test_never_empty(void **state)
{
    (void)state;
    struct fixture f;
    init(&f, 1 << 20);
    assert_true(sent_list_ack(&f.list, 1));
    assert_int_equal(base_for(&f, 1000), 1);
    assert_true(view_equal(f.diff, diffs_filler()));
    fini(&f);
}

static void
test_what_does_not_fit(void **state)
{
    (void)state;
    struct fixture f;
    init(&f, 100);
    f.counter.per_step = 1;
    assert_int_equal(base_for(&f, 1001), 1); /* the other base would take too much */
    assert_int_equal(base_for(&f, 5000), -1);
    struct state current = { .position = 5000 };
    assert_int_equal(diffs_resend(&f.diffs, &f.list, &current).len, 0);
    fini(&f);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_the_acknowledged_base_if_it_costs_little),
        cmocka_unit_test(test_never_empty),
        cmocka_unit_test(test_what_does_not_fit),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
