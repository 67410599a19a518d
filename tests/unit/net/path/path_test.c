#include "test.h"

#include "net/path/path.h"

static void
test_starts_closed_and_unmeasured(void **state)
{
    (void)state;
    struct path path;
    path_init(&path, 7, PATH_FAMILY_V6);
    assert_int_equal(path.id, 7);
    assert_int_equal(path.state, PATH_STATE_WANTED);
    assert_false(path_is_open(&path));
    assert_false(path.has_heard);
    assert_int_equal(mtu_budget_bytes(&path.mtu, 0), MTU_BUDGET_V6_BYTES);
    assert_int_equal(rtt_rto_ms(&path.rtt), RTO_START_MS);
}

static void
test_up_and_down(void **state)
{
    (void)state;
    struct path path;
    path_init(&path, 1, PATH_FAMILY_V4);
    path.state = PATH_STATE_OPENING;
    path_note_event(&path, PATH_DOWN, 0);
    assert_false(path_is_open(&path));
    path_note_event(&path, PATH_UP, 0);
    assert_true(path_is_open(&path));
    path_note_event(&path, PATH_DOWN, 0);
    assert_int_equal(path.state, PATH_STATE_DOWN);
    assert_true(path_is_open(&path)); /* its socket is there: sending can be tried */
    path_note_event(&path, PATH_UP, 0);
    assert_int_equal(path.state, PATH_STATE_UP);
}

static void
test_what_was_not_sent_does_not_count(void **state)
{
    (void)state;
    struct path path;
    path_init(&path, 1, PATH_FAMILY_V4);
    path_note_sent(&path, 100);
    path_note_sent(&path, 200);
    path_note_event(&path, PATH_UNSENT, 200);
    assert_int_equal(path.last_sent_ms, 100);
    assert_int_equal(path.send_failures, 1);
    path_note_sent(&path, 300);
    path_note_event(&path, PATH_UNSENT, 300);
    assert_int_equal(path.send_failures, 2);
    path_note_sent(&path, 400);
    assert_int_equal(path.send_failures, 0);
    assert_int_equal(path.last_sent_ms, 400);
    path_note_sent(&path, 500);
    path_note_event(&path, PATH_UNSENT, 500);
    assert_int_equal(path.send_failures, 1); /* the one at 400 did go out */
}

static void
test_too_big_shrinks(void **state)
{
    (void)state;
    struct path path;
    path_init(&path, 1, PATH_FAMILY_V4);
    path_note_sent(&path, 100);
    path_note_event(&path, PATH_TOO_BIG, 100);
    assert_int_equal(path.send_failures, 1);
    assert_int_equal(mtu_budget_bytes(&path.mtu, 100), MTU_FLOOR_BYTES);
}

static void
test_hints_change_nothing(void **state)
{
    (void)state;
    struct path path;
    path_init(&path, 1, PATH_FAMILY_V4);
    path_note_event(&path, PATH_UP, 0);
    path_note_heard(&path, 50);
    path_note_sent(&path, 100);
    const struct path before = path;
    path_note_event(&path, PATH_REFUSED, 100);
    path_note_event(&path, PATH_MOVED, 100);
    assert_memory_equal(&path, &before, sizeof path);
    assert_true(path.has_heard);
    assert_int_equal(path.last_heard_ms, 50);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_starts_closed_and_unmeasured),
        cmocka_unit_test(test_up_and_down),
        cmocka_unit_test(test_what_was_not_sent_does_not_count),
        cmocka_unit_test(test_too_big_shrinks),
        cmocka_unit_test(test_hints_change_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
