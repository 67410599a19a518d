#include "test.h"

#include "net/path/race.h"

static const enum path_family v4_only[] = { PATH_FAMILY_V4 };
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

static void
test_first_path_is_ordered_at_once(void **state)
{
    (void)state;
    struct race race;
    race_init(&race, v4_only, 1, 1000);
    assert_null(race_current(&race));
    struct path_order order;
    assert_true(race_next_order(&race, &order, 1000));
    assert_int_equal(order.what, PATH_ORDER_OPEN);
    assert_int_equal(order.path, 1);
    assert_int_equal(order.family, PATH_FAMILY_V4);
    assert_int_equal(order.peer, 0);
    assert_false(race_next_order(&race, &order, 1000));
    assert_null(race_current(&race)); /* ordered is not open */
    race_note_event(&race, 1, PATH_UP, 1001);
    assert_int_equal(race_current(&race)->id, 1);
    assert_true(race_deadline_ms(&race) == UINT64_MAX);
}

/* Stock's rule: after a send, both more than 10 s after the choice and after the round trip. */
static void
test_hops_when_unanswered(void **state)
{
    (void)state;
    struct race race;
    race_init(&race, v4_only, 1, 0);
    obey(&race, 0);
    race_note_heard(&race, 1, 0, 50);

    race_note_sent(&race, 5000, 14999);
    race_note_sent(&race, 5000, 15000);
    obey(&race, 15000);
    assert_int_equal(race_current(&race)->id, 1);
    race_note_sent(&race, 5000, 15001);
    assert_int_equal(race_current(&race)->id, 1); /* that one still left by the old port */
    obey(&race, 15001);
    assert_int_equal(race_current(&race)->id, 2);
    assert_non_null(race_find(&race, 1));

    race_note_sent(&race, 5000, 25001);
    obey(&race, 25001);
    assert_int_equal(race_current(&race)->id, 2);
    race_note_sent(&race, 5000, 25002);
    obey(&race, 25002);
    assert_int_equal(race_current(&race)->id, 3);

    race_note_sent(&race, 30000, 40000); /* answered: stays */
    obey(&race, 40000);
    assert_int_equal(race_current(&race)->id, 3);
}

static void
test_at_most_ten_paths(void **state)
{
    (void)state;
    struct race race;
    race_init(&race, v4_only, 1, 0);
    obey(&race, 0);
    size_t closed = 0;
    for (uint64_t hop = 1; hop <= 15; hop++) {
        race_note_sent(&race, 0, hop * 10001);
        closed += obey(&race, hop * 10001);
    }
    assert_int_equal(race_current(&race)->id, 16);
    assert_int_equal(closed, 6);
    assert_int_equal(race.roster.count, ROSTER_PATHS_MAX);
    assert_null(race_find(&race, 6));
    assert_non_null(race_find(&race, 7));
}

static void
test_spares_close_after_a_minute(void **state)
{
    (void)state;
    struct race race;
    race_init(&race, v4_only, 1, 0);
    obey(&race, 0);
    race_note_sent(&race, 0, 10001);
    obey(&race, 10001);
    race_note_sent(&race, 0, 20002);
    obey(&race, 20002);
    assert_true(race_deadline_ms(&race) == 80003);
    assert_int_equal(obey(&race, 80002), 0);
    assert_int_equal(obey(&race, 80003), 2);
    assert_int_equal(race.roster.count, 1);
    assert_int_equal(race_current(&race)->id, 3);
    assert_true(race_deadline_ms(&race) == UINT64_MAX);
    race_note_event(&race, 1, PATH_UNSENT, 80004); /* late news of a closed path */
    assert_int_equal(race.roster.count, 1);
}

