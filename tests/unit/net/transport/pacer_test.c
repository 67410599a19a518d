#include "test.h"

#include "net/transport/cadence.h"
#include "net/transport/pacer_fixture.h"

static void
test_nothing_without_a_peer(void **state)
{
    (void)state;
    struct fixture f = make(true);
    f.timing.has_peer = false;
    change(&f, START);
    pacer_poke(&f.pacer);
    assert_true(due(&f, START) == UINT64_MAX);
    assert_int_equal(f.what, PACER_NOTHING);
    f.timing.has_peer = true;
    f.timing.allowance_bytes = 100; /* not even a small one */
    assert_true(due(&f, START) == UINT64_MAX);
    f.timing.allowance_bytes = 1000;
    assert_int_equal(due(&f, START), START);
}

static void
test_heartbeat(void **state)
{
    (void)state;
    struct fixture f = make(false);
    assert_int_equal(due(&f, START), START); /* the first at once */
    assert_int_equal(f.what, PACER_HEARTBEAT);
    sent(&f, PACER_HEARTBEAT, 0, START);
    assert_int_equal(due(&f, START), START + 3000);
    assert_int_equal(f.what, PACER_HEARTBEAT);
    sent(&f, PACER_FRESH, 10, START + 1000);
    assert_int_equal(due(&f, START + 1000), START + 4000);
    /* What has no new number is no sign of life to stock. */
    const struct pacer_sent ping = { .what = PACER_RETRY };
    pacer_note_sent(&f.pacer, &ping, &f.timing, START + 2000);
    assert_int_equal(due(&f, START + 2000), START + 4000);
}

static void
test_input_leaves_at_once(void **state)
{
    (void)state;
    struct fixture f = make_settled(true);
    for (uint64_t i = 0; i < 40; i++) { /* a key right after each packet of ours */
        change(&f, START + i);
        assert_int_equal(due(&f, START + i), START + i);
        assert_int_equal(f.what, PACER_FRESH);
        sent(&f, PACER_FRESH, 20, START + i);
        f.facts.fresh = false;
    }
}

static void
test_an_empty_bucket_paces_input(void **state)
{
    (void)state;
    struct fixture f = make_settled(true);
    uint64_t at = START;
    unsigned packets = 0;
    change(&f, at);
    while (at < START + 10000) {
        at = due(&f, at);
        sent(&f, PACER_FRESH, 20, at);
        change(&f, at);
        packets++;
    }
    assert_in_range(packets, 200, PACER_CLIENT_BURST + 1000);
    /* Large diffs empty it sooner. */
    f = make_settled(true);
    change(&f, START);
    sent(&f, PACER_FRESH, 60 * 1000, START);
    change(&f, START);
    assert_true(due(&f, START) >= START + 50);
}

static void
test_a_server_collects(void **state)
{
    (void)state;
    struct fixture f = make_settled(false);
    change(&f, START);
    assert_int_equal(due(&f, START), START + PACER_COLLECT_MS);
    change(&f, START + 7);
    assert_int_equal(due(&f, START + 7), START + PACER_COLLECT_MS); /* from the first change */
    pacer_note_quiet(&f.pacer);
    assert_int_equal(due(&f, START + 7), START + 7);
    assert_int_equal(f.what, PACER_FRESH);
}

static void
test_an_echo_waits_only_for_quiet(void **state)
{
    (void)state;
    struct fixture f = make_settled(false);
    pacer_note_state(&f.pacer, 10, false, START);
    change(&f, START + 2);
    assert_int_equal(due(&f, START + 2), START + 2 + PACER_QUIET_MS);
    change(&f, START + 3);
    assert_int_equal(due(&f, START + 3), START + 3 + PACER_QUIET_MS);
    change(&f, START + 9); /* it does not stop: the cap */
    assert_int_equal(due(&f, START + 9), START + 2 + PACER_COLLECT_MS);
}

static void
test_bulk_output_is_paced_and_an_echo_is_not(void **state)
{
    (void)state;
    struct fixture f = make_settled(false);
    uint64_t at = START;
    unsigned frames = 0;
    change(&f, at);
    while (at < START + 5000) {
        at = due(&f, at);
        sent(&f, PACER_FRESH, 3000, at);
        change(&f, at);
        frames++;
    }
    assert_in_range(frames, 95, 105); /* one each 50 ms */
    assert_true(due(&f, at) >= at + 40);
    pacer_note_state(&f.pacer, 10, false, at);
    assert_true(due(&f, at) <= at + PACER_COLLECT_MS);
}

