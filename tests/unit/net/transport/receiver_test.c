#include "test.h"

#include "net/transport/counter.h"
#include "net/transport/receiver.h"

struct fixture {
    struct counter counter;
    struct syncable object;
    struct receiver *receiver;
    struct buf diff;
};

static int
setup(void **state)
{
    struct fixture *f = calloc(1, sizeof *f);
    assert_non_null(f);
    f->object = counter_syncable(&f->counter);
    f->receiver = receiver_new(&f->object, counter_at(&f->counter, 0), 500);
    buf_init(&f->diff, 1 << 16);
    *state = f;
    return 0;
}

static int
teardown(void **state)
{
    struct fixture *f = *state;
    receiver_free(f->receiver);
    receiver_free(NULL);
    assert_int_equal(f->counter.held, 0);
    buf_fini(&f->diff);
    free(f);
    return 0;
}

/* Take "number new is position new, from number old at position old". */
static enum skua_err
take(struct fixture *f, uint64_t old_num, uint64_t new_num, uint64_t throwaway, uint64_t now_ms)
{
    const struct state from = { .position = old_num }, to = { .position = new_num };
    buf_clear(&f->diff);
    counter_diff(&f->counter, &from, old_num, &to, &f->diff);
    const struct instruction in = {
        .protocol_version = INSTRUCTION_PROTOCOL_VERSION,
        .old_num = old_num,
        .new_num = new_num,
        .throwaway_num = throwaway,
        .diff = buf_view(&f->diff),
    };
    return receiver_take(f->receiver, &in, now_ms);
}

static void
test_newest(void **state)
{
    struct fixture *f = *state;
    assert_int_equal(receiver_newest_num(f->receiver), 0);
    assert_int_equal(receiver_newest_ms(f->receiver), 500);
    assert_int_equal(take(f, 0, 3, 0, 600), SKUA_OK);
    assert_int_equal(receiver_newest_num(f->receiver), 3);
    assert_int_equal(receiver_newest_ms(f->receiver), 600);
    assert_int_equal(receiver_newest(f->receiver)->position, 3);
    assert_int_equal(take(f, 3, 4, 3, 700), SKUA_OK);
    assert_int_equal(receiver_count(f->receiver), 2);
    assert_int_equal(receiver_oldest(f->receiver)->position, 3);
    assert_int_equal(f->counter.forgotten, 3);
}

static void
test_duplicates_and_unknown_bases(void **state)
{
    struct fixture *f = *state;
    assert_int_equal(take(f, 0, 3, 0, 600), SKUA_OK);
    assert_int_equal(take(f, 0, 3, 0, 700), SKUA_ERR_DUPLICATE);
    assert_int_equal(take(f, 3, 3, 3, 700), SKUA_ERR_DUPLICATE);
    assert_int_equal(receiver_newest_ms(f->receiver), 600); /* not refreshed */
    assert_int_equal(take(f, 2, 9, 0, 700), SKUA_ERR_STALE);
    assert_int_equal(take(f, 999, 1000, 0, 700), SKUA_ERR_STALE);
    assert_int_equal(take(f, 3, 2, 0, 700), SKUA_ERR_STALE); /* backwards */
    assert_int_equal(take(f, 9, 9, 9, 700), SKUA_ERR_STALE);
    assert_int_equal(receiver_count(f->receiver), 2);
    assert_int_equal(f->counter.applied, 1);
}

static void
test_a_late_state_is_kept_for_reference(void **state)
{
    struct fixture *f = *state;
    assert_int_equal(take(f, 0, 5, 0, 600), SKUA_OK);
    assert_int_equal(take(f, 0, 2, 0, 700), SKUA_OK);
    assert_int_equal(receiver_newest_num(f->receiver), 5);
    assert_int_equal(receiver_newest_ms(f->receiver), 600);
    assert_int_equal(take(f, 2, 6, 0, 800), SKUA_OK);
    assert_int_equal(receiver_newest_num(f->receiver), 6);
    assert_int_equal(receiver_count(f->receiver), 4);
}

/* Each kills a stock server. */
static void
test_throwing_the_base_away(void **state)
{
    struct fixture *f = *state;
    assert_int_equal(take(f, 0, 3, 0, 600), SKUA_OK);
    assert_int_equal(take(f, 0, 4, 1, 600), SKUA_ERR_MALFORMED);
    assert_int_equal(take(f, 3, 4, 4, 600), SKUA_ERR_MALFORMED);
    assert_int_equal(take(f, 3, 4, UINT64_MAX, 600), SKUA_ERR_MALFORMED);
    assert_int_equal(receiver_count(f->receiver), 2); /* nothing went */
    assert_int_equal(f->counter.forgotten, 0);
    assert_int_equal(take(f, 3, 4, 3, 600), SKUA_OK);
    assert_int_equal(receiver_count(f->receiver), 2);
}

