/* A link and its paths: orders, hops, sizes, and datagrams that never left. */
#include "net/datagram/link_fixture.h"

static void
test_no_path_no_sending(void **state)
{
    struct ends *ends = *state;
    const struct link_peer peer = { server_addr_v6, PATH_FAMILY_V6 };
    struct link *link = link_new_client(&test_key, &peer, 1, 0);
    struct path_order order;
    assert_false(link_has_peer(link));
    assert_int_equal(send_bytes(ends, link, 20, 0), SKUA_ERR_CLOSED);
    assert_int_equal(link_timing(link, 0).piece_bytes, 1178);
    assert_true(link_next_order(link, &order, 0));
    assert_int_equal(order.what, PATH_ORDER_OPEN);
    assert_int_equal(order.family, PATH_FAMILY_V6);
    assert_int_equal(send_bytes(ends, link, 20, 0), SKUA_ERR_CLOSED);
    link_path_event(link, order.path, PATH_UP, 0);
    assert_true(link_has_peer(link));
    assert_int_equal(send_bytes(ends, link, 20, 0), SKUA_OK);
    assert_int_equal(ends->how.path, order.path);
    assert_int_equal(opened(ends).sequence, 0);
    assert_int_equal(link_stats(link).paths_opened, 1);
    link_free(link);
    link_free(NULL);
}

/* As stock: idle client, silent server. A hop is asked for by a send and used by the next. */
static void
test_hops_while_unanswered(void **state)
{
    struct ends *ends = *state;
    assert_int_equal(to_server(ends, &client_addr, 1000, 1000), SKUA_OK);
    assert_int_equal(to_client(ends, 1000, 1000), SKUA_OK);
    link_note_acked(ends->client, 1000, 1000);

    uint32_t path = 1;
    uint64_t hopped_ms = 1000;
    size_t closed = 0;
    for (uint64_t now_ms = 4000; now_ms < 200000; now_ms += 3000) {
        assert_int_equal(send_bytes(ends, ends->client, 20, now_ms), SKUA_OK);
        assert_int_equal(ends->how.path, path);
        assert_true(addr_equal(&ends->how.to, &server_addr));
        closed += obey_orders(ends->client, now_ms);
        if (now_ms - hopped_ms > 10000) {
            path++;
            hopped_ms = now_ms;
        }
    }
    assert_int_equal(path, 17);
    assert_int_equal(closed, 17 - ROSTER_PATHS_MAX);

    /* the server comes back: nine spares are closed a minute after the last hop */
    uint64_t back_ms = hopped_ms + 2000;
    assert_int_equal(to_server(ends, &other_addr, back_ms, back_ms), SKUA_OK);
    assert_int_equal(send_bytes(ends, ends->server, 20, back_ms), SKUA_OK);
    assert_int_equal(
        receive_on(ends, ends->client, buf_view(&ends->datagram), &server_addr, path, back_ms),
        SKUA_OK);
    link_note_acked(ends->client, back_ms, back_ms);
    assert_true(link_deadline_ms(ends->client) == hopped_ms + 60001);
    assert_int_equal(obey_orders(ends->client, hopped_ms + 60000), 0);
    assert_int_equal(obey_orders(ends->client, hopped_ms + 60001), 9);
    assert_true(link_deadline_ms(ends->client) == UINT64_MAX);
}

static void
test_answered_client_stays(void **state)
{
    struct ends *ends = *state;
    for (uint64_t now_ms = 1000; now_ms < 100000; now_ms += 3000) {
        assert_int_equal(to_server(ends, &client_addr, now_ms, now_ms), SKUA_OK);
        assert_int_equal(to_client(ends, now_ms, now_ms), SKUA_OK);
        link_note_acked(ends->client, now_ms, now_ms);
        obey_orders(ends->client, now_ms);
    }
    assert_int_equal(link_stats(ends->client).paths_opened, 1);
    assert_int_equal(ends->how.path, SERVER_PATH);
}

