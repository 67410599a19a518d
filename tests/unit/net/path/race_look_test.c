/* Looks at the server's other addresses. */
#include "test.h"

#include "net/path/race.h"

static const enum path_family both[] = { PATH_FAMILY_V6, PATH_FAMILY_V4 };

/* Take orders until there is none; open what is wanted. How many were closed. */
static size_t
obey(struct race *race, uint64_t now_ms)
{
    struct path_order order;
    size_t closed = 0;
    while (race_next_order(race, &order, now_ms)) {
        if (order.what == PATH_ORDER_OPEN)
            race_note_event(race, order.path, PATH_UP, now_ms);
        else
            closed++;
    }
    return closed;
}

/* A race that is up on path 1 at a round trip of 100, whose user typed at 1000 and was answered. */
static void
start_looking(struct race *race)
{
    race_init(race, both, 2, 0);
    obey(race, 0);
    race_note_heard(race, 1, 0, 100);
    rtt_sample(&race_find(race, 1)->rtt, 100);
    race_note_active(race, 1000);
    race_note_heard(race, 1, 1000, 1100);
}

/* Take one look at now_ms, which is answered after rtt_ms; 0: never. */
static void
look(struct race *race, uint64_t rtt_ms, uint64_t now_ms)
{
    race_note_active(race, now_ms - 1000);
    race_note_heard(race, race->current, now_ms - 1000, now_ms - 900);
    if (!race_wants_packet(race, true, 0, now_ms)) {
        assert_int_equal(obey(race, now_ms), 0); /* a path to look at was not open */
        assert_true(race_wants_packet(race, true, 0, now_ms));
    }
    uint32_t path = race_outgoing(race)->id;
    assert_int_not_equal(path, race->current);
    race_note_sent(race, now_ms, now_ms);
    assert_ptr_equal(race_outgoing(race), race_current(race));
    if (rtt_ms > 0)
        race_note_heard(race, path, now_ms, now_ms + rtt_ms);
}

static void
test_moves_to_what_is_better_three_times(void **state)
{
    (void)state;
    struct race race;
    start_looking(&race);
    assert_true(race_deadline_ms(&race) == 1000 + 300 + SCOUT_CALM_MS);
    for (uint64_t now_ms = 3000; now_ms < 6000; now_ms += 1000) {
        assert_int_equal(race_current(&race)->peer, 0);
        look(&race, 40, now_ms);
        assert_true(race_wants_packet(&race, true, 0, now_ms + 40)); /* the server is led back */
        race_note_sent(&race, now_ms, now_ms + 40);
    }
    assert_int_equal(race_current(&race)->peer, 1);
    assert_false(race_wants_packet(&race, true, 0, 5041));
}

static void
test_stays_where_nothing_is_better(void **state)
{
    (void)state;
    struct race race;
    start_looking(&race);
    look(&race, 80, 3000); /* better, but not by a quarter */
    assert_true(race_wants_packet(&race, true, 0, 3080));
    race_note_sent(&race, 3080, 3080);
    assert_false(race_wants_packet(&race, true, 0, 3999)); /* and rarer */
    look(&race, 0, 5100);
    assert_false(race_wants_packet(&race, true, 0, 5101));
    assert_true(race_deadline_ms(&race) == 5100 + 100 + SCOUT_ANSWER_MS);
    assert_true(race_wants_packet(&race, true, 0, 5100 + 100 + SCOUT_ANSWER_MS));
    race_note_sent(&race, 5100, 5320);
    assert_false(race_wants_packet(&race, true, 0, 9099));
    assert_int_equal(race_current(&race)->peer, 0);
}

/* A key that was typed meanwhile has led the server back already. */
static void
test_is_led_back_by_what_is_sent(void **state)
{
    (void)state;
    struct race race;
    start_looking(&race);
    look(&race, 0, 3000);
    race_note_sent(&race, 3000, 3010);
    assert_false(race_wants_packet(&race, true, 0, 3000 + 100 + SCOUT_ANSWER_MS));
}

static void
test_looks_only_when_calm(void **state)
{
    (void)state;
    struct race race;
    start_looking(&race);
    assert_false(race_wants_packet(&race, false, 0, 3000)); /* something is unanswered */
    assert_true(race_deadline_ms(&race) == UINT64_MAX);
    race_note_active(&race, 3000);
    assert_false(race_wants_packet(&race, true, 0, 4000)); /* the key was not */
    assert_false(race_wants_packet(&race, true, 0, 3000 + SCOUT_ACTIVE_MS + 1));
    assert_int_equal(race.roster.count, 1);
}

static void
test_look_that_cannot_be_taken(void **state)
{
    (void)state;
    struct race race;
    struct path_order order;
    start_looking(&race);
    assert_false(race_wants_packet(&race, true, 0, 3000));
    assert_true(race_next_order(&race, &order, 3000));
    assert_true(order.is_scout);
    race_note_event(&race, order.path, PATH_DOWN, 3000); /* no such family here */
    assert_int_equal(race_current(&race)->id, 1);
    race_note_active(&race, 9000);
    race_note_heard(&race, 1, 9000, 9100);
    assert_false(race_wants_packet(&race, true, 0, 10000));
    assert_false(race_next_order(&race, &order, 10000));

    race_note_event(&race, 1, PATH_MOVED, 11000); /* another network */
    race_note_heard(&race, 1, 11000, 11100);
    assert_false(race_wants_packet(&race, true, 0, 12000));
    obey(&race, 12000);
    assert_true(race_wants_packet(&race, true, 0, 12000));
    uint32_t path = race_outgoing(&race)->id;
    race_note_sent(&race, 12000, 12000);
    race_note_event(&race, path, PATH_UNSENT, 12000);
    assert_int_equal(race_current(&race)->id, 1);
    assert_false(race_is_looking(&race, 13000));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_moves_to_what_is_better_three_times),
        cmocka_unit_test(test_stays_where_nothing_is_better),
        cmocka_unit_test(test_is_led_back_by_what_is_sent),
        cmocka_unit_test(test_looks_only_when_calm),
        cmocka_unit_test(test_look_that_cannot_be_taken),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
