/* What a link measures with timestamps, and what it does not let them say. */
#include "net/datagram/link_fixture.h"

#include "net/datagram/timestamp.h"

static void
test_round_trips_are_measured(void **state)
{
    struct ends *ends = *state;
    assert_int_equal(to_server(ends, &client_addr, 1000, 1040), SKUA_OK);
    assert_int_equal(to_client(ends, 1240, 1300), SKUA_OK); /* held 200, under way 100 */
    const struct link_timing timing = link_timing(ends->client, 1300);
    assert_true(timing.has_sample);
    assert_int_equal(timing.srtt_ms, 100);
    assert_int_equal(timing.rto_ms, 300);
    assert_int_equal(timing.send_interval_ms, 50);
    assert_int_equal(timing.piece_bytes, 1214);
    assert_true(timing.has_heard);
    assert_int_equal(timing.last_heard_ms, 1300);
    assert_int_equal(link_stats(ends->client).rtt_samples, 1);

    assert_int_equal(to_client(ends, 1300, 1310), SKUA_OK); /* each timestamp is echoed once */
    assert_int_equal(opened(ends).timestamp_reply, TIMESTAMP_NONE);
    assert_int_equal(link_stats(ends->client).rtt_samples, 1);
    assert_int_equal(to_server(ends, &client_addr, 2000, 2000), SKUA_OK);
    assert_int_equal(to_client(ends, 3000, 3000), SKUA_OK); /* held for a whole second */
    assert_int_equal(link_stats(ends->client).rtt_samples, 1);
}

/* The kernel's arrival time, not that of our waking up, ends a round trip and starts a hold. */
static void
test_arrival_time_of_the_kernel(void **state)
{
    struct ends *ends = *state;
    assert_int_equal(send_bytes(ends, ends->client, 20, 1000), SKUA_OK);
    struct arrival how = { .path = SERVER_PATH, .from = client_addr, .at_ms = 1040 };
    assert_int_equal(link_receive(ends->server, buf_view(&ends->datagram), &how, &ends->scratch,
                                  &ends->payload, 1060),
                     SKUA_OK);
    assert_int_equal(send_bytes(ends, ends->server, 20, 1090), SKUA_OK);
    assert_int_equal(opened(ends).timestamp_reply, 1050);
    how = (struct arrival){ .path = 1, .from = server_addr, .at_ms = 1130 };
    assert_int_equal(link_receive(ends->client, buf_view(&ends->datagram), &how, &ends->scratch,
                                  &ends->payload, 1500),
                     SKUA_OK);
    assert_int_equal(link_timing(ends->client, 1500).srtt_ms, 80);

    how.at_ms = 99999; /* from the future: another clock */
    how.path = SERVER_PATH;
    assert_int_equal(send_bytes(ends, ends->client, 20, 1500), SKUA_OK);
    assert_int_equal(link_receive(ends->server, buf_view(&ends->datagram), &how, &ends->scratch,
                                  &ends->payload, 1600),
                     SKUA_OK);
    assert_int_equal(link_timing(ends->server, 1600).last_heard_ms, 1600);
}

/* Gaps in the sequence are losses; the sequence of a forgery is nothing. */
static void
test_losses_are_counted(void **state)
{
    struct ends *ends = *state;
    assert_int_equal(to_server(ends, &client_addr, 1000, 1040), SKUA_OK);
    assert_int_equal(link_timing(ends->server, 1040).loss_permille, 0);
    assert_int_equal(send_bytes(ends, ends->client, 20, 1050), SKUA_OK); /* lost */
    assert_int_equal(send_bytes(ends, ends->client, 20, 1060), SKUA_OK);
    ends->datagram.data[4] ^= 1;
    assert_int_equal(
        receive_on(ends, ends->server, buf_view(&ends->datagram), &client_addr, SERVER_PATH, 1090),
        SKUA_ERR_FORGED);
    assert_int_equal(link_timing(ends->server, 1090).loss_permille, 0);
    assert_int_equal(to_server(ends, &client_addr, 1100, 1140), SKUA_OK);
    assert_in_range(link_timing(ends->server, 1140).loss_permille, 50, 70);
}

static int
set_up_before_the_wrap(void **state)
{
    return ends_set_up_at(state, 65000);
}