static void
test_tries_the_next_address_until_one_answers(void **state)
{
    (void)state;
    struct race race;
    race_init(&race, both, 2, 0);
    obey(&race, 0);
    race_note_sent(&race, 0, 0);
    race_note_sent(&race, 0, RACE_START_MS - 1);
    obey(&race, RACE_START_MS - 1);
    assert_int_equal(race_current(&race)->id, 1);
    race_note_sent(&race, 0, RACE_START_MS);
    obey(&race, RACE_START_MS);
    assert_int_equal(race_current(&race)->id, 2);
    assert_int_equal(race_current(&race)->peer, 1);
    assert_int_equal(race_current(&race)->family, PATH_FAMILY_V4);
    race_note_sent(&race, 0, 2500); /* all tried: back to the slow rule */
    obey(&race, 2500);
    assert_int_equal(race_current(&race)->id, 2);

    race_note_heard(&race, 1, 0, 2600); /* the first address was only slow */
    assert_int_equal(race_current(&race)->id, 1);
    race_note_heard(&race, 2, 0, 2700);
    assert_int_equal(race_current(&race)->id, 1);

    race_note_sent(&race, 2600, 20000); /* from now on a hop keeps the address that answered */
    obey(&race, 20000);
    assert_int_equal(race_current(&race)->id, 3);
    assert_int_equal(race_current(&race)->peer, 0);
}

static void
test_unreachable_address_gives_way_at_once(void **state)
{
    (void)state;
    struct race race;
    race_init(&race, both, 2, 0);
    obey(&race, 0);
    race_note_sent(&race, 0, 0);
    race_note_event(&race, 1, PATH_UNSENT, 0);
    obey(&race, 0);
    assert_int_equal(race_current(&race)->peer, 1);
    race_note_sent(&race, 0, 10);
    race_note_event(&race, 2, PATH_UNSENT, 10);
    assert_int_equal(obey(&race, 10), 0);
    assert_int_equal(race.roster.count, 2); /* both tried once: no spinning */
}

static void
test_socket_that_cannot_be_opened(void **state)
{
    (void)state;
    struct race race;
    struct path_order order;
    race_init(&race, both, 2, 0);
    assert_true(race_next_order(&race, &order, 0));
    race_note_event(&race, order.path, PATH_DOWN, 0);
    assert_true(race_next_order(&race, &order, 0));
    assert_int_equal(order.peer, 1);
    race_note_event(&race, order.path, PATH_DOWN, 0);
    assert_false(race_next_order(&race, &order, 999));
    assert_true(race_deadline_ms(&race) == RACE_CANDIDATE_MS);
    assert_true(race_next_order(&race, &order, 1000));
    assert_int_equal(order.peer, 0);
    race_note_event(&race, order.path, PATH_UP, 1000);
    assert_int_equal(race_current(&race)->id, order.path);
}

/* The network we moved to has the other family only; then neither works for a while. */
static void
test_turns_to_the_other_address_when_one_is_unreachable(void **state)
{
    (void)state;
    struct race race;
    race_init(&race, both, 2, 0);
    obey(&race, 0);
    race_note_heard(&race, 1, 0, 20);
    race_note_sent(&race, 20, 5000);
    race_note_event(&race, 1, PATH_UNSENT, 5000);
    obey(&race, 5000);
    assert_int_equal(race_current(&race)->peer, 1);
    for (uint64_t now_ms = 5000; now_ms < 12000; now_ms += 100) {
        race_note_sent(&race, now_ms, now_ms);
        race_note_event(&race, race_current(&race)->id, PATH_UNSENT, now_ms);
        obey(&race, now_ms);
        assert_int_equal(race_current(&race)->peer, (now_ms / 1000) % 2); /* in turns */
    }
    assert_int_equal(race.roster.count, 2); /* on the paths that are there */
    race_note_heard(&race, 2, 0, 12000);

    race_note_sent(&race, 1000, 30000); /* silent, not unreachable: a new port, the same address */
    obey(&race, 30000);
    assert_int_equal(race_current(&race)->id, 3);
    assert_int_equal(race_current(&race)->peer, 1);
}

/* No descriptors left: the hop fails, the old path goes on, and the next hop is 10 s later. */
static void
test_failed_hop_keeps_the_old_path(void **state)
{
    (void)state;
    struct race race;
    struct path_order order;
    race_init(&race, v4_only, 1, 0);
    obey(&race, 0);
    race_note_heard(&race, 1, 0, 10);
    race_note_sent(&race, 0, 10001);
    assert_true(race_next_order(&race, &order, 10001));
    race_note_event(&race, order.path, PATH_DOWN, 10001);
    assert_int_equal(race_current(&race)->id, 1);
    race_note_sent(&race, 0, 20001);
    assert_false(race_next_order(&race, &order, 20001));
    race_note_sent(&race, 0, 20002);
    assert_true(race_next_order(&race, &order, 20002));
}

