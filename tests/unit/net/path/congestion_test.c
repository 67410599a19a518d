#include "test.h"

#include "net/path/congestion.h"

#define RTT_MS 100

/* Rounds of one full window each, of round trips that take rtt_ms. Returns the time. */
static uint64_t
rounds(struct congestion *c, int count, uint64_t rtt_ms, uint64_t now_ms)
{
    for (int i = 0; i < count; i++) {
        uint64_t mark = 0;
        while (congestion_has_room(c, 0))
            mark = congestion_note_sent(c, CONGESTION_DATAGRAM_BYTES);
        now_ms += rtt_ms;
        congestion_note_acked(c, mark);
        congestion_note_rtt(c, rtt_ms, now_ms);
    }
    return now_ms;
}

static void
test_window_bounds_what_is_under_way(void **state)
{
    (void)state;
    struct congestion c;
    congestion_init(&c);
    uint64_t mark = 0;
    int sent = 0;
    while (congestion_has_room(&c, 0)) {
        mark = congestion_note_sent(&c, CONGESTION_DATAGRAM_BYTES);
        sent++;
    }
    assert_int_equal(sent, CONGESTION_START_BYTES / CONGESTION_DATAGRAM_BYTES);
    assert_true(congestion_has_room(&c, 1)); /* beyond it */
    congestion_note_acked(&c, mark + 1);     /* never sent */
    assert_false(congestion_has_room(&c, 0));
    congestion_note_acked(&c, mark);
    assert_true(congestion_has_room(&c, 0));
}

static void
test_grows_where_nothing_waits(void **state)
{
    (void)state;
    struct congestion c;
    congestion_init(&c);
    (void)rounds(&c, 50, RTT_MS, 0);
    assert_true(c.window_bytes > 10 * CONGESTION_START_BYTES);
    (void)rounds(&c, 1000, RTT_MS, 10000);
    assert_true(c.window_bytes <= CONGESTION_MAX_BYTES);
}

static void
test_who_sends_little_learns_nothing(void **state)
{
    (void)state;
    struct congestion c;
    congestion_init(&c);
    for (uint64_t i = 1; i < 100; i++) {
        assert_true(congestion_has_room(&c, 0));
        congestion_note_acked(&c, congestion_note_sent(&c, 100));
        congestion_note_rtt(&c, RTT_MS, i * RTT_MS);
    }
    assert_true(c.window_bytes == CONGESTION_START_BYTES);
}

static void
test_a_queue_shrinks_it(void **state)
{
    (void)state;
    struct congestion c;
    congestion_init(&c);
    uint64_t now_ms = rounds(&c, 20, RTT_MS, 0);
    double before = c.window_bytes;
    now_ms = rounds(&c, 2, RTT_MS + 2 * CONGESTION_LIMIT_MS, now_ms);
    assert_true(c.window_bytes >= before); /* may be jitter */
    now_ms = rounds(&c, 4, RTT_MS + 2 * CONGESTION_LIMIT_MS, now_ms);
    assert_true(c.window_bytes < before / 2);
    (void)rounds(&c, 30, RTT_MS + 2 * CONGESTION_LIMIT_MS, now_ms);
    assert_true(c.window_bytes == CONGESTION_MIN_BYTES);
    assert_true(congestion_has_room(&c, 0)); /* with nothing under way there always is */
}

static void
test_a_mark_is_a_queue(void **state)
{
    (void)state;
    struct congestion c;
    congestion_init(&c);
    uint64_t now_ms = rounds(&c, 20, RTT_MS, 0);
    double before = c.window_bytes;
    (void)rounds(&c, 4, RTT_MS + 500, now_ms);
    assert_true(c.window_bytes < before);
}

static void
test_losses_shrink_it_once_a_round_trip(void **state)
{
    (void)state;
    struct congestion c;
    congestion_init(&c);
    double before = c.window_bytes;
    for (uint64_t ms = 1000; ms < 1000 + RTT_MS; ms += 10)
        congestion_note_loss(&c, RTT_MS, ms);
    assert_true(c.window_bytes > before / 2 && c.window_bytes < before);
    congestion_note_loss(&c, RTT_MS, 1000 + RTT_MS);
    assert_true(c.window_bytes < before / 2 + 1);
}

/* A download of somebody else fills the queue: what stays is a part of the path. */
static void
test_a_queue_that_is_not_ours_is_no_reason_to_starve(void **state)
{
    (void)state;
    struct congestion c;
    congestion_init(&c);
    uint64_t now_ms = rounds(&c, 20, RTT_MS, 0);
    now_ms = rounds(&c, 40, 1000, now_ms);
    double starved = c.window_bytes;
    (void)rounds(&c, 20, 1000, now_ms);
    assert_true(c.window_bytes > starved);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_window_bounds_what_is_under_way),
        cmocka_unit_test(test_grows_where_nothing_waits),
        cmocka_unit_test(test_who_sends_little_learns_nothing),
        cmocka_unit_test(test_a_queue_shrinks_it),
        cmocka_unit_test(test_a_mark_is_a_queue),
        cmocka_unit_test(test_losses_shrink_it_once_a_round_trip),
        cmocka_unit_test(test_a_queue_that_is_not_ours_is_no_reason_to_starve),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