/* Answers that were under way to the old port are taken, and measured on their own path. */
static void
test_old_paths_stay_readable(void **state)
{
    struct ends *ends = *state;
    assert_int_equal(to_server(ends, &client_addr, 1000, 1010), SKUA_OK);
    assert_int_equal(to_client(ends, 1010, 1020), SKUA_OK);
    assert_int_equal(to_server(ends, &client_addr, 12000, 12005), SKUA_OK);
    obey_orders(ends->client, 12000);
    assert_int_equal(to_client(ends, 12005, 12040), SKUA_OK); /* on path 1 */
    assert_true(ends->payload.newest);
    assert_int_equal(link_timing(ends->client, 12040).last_heard_ms, 12040);
    assert_int_equal(send_bytes(ends, ends->client, 20, 12050), SKUA_OK);
    assert_int_equal(ends->how.path, 2);

    /* and from a path that is gone, without a measurement */
    assert_int_equal(send_bytes(ends, ends->server, 20, 12060), SKUA_OK);
    assert_int_equal(
        receive_on(ends, ends->client, buf_view(&ends->datagram), &server_addr, 99, 12070),
        SKUA_OK);
    assert_int_equal(link_stats(ends->client).rtt_samples, 2);
}

static void
test_tries_the_servers_other_address(void **state)
{
    struct ends *ends = *state;
    assert_int_equal(send_bytes(ends, ends->client, 20, 1000), SKUA_OK);
    assert_int_equal(send_bytes(ends, ends->client, 20, 2000), SKUA_OK);
    obey_orders(ends->client, 2000);
    assert_int_equal(send_bytes(ends, ends->client, 20, 2100), SKUA_OK);
    assert_true(addr_equal(&ends->how.to, &server_addr_v6));
    assert_int_equal(link_timing(ends->client, 2100).piece_bytes, 1178);
}

/* The transport repeats in vain: the other address has its turn, and the first that answers is kept. */
static void
test_turns_while_tries_go_unanswered(void **state)
{
    struct ends *ends = *state;
    assert_int_equal(to_server(ends, &client_addr, 1000, 1040), SKUA_OK);
    assert_int_equal(to_client(ends, 1040, 1080), SKUA_OK);
    assert_int_equal(link_timing(ends->client, 1080).rto_ms, 240);
    assert_int_equal(send_bytes(ends, ends->client, 20, 5000), SKUA_OK);
    link_note_tries(ends->client, 0, 5000);
    assert_int_equal(obey_orders(ends->client, 5000), 0);
    assert_int_equal(ends->how.path, 1);
    assert_int_equal(send_bytes(ends, ends->client, 20, 5300), SKUA_OK);
    link_note_tries(ends->client, 1, 5300);
    assert_false(link_next_copy(ends->client, &ends->datagram, &ends->how, 5300)); /* no path yet */
    obey_orders(ends->client, 5300);
    assert_true(link_next_copy(ends->client, &ends->datagram, &ends->how, 5300));
    assert_int_equal(ends->how.path, 2);
    assert_true(ends->how.is_look);
    assert_true(addr_equal(&ends->how.to, &server_addr_v6));
    assert_int_equal(opened(ends).payload.len, 20);
    assert_false(link_next_copy(ends->client, &ends->datagram, &ends->how, 5300)); /* once */

    assert_int_equal(send_bytes(ends, ends->client, 20, 5800), SKUA_OK);
    assert_int_equal(ends->how.path, 1);
    link_note_tries(ends->client, 2, 5800);
    assert_int_equal(to_server(ends, &client_addr, 5850, 5890), SKUA_OK);
    assert_int_equal(ends->how.path, 2); /* in turns */
    assert_true(link_next_copy(ends->client, &ends->datagram, &ends->how, 5850));
    assert_int_equal(ends->how.path, 1);
    assert_int_equal(to_client(ends, 5900, 5940), SKUA_OK); /* on 1, with the timestamp of 5850 */
    link_note_tries(ends->client, 0, 6000);
    assert_int_equal(send_bytes(ends, ends->client, 20, 6050), SKUA_OK);
    assert_int_equal(ends->how.path, 1);
    link_note_tries(ends->client, 1, 6050); /* heard just now: may be mere loss */
    assert_false(link_next_copy(ends->client, &ends->datagram, &ends->how, 6050));
    assert_int_equal(send_bytes(ends, ends->client, 20, 6200), SKUA_OK);
    link_note_tries(ends->client, 2, 6200);
    assert_true(link_next_copy(ends->client, &ends->datagram, &ends->how, 6200));
    assert_int_equal(send_bytes(ends, ends->client, 20, 6200 + RACE_BOTH_MS + 1), SKUA_OK);
    assert_false(
        link_next_copy(ends->client, &ends->datagram, &ends->how, 6200 + RACE_BOTH_MS + 1));
}

