#include "test.h"

#include "net/transport/cadence.h"

static void
test_slower_when_idle_on_a_steady_path(void **state)
{
    (void)state;
    const struct cadence stock = { 0 }, skua = { .peer_is_skua = true };
    struct link_timing timing = { .has_sample = true, .srtt_ms = 100, .rto_ms = 150 };
    assert_int_equal(cadence_heartbeat_ms(&stock, &timing, 29999, false), 3000);
    assert_int_equal(cadence_heartbeat_ms(&stock, &timing, 30000, false), 6100);
    assert_int_equal(cadence_heartbeat_ms(&skua, &timing, 30000, false), 10000);
    assert_int_equal(cadence_heartbeat_ms(&skua, &timing, 29999, true), 3000);
    assert_int_equal(cadence_heartbeat_ms(&skua, &timing, 30000, true), 10300);
    assert_int_equal(cadence_silence_ms(&stock, 30000), 6100);
    timing.loss_permille = 5;
    assert_int_equal(cadence_heartbeat_ms(&skua, &timing, 30000, false), 3000);
    timing.loss_permille = 0;
    timing.rto_ms = 301;
    assert_int_equal(cadence_heartbeat_ms(&skua, &timing, 30000, false), 3000);
    timing.rto_ms = 150;
    timing.has_sample = false;
    assert_int_equal(cadence_heartbeat_ms(&skua, &timing, 30000, false), 3000);
}

static void
test_sparse_where_packets_cost(void **state)
{
    (void)state;
    const struct cadence stock = { .is_metered = true };
    const struct cadence skua = { .is_metered = true, .peer_is_skua = true };
    struct link_timing timing = { .has_sample = true, .srtt_ms = 100, .rto_ms = 150 };
    assert_int_equal(cadence_heartbeat_ms(&skua, &timing, 4999, false), 3000);
    assert_int_equal(cadence_heartbeat_ms(&skua, &timing, 5000, false), 20000);
    assert_int_equal(cadence_heartbeat_ms(&stock, &timing, 5000, false), 6100);
    timing.loss_permille = 5; /* a Skua client waits in silence; a stock one would complain */
    assert_int_equal(cadence_heartbeat_ms(&skua, &timing, 5000, false), 20000);
    assert_int_equal(cadence_heartbeat_ms(&stock, &timing, 5000, false), 3000);
}

static void
test_knocks_get_rarer(void **state)
{
    (void)state;
    assert_int_equal(cadence_dead_ms(0, true), 288);
    assert_int_equal(cadence_dead_ms(119999, true), 288);
    assert_int_equal(cadence_dead_ms(120000, true), 1100);
    assert_int_equal(cadence_dead_ms(600000, true), 3000);
    assert_int_equal(cadence_dead_ms(0, false), 1100);
    assert_int_equal(cadence_dead_ms(UINT64_MAX, false), 3000);
}

static void
test_acknowledgements_are_denser_where_there_is_loss(void **state)
{
    (void)state;
    struct link_timing timing = { .has_sample = true, .loss_permille = CADENCE_ACK_LOSSY - 1 };
    assert_int_equal(cadence_ack_spacing_ms(&timing), 100);
    timing.loss_permille = CADENCE_ACK_LOSSY;
    assert_int_equal(cadence_ack_spacing_ms(&timing), 60);
}

static void
test_as_many_copies_as_the_loss_asks_for(void **state)
{
    (void)state;
    assert_int_equal(cadence_copies(0), 0);
    assert_int_equal(cadence_copies(5), 0);
    assert_int_equal(cadence_copies(6), 1);
    assert_int_equal(cadence_copies(100), 2);
    assert_int_equal(cadence_copies(1000), CADENCE_COPIES_MAX);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_slower_when_idle_on_a_steady_path),
        cmocka_unit_test(test_sparse_where_packets_cost),
        cmocka_unit_test(test_knocks_get_rarer),
        cmocka_unit_test(test_acknowledgements_are_denser_where_there_is_loss),
        cmocka_unit_test(test_as_many_copies_as_the_loss_asks_for),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