static void
test_new_path_inherits_the_round_trip(void **state)
{
    (void)state;
    struct race race;
    race_init(&race, v4_only, 1, 0);
    obey(&race, 0);
    rtt_sample(&race_find(&race, 1)->rtt, 80);
    race_note_sent(&race, 0, 10001);
    obey(&race, 10001);
    assert_int_equal(race_current(&race)->id, 2);
    assert_int_equal(rtt_smoothed_ms(&race_current(&race)->rtt), 80);
}

static void
test_sends_on_a_path_that_is_up(void **state)
{
    (void)state;
    struct race race;
    race_init(&race, v4_only, 1, 0);
    obey(&race, 0);
    race_note_sent(&race, 0, 10001);
    obey(&race, 10001);
    race_note_event(&race, 2, PATH_DOWN, 10002);
    assert_int_equal(race_current(&race)->id, 1);
    race_note_event(&race, 1, PATH_DOWN, 10003);
    assert_int_equal(race_current(&race)->id, 1); /* none is: keep trying the last */
    race_note_event(&race, 2, PATH_UP, 10004);
    assert_int_equal(race_current(&race)->id, 2);
}

/* An open that is answered late does not pull sending back from a newer path. */
static void
test_late_socket_does_not_win(void **state)
{
    (void)state;
    struct race race;
    struct path_order first, second;
    race_init(&race, both, 2, 0);
    assert_true(race_next_order(&race, &first, 0));
    race_note_sent(&race, 0, 1000);
    assert_true(race_next_order(&race, &second, 1000));
    race_note_event(&race, second.path, PATH_UP, 1001);
    race_note_event(&race, first.path, PATH_UP, 1002);
    assert_int_equal(race_current(&race)->id, second.path);
}

static void
test_orders_that_nobody_takes_are_bounded(void **state)
{
    (void)state;
    struct race race;
    race_init(&race, v4_only, 1, 0);
    for (uint64_t hop = 1; hop <= 100; hop++)
        race_note_sent(&race, 0, hop * 10001);
    assert_int_equal(race.roster.count, ROSTER_SLOTS);
    obey(&race, 100 * 10001);
    assert_int_equal(race.roster.count, ROSTER_PATHS_MAX);
}

/* The way to one address dies, then the other: the one that answers is kept. */
static void
test_turns_where_answers_come_from(void **state)
{
    (void)state;
    struct race race;
    race_init(&race, both, 2, 0);
    obey(&race, 0);
    assert_false(
        race_turn(&race, 1, true, 10)); /* nobody answered yet: the other rule has its turn */
    race_note_heard(&race, 1, 10, 50);
    assert_true(race_turn(&race, 1, true, 1000));
    assert_null(race_other(&race, 1000)); /* the other has no path yet */
    obey(&race, 1000);
    assert_int_equal(race_current(&race)->id, 1);
    assert_int_equal(race_other(&race, 1000)->id, 2);
    assert_int_equal(race_other(&race, 1000)->peer, 1);
    assert_false(race_turn(&race, 2, true, 1300)); /* to and fro, while neither answers */
    assert_int_equal(race_current(&race)->id, 2);
    assert_int_equal(race_other(&race, 1300)->id, 1);
    assert_null(race_other(&race, 1001 + RACE_BOTH_MS));
    race_note_heard(&race, 2, 1000, 1400);
    assert_int_equal(race_current(&race)->id, 2);
    assert_null(race_other(&race, 1400));
    race_note_heard(&race, 1, 1300, 1500); /* late, and no search is on: stays */
    assert_int_equal(race_current(&race)->id, 2);
    assert_true(race_turn(&race, 1, true, 5000)); /* and back */
    race_note_heard(&race, 1, 5000, 5100);
    assert_int_equal(race_current(&race)->id, 1);
}

