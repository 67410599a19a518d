#include "test.h"

#include "net/path/roster.h"

static struct path *
add(struct roster *r, uint32_t peer)
{
    struct path *path = roster_add(r, peer, PATH_FAMILY_V4, 1, 500);
    if (path != NULL)
        path->state = PATH_STATE_UP;
    return path;
}

static void
test_numbers_are_used_once(void **state)
{
    (void)state;
    struct roster r;
    roster_init(&r);
    assert_null(roster_find(&r, 1));
    assert_int_equal(add(&r, 3)->id, 1);
    assert_int_equal(roster_look_up(&r, 1)->peer, 3);
    assert_int_equal(roster_look_up(&r, 1)->wanted_ms, 500);
    assert_int_equal(add(&r, 0)->id, 2);
    roster_remove(&r, roster_find(&r, 1));
    assert_null(roster_find(&r, 1));
    assert_int_equal(r.slot[0].id, 2);
    assert_int_equal(add(&r, 0)->id, 3);
    assert_int_equal(roster_live_count(&r), 2);
}

static void
test_the_oldest_makes_room(void **state)
{
    (void)state;
    struct roster r;
    roster_init(&r);
    for (int i = 0; i < ROSTER_PATHS_MAX + 2; i++)
        assert_non_null(add(&r, 0));
    assert_int_equal(roster_live_count(&r), ROSTER_PATHS_MAX);
    assert_non_null(roster_find(&r, 1)); /* kept */
    assert_null(roster_find(&r, 2));
    assert_null(roster_find(&r, 3));
    assert_non_null(roster_find(&r, 4));
    while (add(&r, 0) != NULL)
        ;
    assert_int_equal(r.count, ROSTER_SLOTS);
}

static void
test_fixed(void **state)
{
    (void)state;
    struct roster r;
    roster_init_fixed(&r, 7, PATH_FAMILY_V6);
    assert_int_equal(roster_live_count(&r), 1);
    assert_int_equal(roster_find(&r, 7)->state, PATH_STATE_UP);
    assert_int_equal(roster_find(&r, 7)->family, PATH_FAMILY_V6);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_numbers_are_used_once),
        cmocka_unit_test(test_the_oldest_makes_room),
        cmocka_unit_test(test_fixed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
