#include "test.h"

#include "net/transport/counter.h"
#include "net/transport/flight.h"

struct fixture {
    struct counter counter;
    struct syncable object;
    struct sent_list list;
    struct flight flight;
};

static int
setup(void **state)
{
    struct fixture *f = calloc(1, sizeof *f);
    assert_non_null(f);
    f->object = counter_syncable(&f->counter);
    sent_list_init(&f->list, &f->object, counter_at(&f->counter, 0), 1000);
    flight_init(&f->flight);
    *state = f;
    return 0;
}

static int
teardown(void **state)
{
    struct fixture *f = *state;
    sent_list_fini(&f->list);
    free(f);
    return 0;
}

static void
send(struct fixture *f, uint64_t num, size_t bytes)
{
    sent_list_append(&f->list, num, 0, counter_at(&f->counter, num), true, 1000);
    const struct packed packed = { .is_kept = true, .num = num, .bytes = bytes, .fragments = 1 };
    flight_note_sent(&f->flight, &packed, &f->list);
}

static void
test_full_until_acknowledged(void **state)
{
    struct fixture *f = *state;
    assert_false(flight_is_full(&f->flight, &f->list, false));
    uint64_t num = 0;
    while (!flight_is_full(&f->flight, &f->list, false))
        send(f, ++num, 1000);
    assert_int_equal(num, CONGESTION_START_BYTES / (1000 + FLIGHT_HEADERS_BYTES) + 1);
    assert_false(flight_is_full(&f->flight, &f->list, true)); /* an answer still goes ... */
    send(f, ++num, 1000);
    send(f, ++num, 1000);
    send(f, ++num, 1000);
    assert_true(flight_is_full(&f->flight, &f->list, true)); /* ... but not any number of them */

    assert_true(sent_list_ack(&f->list, num - 1)); /* those before it count as arrived */
    flight_note_acked(&f->flight, &f->list);
    assert_false(flight_is_full(&f->flight, &f->list, false));
}

/* What is under way may be lost, but a peer that has everything waits for nothing. */
static void
test_never_full_when_nothing_is_outstanding(void **state)
{
    struct fixture *f = *state;
    const struct packed filler = { .is_kept = true, .num = 99, .bytes = 100000, .fragments = 80 };
    flight_note_sent(&f->flight, &filler, &f->list);
    assert_false(flight_is_full(&f->flight, &f->list, false));
}

static void
test_each_round_trip_counts_once(void **state)
{
    struct fixture *f = *state;
    struct link_timing timing = { .srtt_ms = 100, .rtt_ms = 100, .rtt_samples = 1 };
    flight_look(&f->flight, &timing, 1000);
    timing.rtt_ms = 400;
    flight_look(&f->flight, &timing, 1100); /* no new sample */
    assert_int_equal(f->flight.congestion.newest_ms[CONGESTION_SAMPLES - 1], 100);
    double before = f->flight.congestion.window_bytes;
    for (timing.rtt_samples = 2; timing.rtt_samples < 6; timing.rtt_samples++)
        flight_look(&f->flight, &timing, 1000 + 400 * timing.rtt_samples);
    assert_true(f->flight.congestion.window_bytes < before);
    before = f->flight.congestion.window_bytes;
    flight_note_loss(&f->flight, &timing, 10000);
    assert_true(f->flight.congestion.window_bytes < before);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_full_until_acknowledged, setup, teardown),
        cmocka_unit_test_setup_teardown(test_never_full_when_nothing_is_outstanding, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(test_each_round_trip_counts_once, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