static void
test_timestamps_wrap(void **state)
{
    struct ends *ends = *state;
    assert_int_equal(to_server(ends, &client_addr, 65500, 65520), SKUA_OK);
    assert_int_equal(to_client(ends, 65530, 65550), SKUA_OK);
    assert_int_equal(link_timing(ends->client, 65550).srtt_ms, 40);
    assert_int_equal(send_bytes(ends, ends->client, 20, 65535), SKUA_OK);
    assert_int_equal(opened(ends).timestamp, 0);
    assert_int_equal(send_bytes(ends, ends->client, 20, 65536 + 7), SKUA_OK);
    assert_int_equal(opened(ends).timestamp, 7);
}

/* Echoes of what we never sent: from the future, or from before the link or our sleep. */
static void
test_impossible_round_trips_are_ignored(void **state)
{
    struct ends *ends = *state;
    struct aes_ocb *ocb = aes_ocb_new(&test_key);
    const uint16_t replies[] = { TIMESTAMP_NONE, 2001, 900, 1000 - 500, 60000 };
    for (size_t i = 0; i < sizeof replies / sizeof *replies; i++) {
        const struct packet packet = { PACKET_TO_CLIENT, i, TIMESTAMP_NONE, replies[i],
                                       view_of("0123456789a", 11) };
        buf_clear(&ends->datagram);
        assert_int_equal(packet_seal(ocb, &packet, &ends->datagram), SKUA_OK);
        assert_int_equal(
            receive_on(ends, ends->client, buf_view(&ends->datagram), &server_addr, 1, 2000),
            SKUA_OK);
    }
    assert_false(link_timing(ends->client, 2000).has_sample);

    const uint8_t random[LINK_SKIP_RANDOM_BYTES] = { 0 };
    link_woke(ends->client, view_of(random, sizeof random), 65536 * 3 + 2000);
    const struct packet packet = { PACKET_TO_CLIENT, 99, TIMESTAMP_NONE, 1950,
                                   view_of("0123456789a", 11) };
    buf_clear(&ends->datagram);
    assert_int_equal(packet_seal(ocb, &packet, &ends->datagram), SKUA_OK);
    assert_int_equal(receive_on(ends, ends->client, buf_view(&ends->datagram), &server_addr, 1,
                                65536 * 3 + 2010), /* looks like 60 ms, was three minutes */
                     SKUA_OK);
    assert_false(link_timing(ends->client, 2000).has_sample);
    aes_ocb_free(ocb);
}

static void
test_long_round_trips_are_not_taken_on_trust(void **state)
{
    struct ends *ends = *state;
    assert_int_equal(to_server(ends, &client_addr, 1000, 4000), SKUA_OK);
    assert_int_equal(to_client(ends, 4000, 7000), SKUA_OK); /* 6 s */
    assert_false(link_timing(ends->client, 7000).has_sample);
}

static void
test_congestion_marks_are_echoed_as_delay(void **state)
{
    struct ends *ends = *state;
    assert_int_equal(send_bytes(ends, ends->client, 20, 10000), SKUA_OK);
    const struct arrival how = { .path = SERVER_PATH, .from = client_addr, .ecn = ECN_CE };
    assert_int_equal(link_receive(ends->server, buf_view(&ends->datagram), &how, &ends->scratch,
                                  &ends->payload, 10010),
                     SKUA_OK);
    assert_int_equal(link_stats(ends->server).packets_marked, 1);
    assert_int_equal(send_bytes(ends, ends->server, 20, 10010), SKUA_OK);
    assert_int_equal(opened(ends).timestamp_reply, 9500);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        end_to_end_test(test_round_trips_are_measured),
        end_to_end_test(test_arrival_time_of_the_kernel),
        cmocka_unit_test_setup_teardown(test_losses_are_counted, ends_set_up, ends_tear_down),
        cmocka_unit_test_setup_teardown(test_timestamps_wrap, set_up_before_the_wrap,
                                        ends_tear_down),
        end_to_end_test(test_impossible_round_trips_are_ignored),
        end_to_end_test(test_long_round_trips_are_not_taken_on_trust),
        end_to_end_test(test_congestion_marks_are_echoed_as_delay),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