/* Calm, and the user is there: a look at the other address, and the server is led back after it. */
static void
test_looks_at_the_other_address(void **state)
{
    struct ends *ends = *state;
    assert_int_equal(to_server(ends, &client_addr, 1000, 1040), SKUA_OK);
    assert_int_equal(to_client(ends, 1040, 1080), SKUA_OK);
    assert_false(link_wants_packet(ends->client, true, 4000));
    link_note_active(ends->client, 1050);
    assert_false(link_wants_packet(ends->client, true, 4000));
    assert_int_equal(obey_orders(ends->client, 4000), 0);
    assert_true(link_wants_packet(ends->client, true, 4000));
    assert_int_equal(send_bytes(ends, ends->client, 20, 4000), SKUA_OK);
    assert_true(ends->how.is_look);
    assert_true(addr_equal(&ends->how.to, &server_addr_v6));
    uint64_t back_ms = link_deadline_ms(ends->client);
    assert_int_equal(back_ms, 4000 + 80 + SCOUT_ANSWER_MS);
    link_note_tries(ends->client, 1, 4000); /* the look's own doing */
    assert_false(link_next_copy(ends->client, &ends->datagram, &ends->how, 4000));
    assert_true(link_wants_packet(ends->client, true, back_ms));
    assert_int_equal(send_bytes(ends, ends->client, 20, back_ms), SKUA_OK);
    assert_false(ends->how.is_look);
    assert_true(addr_equal(&ends->how.to, &server_addr));
}

static void
test_unsent_is_not_sent(void **state)
{
    struct ends *ends = *state;
    assert_int_equal(to_server(ends, &client_addr, 1000, 1000), SKUA_OK);
    assert_int_equal(to_client(ends, 1000, 1000), SKUA_OK);
    const struct link_stats before = link_stats(ends->client);

    assert_int_equal(send_bytes(ends, ends->client, 20, 1100), SKUA_OK);
    assert_int_equal(link_timing(ends->client, 1100).send_failures, 0);
    link_path_event(ends->client, 1, PATH_UNSENT, 1100);
    assert_int_equal(link_timing(ends->client, 1100).send_failures, 1);
    struct link_stats after = link_stats(ends->client);
    assert_int_equal(after.packets_unsent, 1);
    assert_int_equal(after.packets_sent, before.packets_sent);
    assert_int_equal(after.bytes_sent, before.bytes_sent);
    link_path_event(ends->client, 1, PATH_UNSENT, 1100); /* said twice: counted, not subtracted */
    assert_int_equal(link_stats(ends->client).packets_sent, before.packets_sent);

    assert_int_equal(send_bytes(ends, ends->client, 20, 1110), SKUA_OK);
    assert_int_equal(opened(ends).sequence, 2); /* 1 is used up all the same */
    assert_int_equal(link_timing(ends->client, 1110).send_failures, 0);
}

