#include "test.h"

#include "net/transport/counter.h"
#include "net/transport/packed.h"

struct fixture {
    struct counter counter;
    struct syncable object;
    struct sent_list list;
    struct packed packed;
};

static void
append(struct fixture *f, uint64_t num, uint64_t base, bool changes)
{
    sent_list_append(&f->list, num, base, counter_at(&f->counter, num), changes, 1000);
}

/* 1 is acknowledged; 2 was made against it and packed. */
static void
init(struct fixture *f)
{
    *f = (struct fixture){
        .packed = { .is_kept = true, .num = 2, .base_num = 1, .fragments = 1, .piece_bytes = 1214 }
    };
    f->object = counter_syncable(&f->counter);
    sent_list_init(&f->list, &f->object, counter_at(&f->counter, 0), 1000);
    append(f, 1, 0, true);
    assert_true(sent_list_ack(&f->list, 1));
    append(f, 2, 1, true);
}

static void
test_copy_of_the_newest_change(void **state)
{
    (void)state;
    struct fixture f;
    init(&f);
    assert_true(packed_can_copy(&f.packed, &f.list));
    append(&f, 3, 2, false); /* an acknowledgement: says nothing new */
    assert_true(packed_can_copy(&f.packed, &f.list));
    append(&f, 4, 1, true);
    assert_false(packed_can_copy(&f.packed, &f.list));
    sent_list_fini(&f.list);
}

static void
test_no_copy_of_what_arrived_or_is_large(void **state)
{
    (void)state;
    struct fixture f;
    init(&f);
    f.packed.fragments = 2;
    assert_false(packed_can_copy(&f.packed, &f.list));
    f.packed.fragments = 1;
    f.packed.is_kept = false;
    assert_false(packed_can_copy(&f.packed, &f.list));
    f.packed.is_kept = true;
    f.packed.base_num = 2; /* not acknowledged itself */
    assert_false(packed_can_copy(&f.packed, &f.list));
    f.packed.base_num = 1;
    assert_true(sent_list_ack(&f.list, 2));
    assert_false(packed_can_copy(&f.packed, &f.list));
    sent_list_fini(&f.list);
}

static void
test_repeats_only_what_still_fits(void **state)
{
    (void)state;
    struct fixture f;
    init(&f);
    f.packed.fragments = 9;
    assert_true(packed_can_repeat(&f.packed, &f.list, 1214));
    assert_false(packed_can_repeat(&f.packed, &f.list, 462)); /* cut for another path */
    append(&f, 3, 2, false);
    assert_false(packed_can_repeat(&f.packed, &f.list, 1214));
    sent_list_fini(&f.list);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_copy_of_the_newest_change),
        cmocka_unit_test(test_no_copy_of_what_arrived_or_is_large),
        cmocka_unit_test(test_repeats_only_what_still_fits),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