/* Output that goes on is shown at a steady pace; the first after a pause, and what follows input, is not. */
static void
test_output_that_goes_on_is_shown_more_rarely(void **state)
{
    (void)state;
    struct fixture f = make_settled(false);
    f.timing.send_interval_ms = 20;
    change(&f, START);
    assert_int_equal(due(&f, START), START + PACER_COLLECT_MS);
    sent(&f, PACER_FRESH, 100, START + 8);
    change(&f, START + 9);
    assert_int_equal(due(&f, START + 9), START + 8 + PACER_FLOW_MS);
    pacer_note_state(&f.pacer, 10, false, START + 10);
    assert_int_equal(due(&f, START + 10), START + 9 + PACER_QUIET_MS);
}

/* What was spent before the first sample comes back at the measured pace. */
static void
test_a_guessed_interval_does_not_linger(void **state)
{
    (void)state;
    struct fixture f = make_settled(false);
    f.timing.send_interval_ms = 250;
    for (int i = 0; i < PACER_SERVER_BURST; i++) {
        change(&f, START + 1);
        due(&f, START + 1);
        sent(&f, PACER_FRESH, 20, START + 1);
    }
    f.pacer.last_input_ms = START;
    f.pacer.has_input = true; /* else the pace is that of output that goes on */
    change(&f, START + 1);
    assert_int_equal(due(&f, START + 1), START + 251);
    f.timing.send_interval_ms = 20;
    assert_int_equal(due(&f, START + 1), START + 21);
}

static void
test_acknowledgements(void **state)
{
    (void)state;
    struct fixture f = make_settled(true);
    pacer_note_state(&f.pacer, 0, false, START + 500); /* an empty diff: no hurry */
    assert_int_equal(due(&f, START + 500), START + 3000);
    pacer_note_state(&f.pacer, 10, false, START + 500);
    assert_int_equal(due(&f, START + 500), START + 500 + PACER_ACK_DELAY_MS);
    assert_int_equal(f.what, PACER_ACK);
    pacer_note_state(&f.pacer, 10, false, START + 510); /* does not push it back */
    assert_int_equal(due(&f, START + 510), START + 500 + PACER_ACK_DELAY_MS);
    sent(&f, PACER_ACK, 0, START + 520);
    pacer_note_state(&f.pacer, 10, false, START + 530);
    assert_int_equal(due(&f, START + 530), START + 520 + CADENCE_ACK_MS);
    sent(&f, PACER_FRESH, 10, START + 540); /* piggybacked */
    assert_true(due(&f, START + 541) > START + 3000);
    pacer_note_state(&f.pacer, 10, true, START + 700);
    assert_int_equal(due(&f, START + 700), START + 700);
    sent(&f, PACER_ACK, 0, START + 700);
    pacer_note_state(&f.pacer, CADENCE_ACK_BULK_BYTES, false, START + 705); /* it may wait for us */
    assert_int_equal(due(&f, START + 705), START + 700 + CADENCE_ACK_SOON_MS);
}

static void
test_acknowledgements_do_not_hold_input_back(void **state)
{
    (void)state;
    struct fixture f = make_settled(true);
    for (uint64_t i = 0; i < 200; i++)
        sent(&f, PACER_ACK, 0, START + i);
    change(&f, START + 200);
    assert_int_equal(due(&f, START + 200), START + 200);
}

static void
test_repeats_are_answered_at_a_falling_rate(void **state)
{
    (void)state;
    struct fixture f = make_settled(true);
    due(&f, START); /* learns the interval */
    f.timing.last_heard_ms = START + 5000;
    uint64_t at = START + 1000, before = 0;
    pacer_note_repeat(&f.pacer, at);
    assert_int_equal(due(&f, at), at); /* the first at once */
    for (int i = 0; i < 6; i++) {
        sent(&f, PACER_ACK, 0, at);
        pacer_note_repeat(&f.pacer, at + 1);
        uint64_t next = due(&f, at + 1);
        assert_true(next - at >= 50 && next - at <= 1000);
        assert_true(next - at >= before);
        before = next - at;
        at = next;
    }
    assert_true(before >= 500);
}

static void
test_retries_back_off(void **state)
{
    (void)state;
    struct fixture f = make_settled(true);
    f.timing.rto_ms = 50;
    sent(&f, PACER_FRESH, 100, START);
    f.facts.outstanding = true;
    f.facts.assumed_until_ms = START + 150;
    assert_int_equal(due(&f, START), START + 150);
    assert_int_equal(f.what, PACER_RETRY);
    uint64_t at = START + 150, base = 300;
    for (int i = 0; i < 6; i++) {
        f.timing.last_heard_ms = at + 1; /* heard, but not what we wait for */
        sent(&f, PACER_RETRY, 100, at);
        f.facts.assumed_until_ms = at + 150;
        uint64_t next = due(&f, at + 2), step = base < 1000 ? base : 1000;
        assert_int_equal(f.what, PACER_RETRY);
        assert_in_range(next - at, step, step + step / 8);
        for (uint64_t t = at; t + 600 < next; t += 500) { /* all the time */
            f.timing.last_heard_ms = t + 500;
            assert_int_equal(due(&f, t + 500), next);
        }
        at = next;
        base *= 2;
    }
    pacer_note_progress(&f.pacer);
    f.facts.assumed_until_ms = 0;
    assert_int_equal(due(&f, at), at);
}