static void
test_a_refused_diff_changes_nothing(void **state)
{
    struct fixture *f = *state;
    assert_int_equal(take(f, 0, 1, 0, 600), SKUA_OK);
    f->counter.refuse = SKUA_ERR_MALFORMED;
    assert_int_equal(take(f, 1, 2, 1, 600), SKUA_ERR_MALFORMED);
    assert_int_equal(receiver_count(f->receiver), 2);
    assert_int_equal(receiver_newest_num(f->receiver), 1);
    f->counter.refuse = SKUA_ERR_FULL; /* no room for keys: not acknowledged, sent again */
    assert_int_equal(take(f, 1, 2, 1, 600), SKUA_ERR_FULL);
    f->counter.refuse = SKUA_OK;
    assert_int_equal(take(f, 1, 2, 1, 700), SKUA_OK);
    assert_int_equal(receiver_newest_num(f->receiver), 2);
}

static void
test_an_empty_diff_is_the_base_again(void **state)
{
    struct fixture *f = *state;
    assert_int_equal(take(f, 0, 3, 0, 600), SKUA_OK);
    const struct instruction in = { .old_num = 3, .new_num = 4, .throwaway_num = 3 };
    assert_int_equal(receiver_take(f->receiver, &in, 700), SKUA_OK);
    assert_int_equal(receiver_newest(f->receiver)->position, 3);
    assert_int_equal(receiver_newest_ms(f->receiver), 700);
}

static void
test_quench(void **state)
{
    struct fixture *f = *state;
    uint64_t num = 1;
    for (; num <= RECEIVER_STATES_MAX + 1; num++)
        assert_int_equal(take(f, 0, num, 0, 1000), SKUA_OK);
    assert_int_equal(take(f, 0, num, 0, 1000), SKUA_ERR_FULL);
    assert_int_equal(take(f, 0, num, 0, 999 + RECEIVER_QUENCH_MS), SKUA_ERR_FULL);
    assert_int_equal(take(f, 0, num, 0, 1000 + RECEIVER_QUENCH_MS), SKUA_OK); /* one */
    assert_int_equal(take(f, 0, num + 1, 0, 1001 + RECEIVER_QUENCH_MS), SKUA_ERR_FULL);
    /* Throwing some away helps at once. */
    assert_int_equal(take(f, num, num + 1, num, 1001 + RECEIVER_QUENCH_MS), SKUA_OK);
    assert_int_equal(receiver_count(f->receiver), 2);
}

static void
test_never_more_than_the_limit(void **state)
{
    struct fixture *f = *state;
    uint64_t now_ms = 1000;
    for (uint64_t num = 1; num <= 4000; num++) {
        take(f, 0, num, 0, now_ms);
        now_ms += RECEIVER_QUENCH_MS;
    }
    assert_int_equal(receiver_count(f->receiver), RECEIVER_STATES_LIMIT);
}

static void
test_after_shutdown_nothing_counts(void **state)
{
    struct fixture *f = *state;
    assert_int_equal(take(f, 0, 1, 0, 600), SKUA_OK);
    assert_int_equal(take(f, 1, INSTRUCTION_SHUTDOWN, 1, 700), SKUA_OK);
    assert_true(receiver_newest_num(f->receiver) == INSTRUCTION_SHUTDOWN);
    assert_int_equal(take(f, 1, INSTRUCTION_SHUTDOWN, 1, 800), SKUA_ERR_DUPLICATE);
    assert_int_equal(take(f, 1, 2, 1, 800), SKUA_ERR_CLOSED);
    assert_int_equal(take(f, INSTRUCTION_SHUTDOWN, 7, 1, 800), SKUA_ERR_CLOSED);
    assert_int_equal(receiver_newest_ms(f->receiver), 700);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_newest, setup, teardown),
        cmocka_unit_test_setup_teardown(test_duplicates_and_unknown_bases, setup, teardown),
        cmocka_unit_test_setup_teardown(test_a_late_state_is_kept_for_reference, setup, teardown),
        cmocka_unit_test_setup_teardown(test_throwing_the_base_away, setup, teardown),
        cmocka_unit_test_setup_teardown(test_a_refused_diff_changes_nothing, setup, teardown),
        cmocka_unit_test_setup_teardown(test_an_empty_diff_is_the_base_again, setup, teardown),
        cmocka_unit_test_setup_teardown(test_quench, setup, teardown),
        cmocka_unit_test_setup_teardown(test_never_more_than_the_limit, setup, teardown),
        cmocka_unit_test_setup_teardown(test_after_shutdown_nothing_counts, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
