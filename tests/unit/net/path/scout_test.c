#include "test.h"

#include "net/path/scout.h"

#define RTO_MS 200

static void
test_nobody_there_no_looks(void **state)
{
    (void)state;
    struct scout s;
    scout_init(&s, 1000);
    assert_true(scout_due_ms(&s, RTO_MS) == UINT64_MAX);
    scout_note_active(&s, 5000);
    assert_int_equal(scout_due_ms(&s, RTO_MS), 5000 + RTO_MS + SCOUT_CALM_MS);
    scout_note_active(&s, 5100);
    assert_int_equal(scout_due_ms(&s, RTO_MS), 5100 + RTO_MS + SCOUT_CALM_MS);
}

/* Twice as long after each look in vain; past the time that somebody is there, none. */
static void
test_looks_become_rare(void **state)
{
    (void)state;
    struct scout s;
    scout_init(&s, 0);
    uint64_t now_ms = 2000;
    for (uint64_t every_ms = SCOUT_FIRST_MS; every_ms < SCOUT_MAX_MS; every_ms *= 2) {
        scout_note_active(&s, now_ms - RTO_MS - SCOUT_CALM_MS);
        assert_true(scout_due_ms(&s, RTO_MS) <= now_ms);
        scout_note_sent(&s, 2, 100, now_ms);
        assert_int_equal(s.answer_by_ms, now_ms + 100 + SCOUT_ANSWER_MS);
        scout_note_failure(&s);
        assert_false(s.is_out);
        now_ms += 2 * every_ms;
    }
    assert_int_equal(s.every_ms, SCOUT_MAX_MS);
    scout_note_failure(&s);
    assert_int_equal(s.every_ms, SCOUT_MAX_MS);
    scout_note_active(&s, now_ms);
    scout_note_sent(&s, 2, 100, now_ms);
    assert_true(scout_due_ms(&s, RTO_MS) == UINT64_MAX);

    scout_note_change(&s, now_ms + 5000); /* another network: begin anew */
    assert_int_equal(scout_due_ms(&s, RTO_MS), now_ms + 5000 + RTO_MS + SCOUT_CALM_MS);
}

static void
test_three_in_a_row(void **state)
{
    (void)state;
    struct scout s;
    scout_init(&s, 0);
    assert_false(scout_note_answer(&s, 50, 100, 1000));
    assert_false(scout_note_answer(&s, 50, 100, 2000));
    scout_note_failure(&s);
    assert_false(scout_note_answer(&s, 50, 100, 4000));
    assert_false(scout_note_answer(&s, 74, 100, 5000));
    assert_false(scout_note_answer(&s, 75, 100, 6000)); /* not by a quarter */
    assert_false(scout_note_answer(&s, 0, 9, 7000));    /* not by 10 ms */
    assert_false(scout_note_answer(&s, 0, 11, 8000));
    assert_false(scout_note_answer(&s, 0, 11, 8000));
    assert_true(scout_note_answer(&s, 0, 11, 9000));
}

static void
win(struct scout *s, uint64_t now_ms)
{
    assert_false(scout_note_answer(s, 10, 100, now_ms));
    assert_false(scout_note_answer(s, 10, 100, now_ms));
    assert_true(scout_note_answer(s, 10, 100, now_ms));
}

/* A path that comes and goes is moved to later each time. */
static void
test_patience_with_a_path_that_flaps(void **state)
{
    (void)state;
    struct scout s;
    scout_init(&s, 0);
    scout_note_turn(&s, 1000);
    assert_int_equal(s.every_ms, SCOUT_FIRST_MS);
    uint64_t now_ms = 10000;
    for (uint64_t every_ms = 2 * SCOUT_FIRST_MS; every_ms <= 8 * SCOUT_FIRST_MS; every_ms *= 2) {
        win(&s, now_ms);
        scout_note_turn(&s, now_ms + 1000);
        assert_int_equal(s.every_ms, every_ms);
        scout_note_active(&s, now_ms + 1000);
        assert_int_equal(scout_due_ms(&s, RTO_MS), now_ms + 1000 + every_ms);
        now_ms += 20000;
    }
    win(&s, now_ms);
    scout_note_turn(&s, now_ms + SCOUT_AGAIN_MS); /* it held for long */
    assert_int_equal(s.every_ms, SCOUT_FIRST_MS);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_nobody_there_no_looks),
        cmocka_unit_test(test_looks_become_rare),
        cmocka_unit_test(test_three_in_a_row),
        cmocka_unit_test(test_patience_with_a_path_that_flaps),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