static void
test_too_big_falls_to_the_floor(void **state)
{
    struct ends *ends = *state;
    assert_int_equal(link_timing(ends->client, 1000).piece_bytes, 1214);
    assert_int_equal(send_bytes(ends, ends->client, 1224, 1000), SKUA_OK);
    link_path_event(ends->client, 1, PATH_TOO_BIG, 1000);
    assert_int_equal(link_timing(ends->client, 1000).piece_bytes, 462);
    assert_int_equal(link_stats(ends->client).packets_unsent, 1);
    for (int i = 0; i < 1000; i++)
        link_path_event(ends->client, 1, PATH_TOO_BIG, 1000);
    assert_int_equal(link_timing(ends->client, 1000).piece_bytes, 462);
    assert_int_equal(send_bytes(ends, ends->client, 472, 1001), SKUA_OK);
    assert_int_equal(ends->datagram.len, MTU_FLOOR_BYTES);
    assert_int_equal(link_timing(ends->client, 1000 + MTU_RAISE_MS).piece_bytes, 1214);

    assert_int_equal(link_timing(ends->server, 1000).piece_bytes, 1214);
    link_note_black_hole(ends->server, 1000);
    assert_int_equal(link_timing(ends->server, 1000).piece_bytes, 462);
}

/* Anybody can forge an unreachable message: it is a number in the statistics and nothing more. */
static void
test_refusals_are_hints(void **state)
{
    struct ends *ends = *state;
    assert_int_equal(to_server(ends, &client_addr, 1000, 1000), SKUA_OK);
    for (int i = 0; i < 1000; i++) {
        link_path_event(ends->client, 1, PATH_REFUSED, 1001);
        link_path_event(ends->server, SERVER_PATH, PATH_REFUSED, 1001);
        link_path_event(ends->server, 12345, PATH_REFUSED, 1001);
    }
    assert_int_equal(link_stats(ends->client).refused, 1000);
    assert_true(link_has_peer(ends->client));
    assert_true(link_has_peer(ends->server));
    assert_int_equal(to_client(ends, 1002, 1002), SKUA_OK);
    assert_int_equal(link_timing(ends->client, 1002).piece_bytes, 1214);
}

static void
test_path_that_is_down_is_still_tried(void **state)
{
    struct ends *ends = *state;
    link_path_event(ends->client, 1, PATH_DOWN, 1000);
    assert_true(link_has_peer(ends->client));
    assert_int_equal(send_bytes(ends, ends->client, 20, 1000), SKUA_OK);
    link_path_event(ends->server, SERVER_PATH, PATH_DOWN, 1000);
    assert_int_equal(
        receive_on(ends, ends->server, buf_view(&ends->datagram), &client_addr, SERVER_PATH, 1000),
        SKUA_OK);
    assert_int_equal(to_client(ends, 1000, 1000), SKUA_OK);
}

static void
test_server_gives_no_orders(void **state)
{
    struct ends *ends = *state;
    struct path_order order;
    assert_int_equal(to_server(ends, &client_addr, 1000, 1000), SKUA_OK);
    assert_int_equal(send_bytes(ends, ends->server, 20, 30000), SKUA_OK);
    link_path_event(ends->server, SERVER_PATH, PATH_UNSENT, 30000);
    assert_false(link_next_order(ends->server, &order, 200000));
    assert_true(link_deadline_ms(ends->server) == UINT64_MAX);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        end_to_end_test(test_no_path_no_sending),
        end_to_end_test(test_hops_while_unanswered),
        end_to_end_test(test_answered_client_stays),
        end_to_end_test(test_old_paths_stay_readable),
        end_to_end_test(test_tries_the_servers_other_address),
        end_to_end_test(test_turns_while_tries_go_unanswered),
        end_to_end_test(test_looks_at_the_other_address),
        end_to_end_test(test_unsent_is_not_sent),
        end_to_end_test(test_too_big_falls_to_the_floor),
        end_to_end_test(test_refusals_are_hints),
        end_to_end_test(test_path_that_is_down_is_still_tried),
        end_to_end_test(test_server_gives_no_orders),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