static void
test_the_first_state_is_repeated_soon(void **state)
{
    (void)state;
    struct fixture f = make(true);
    f.timing.has_heard = f.timing.has_sample = false;
    f.timing.rto_ms = 1000;
    f.timing.send_interval_ms = 250;
    assert_int_equal(pacer_window_ms(&f.timing, false), PACER_FIRST_RETRY_MS);
    sent(&f, PACER_FRESH, 8, START);
    f.facts.outstanding = true;
    uint64_t at = START;
    const uint64_t least[] = { 100, 200, 400, 800, 1000, 1000 };
    for (size_t i = 0; i < sizeof least / sizeof *least; i++) {
        f.facts.assumed_until_ms = at + 100;
        uint64_t next = due(&f, at);
        assert_in_range(next - at, least[i], least[i] + least[i] / 8);
        sent(&f, PACER_RETRY, 8, next);
        at = next;
    }
}

static void
test_a_dead_path_and_its_revival(void **state)
{
    (void)state;
    struct fixture f = make_settled(true);
    f.facts.outstanding = true;
    f.facts.assumed_until_ms = 0;
    sent(&f, PACER_FRESH, 100, START + 1);
    uint64_t at = START + 1;
    for (int i = 0; i < PACER_DEAD_TRIES; i++) {
        assert_false(f.pacer.is_dead);
        at = due(&f, at);
        sent(&f, PACER_RETRY, 100, at);
    }
    assert_true(f.pacer.is_dead);
    change(&f, at + 1); /* input leaves, but not at once */
    assert_int_equal(due(&f, at + 1), at + PACER_DEAD_INPUT_MS);
    f.facts.fresh = false;
    assert_true(due(&f, at + 1) >= at + 800);
    f.timing.last_heard_ms = at + 5;
    assert_int_equal(due(&f, at + 5), at + 5); /* proof of life */
    assert_int_equal(f.what, PACER_RETRY);
    assert_false(f.pacer.is_dead);
    sent(&f, PACER_RETRY, 100, at + 5);
    assert_true(due(&f, at + 6) > at + 300);
}

/* The packet that revives a path may acknowledge something old as well. */
static void
test_progress_revives_too(void **state)
{
    (void)state;
    struct fixture f = make_settled(false);
    f.facts.outstanding = true;
    f.facts.assumed_until_ms = 0;
    uint64_t at = START + 1;
    for (int i = 0; i < PACER_DEAD_TRIES; i++) {
        at = due(&f, at);
        sent(&f, PACER_RETRY, 20, at);
    }
    assert_true(f.pacer.is_dead);
    f.facts.assumed_until_ms = at + 400;
    f.timing.last_heard_ms = at + 50;
    pacer_note_progress(&f.pacer);
    assert_int_equal(due(&f, at + 50), at + 50);
    assert_int_equal(f.what, PACER_RETRY);
    sent(&f, PACER_RETRY, 20, at + 50);
    assert_true(due(&f, at + 51) > at + 100);
}

static void
test_a_silent_server_is_probed(void **state)
{
    (void)state;
    struct fixture f = make_settled(true);
    uint64_t at = START;
    unsigned probes = 0;
    while (at < START + 20000) {
        at = due(&f, at);
        probes += f.what == PACER_PROBE;
        if (probes == 1 && f.what == PACER_PROBE)
            assert_int_equal(at, START + 3000 + 400);
        sent(&f, f.what, 0, at);
    }
    assert_in_range(probes, 14, 18); /* once a second soon */
    f.timing.last_heard_ms = at;
    due(&f, at);
    assert_int_equal(f.pacer.tries, 0);
    struct fixture server = make_settled(false); /* has other things to do */
    sent(&server, PACER_HEARTBEAT, 0, START + 5000);
    assert_int_equal(due(&server, START + 5000), START + 8000);
}

static void
test_what_did_not_leave_is_tried_again_with_care(void **state)
{
    (void)state;
    struct fixture f = make_settled(true);
    uint64_t at = START, tries = 0;
    while (at < START + 60000) {
        sent(&f, PACER_PROBE, 0, at);
        pacer_note_unsent(&f.pacer, at);
        uint64_t next = due(&f, at);
        assert_true(next > at);
        at = next;
        tries++;
    }
    assert_in_range(tries, 60, 75);
    pacer_poke(&f.pacer); /* a route appeared */
    assert_int_equal(due(&f, at - 1), at - 1);
}