/* The server's packets arrive, ours do not: what it says tells nothing of what it hears. */
static void
test_search_ends_with_an_answer_only(void **state)
{
    (void)state;
    struct race race;
    race_init(&race, both, 2, 0);
    obey(&race, 0);
    race_note_heard(&race, 1, 10, 50);
    assert_false(race_turn(&race, 1, false, 900));
    assert_int_equal(race.roster.count, 1); /* not yet: it may be mere loss */
    assert_true(race_turn(&race, 2, false, 1000));
    obey(&race, 1000);
    race_note_heard(&race, 1, 0, 1010);
    race_note_heard(&race, 1, 900, 1020); /* of what left before the search */
    race_note_acked(&race, 1, 900, 1020);
    assert_true(race.is_searching);
    race_note_acked(&race, 2, 1000, 1100);
    assert_false(race.is_searching);
    assert_int_equal(race_current(&race)->peer, 1);
}

static void
test_turns_to_no_address_that_cannot_be_sent_to(void **state)
{
    (void)state;
    struct race race;
    race_init(&race, both, 2, 0);
    obey(&race, 0);
    race_note_heard(&race, 1, 10, 50);
    (void)race_turn(&race, 1, true, 1000);
    obey(&race, 1000);
    race_note_event(&race, 2, PATH_UNSENT, 1001);
    assert_null(race_other(&race, 1001));
    race_note_heard(&race, 1, 1001, 1100);
    assert_false(race_turn(&race, 1, true, 2000));
    assert_int_equal(race_current(&race)->id, 1);
    assert_true(race_turn(&race, 1, true, 1001 + RACE_BAD_MS));
    race_note_event(&race, 2, PATH_UNSENT, 40000);
    race_note_heard(&race, 1, 40000, 40100);
    race_note_event(&race, 1, PATH_MOVED, 41000); /* another network: all is open again */
    assert_true(race_turn(&race, 1, true, 41001));
}

static void
test_one_address_is_never_turned_from(void **state)
{
    (void)state;
    struct race race;
    race_init(&race, v4_only, 1, 0);
    obey(&race, 0);
    race_note_heard(&race, 1, 0, 50);
    assert_false(race_turn(&race, 5, true, 1000));
    assert_int_equal(obey(&race, 1000), 0);
    assert_int_equal(race.roster.count, 1);
    race_note_active(&race, 1000);
    assert_false(race_wants_packet(&race, true, 0, 5000));
    assert_true(race_deadline_ms(&race) == UINT64_MAX);
}

static void
test_fixed_never_hops(void **state)
{
    (void)state;
    struct race race;
    struct path_order order;
    race_init_fixed(&race, 9, PATH_FAMILY_V6);
    assert_int_equal(race_current(&race)->id, 9);
    race_note_sent(&race, 0, 1000000);
    race_note_event(&race, 9, PATH_UNSENT, 1000000);
    assert_false(race_next_order(&race, &order, 2000000));
    assert_true(race_deadline_ms(&race) == UINT64_MAX);
    race_note_event(&race, 9, PATH_DOWN, 2000000);
    assert_int_equal(race_current(&race)->id, 9);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_first_path_is_ordered_at_once),
        cmocka_unit_test(test_hops_when_unanswered),
        cmocka_unit_test(test_at_most_ten_paths),
        cmocka_unit_test(test_spares_close_after_a_minute),
        cmocka_unit_test(test_tries_the_next_address_until_one_answers),
        cmocka_unit_test(test_unreachable_address_gives_way_at_once),
        cmocka_unit_test(test_socket_that_cannot_be_opened),
        cmocka_unit_test(test_turns_to_the_other_address_when_one_is_unreachable),
        cmocka_unit_test(test_failed_hop_keeps_the_old_path),
        cmocka_unit_test(test_new_path_inherits_the_round_trip),
        cmocka_unit_test(test_sends_on_a_path_that_is_up),
        cmocka_unit_test(test_late_socket_does_not_win),
        cmocka_unit_test(test_orders_that_nobody_takes_are_bounded),
        cmocka_unit_test(test_turns_where_answers_come_from),
        cmocka_unit_test(test_search_ends_with_an_answer_only),
        cmocka_unit_test(test_turns_to_no_address_that_cannot_be_sent_to),
        cmocka_unit_test(test_one_address_is_never_turned_from),
        cmocka_unit_test(test_fixed_never_hops),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