static void
test_blocked_until_something_is_acknowledged(void **state)
{
    (void)state;
    struct fixture f = make_settled(true);
    change(&f, START);
    pacer_note_blocked(&f.pacer, START + 1000);
    assert_int_equal(due(&f, START), START + 1000);
    pacer_note_progress(&f.pacer);
    assert_int_equal(due(&f, START + 1), START + 1);
}

static void
shutdown_goes_on(bool is_client, unsigned least, unsigned most, uint64_t over_ms)
{
    struct fixture f = make_settled(is_client);
    pacer_shutdown(&f.pacer, START + 10);
    pacer_shutdown(&f.pacer, START + 5000); /* the first counts */
    uint64_t at = START + 10, last = at;
    unsigned tries = 0;
    while (!pacer_is_over(&f.pacer, at)) {
        at = due(&f, at);
        assert_int_equal(f.what, PACER_SHUTDOWN);
        if (tries == 0)
            assert_int_equal(at, START + 10); /* at once */
        if (tries == 1)
            assert_int_equal(at, START + 110);
        assert_true(at - last <= 1000);
        last = at;
        sent(&f, PACER_SHUTDOWN, 0, at);
        tries++;
    }
    assert_in_range(tries, least, most);
    assert_int_equal(pacer_end_ms(&f.pacer), START + 10 + over_ms);
    f.timing.last_heard_ms = at; /* it is there, and does not acknowledge: */
    due(&f, at);
    assert_int_equal(pacer_end_ms(&f.pacer), START + 10 + PACER_SHUTDOWN_OVER_MS);
    f.facts.is_acked = true;
    assert_true(due(&f, at) == UINT64_MAX);
}

static void
test_shutdown_goes_on(void **state)
{
    (void)state;
    shutdown_goes_on(true, 11, 16, PACER_SHUTDOWN_OVER_MS);
    shutdown_goes_on(false, 61, 66, PACER_SHUTDOWN_SILENT_MS);
}

static void
test_answers_to_a_shutdown(void **state)
{
    (void)state;
    for (int is_client = 0; is_client < 2; is_client++) {
        struct fixture f = make_settled(is_client);
        assert_false(pacer_is_answered(&f.pacer, START + 100));
        pacer_note_asked(&f.pacer, START + 100);
        uint64_t at = START + 100;
        for (int i = 0; i < PACER_ANSWERS; i++) {
            assert_false(pacer_is_answered(&f.pacer, at));
            at = due(&f, at);
            assert_int_equal(at, START + 100 + (uint64_t)i * PACER_ANSWER_SPACING_MS);
            assert_int_equal(f.what, PACER_ACK);
            sent(&f, PACER_ACK, 0, at);
        }
        /* The client goes: the server is ending anyway. A server stays for repeats. */
        assert_int_equal(pacer_is_answered(&f.pacer, at), is_client);
        assert_true(due(&f, at) > at + 1000);
        pacer_note_repeat(&f.pacer, at + 300);
        assert_int_equal(due(&f, at + 300), at + 300);
        assert_true(pacer_is_answered(&f.pacer, START + 100 + PACER_LINGER_MS));
        assert_int_equal(pacer_end_ms(&f.pacer),
                         is_client ? at + 1 : START + 100 + PACER_LINGER_MS);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_nothing_without_a_peer),
        cmocka_unit_test(test_heartbeat),
        cmocka_unit_test(test_input_leaves_at_once),
        cmocka_unit_test(test_an_empty_bucket_paces_input),
        cmocka_unit_test(test_a_server_collects),
        cmocka_unit_test(test_an_echo_waits_only_for_quiet),
        cmocka_unit_test(test_bulk_output_is_paced_and_an_echo_is_not),
        cmocka_unit_test(test_output_that_goes_on_is_shown_more_rarely),
        cmocka_unit_test(test_a_guessed_interval_does_not_linger),
        cmocka_unit_test(test_acknowledgements),
        cmocka_unit_test(test_acknowledgements_do_not_hold_input_back),
        cmocka_unit_test(test_repeats_are_answered_at_a_falling_rate),
        cmocka_unit_test(test_retries_back_off),
        cmocka_unit_test(test_the_first_state_is_repeated_soon),
        cmocka_unit_test(test_a_dead_path_and_its_revival),
        cmocka_unit_test(test_progress_revives_too),
        cmocka_unit_test(test_a_silent_server_is_probed),
        cmocka_unit_test(test_what_did_not_leave_is_tried_again_with_care),
        cmocka_unit_test(test_blocked_until_something_is_acknowledged),
        cmocka_unit_test(test_shutdown_goes_on),
        cmocka_unit_test(test_answers_to_a_shutdown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
