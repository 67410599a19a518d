/* Where the server sends: after the newest packet, carefully, and not for ever. */
#include "net/datagram/link_fixture.h"

static void
test_no_peer_before_the_first_packet(void **state)
{
    struct ends *ends = *state;
    assert_false(link_has_peer(ends->server));
    assert_false(link_timing(ends->server, 1000).has_peer);
    assert_int_equal(send_bytes(ends, ends->server, 20, 1000), SKUA_ERR_CLOSED);
    assert_int_equal(to_server(ends, &client_addr, 1000, 1000), SKUA_OK);
    assert_true(link_has_peer(ends->server));
    assert_true(link_timing(ends->server, 1000).has_peer);
    assert_int_equal(send_bytes(ends, ends->server, 20, 1000), SKUA_OK);
    assert_int_equal(opened(ends).sequence, 0);
}

static void
test_follows_the_newest_packet_only(void **state)
{
    struct ends *ends = *state;
    uint8_t storage[LINK_DATAGRAM_MAX_BYTES];
    assert_int_equal(to_server(ends, &client_addr, 1000, 1000), SKUA_OK);
    assert_int_equal(send_bytes(ends, ends->client, 20, 1010), SKUA_OK);
    struct view held_up = keep(ends, storage);

    assert_int_equal(to_server(ends, &other_addr, 1020, 1020), SKUA_OK);
    assert_true(ends->payload.moved);
    assert_int_equal(send_bytes(ends, ends->server, 20, 1020), SKUA_OK);
    assert_true(addr_equal(&ends->how.to, &other_addr));

    assert_int_equal(receive_on(ends, ends->server, held_up, &client_addr, SERVER_PATH, 1030),
                     SKUA_OK);
    assert_false(ends->payload.moved);
    assert_int_equal(send_bytes(ends, ends->server, 20, 1030), SKUA_OK);
    assert_true(addr_equal(&ends->how.to, &other_addr));
    assert_int_equal(link_stats(ends->server).moves, 2);

    assert_int_equal(to_server(ends, &other_addr, 1040, 1040), SKUA_OK);
    assert_false(ends->payload.moved);
}

static void
test_client_never_follows(void **state)
{
    struct ends *ends = *state;
    assert_int_equal(to_server(ends, &client_addr, 1000, 1000), SKUA_OK);
    assert_int_equal(send_bytes(ends, ends->server, 20, 1000), SKUA_OK);
    assert_int_equal(
        receive_on(ends, ends->client, buf_view(&ends->datagram), &other_addr, 1, 1010), SKUA_OK);
    assert_false(ends->payload.moved);
    assert_int_equal(send_bytes(ends, ends->client, 20, 1020), SKUA_OK);
    assert_true(addr_equal(&ends->how.to, &server_addr));
    assert_true(link_timing(ends->client, 1020).allowance_bytes == SIZE_MAX);
}

/* Send as much as the link lets out. Returns the bytes. */
static size_t
flood(struct ends *ends, uint64_t now_ms)
{
    size_t total = 0;
    while (send_bytes(ends, ends->server, 1000, now_ms) == SKUA_OK) {
        total += ends->datagram.len;
        assert_in_range(total, 0, 1 << 20);
    }
    return total;
}

static void
test_unproved_address_gets_little(void **state)
{
    struct ends *ends = *state;
    assert_int_equal(to_server(ends, &client_addr, 1000, 1000), SKUA_OK);
    const size_t all = 16384 + 3 * 48;
    assert_int_equal(link_timing(ends->server, 1000).allowance_bytes, all);
    size_t sent = flood(ends, 1001);
    assert_in_range(sent, all - 1028 + 1, all);
    assert_int_equal(send_bytes(ends, ends->server, 1000, 1001), SKUA_ERR_FULL);
    assert_int_equal(link_timing(ends->server, 1001).allowance_bytes, all - sent);
    assert_true(link_has_peer(ends->server));

    /* old packets from elsewhere do not help, packets from there do */
    assert_int_equal(to_server(ends, &client_addr, 1002, 1002), SKUA_OK);
    assert_int_equal(link_timing(ends->server, 1002).allowance_bytes, all - sent + 144);

    /* an acknowledgement of what was first sent before or at the move proves nothing */
    link_confirm_path(ends->server, 1000);
    assert_int_equal(link_timing(ends->server, 1002).allowance_bytes, all - sent + 144);
    link_confirm_path(ends->server, 1001);
    assert_true(link_timing(ends->server, 1002).allowance_bytes == SIZE_MAX);
    for (int i = 0; i < 100; i++)
        assert_int_equal(send_bytes(ends, ends->server, 1000, 1003), SKUA_OK);
}

/* The acknowledgement has to come from the new address, not from the old one. */
static void
test_proof_comes_from_the_new_address(void **state)
{
    struct ends *ends = *state;
    uint8_t storage[LINK_DATAGRAM_MAX_BYTES];
    assert_int_equal(to_server(ends, &client_addr, 1000, 1000), SKUA_OK);
    assert_int_equal(to_client(ends, 1001, 1001), SKUA_OK);
    assert_int_equal(to_server(ends, &client_addr, 1002, 1002), SKUA_OK);
    link_confirm_path(ends->server, 1001);
    assert_true(link_timing(ends->server, 1002).allowance_bytes == SIZE_MAX);

    assert_int_equal(send_bytes(ends, ends->client, 20, 1010), SKUA_OK);
    struct view from_old = keep(ends, storage);
    assert_int_equal(to_server(ends, &other_addr, 1020, 1020), SKUA_OK); /* re-sent by a stranger */
    assert_int_equal(send_bytes(ends, ends->server, 20, 1021), SKUA_OK);
    assert_int_equal(receive_on(ends, ends->server, from_old, &client_addr, SERVER_PATH, 1030),
                     SKUA_OK);
    link_confirm_path(ends->server, 1021);
    assert_true(link_timing(ends->server, 1030).allowance_bytes != SIZE_MAX);
    assert_in_range(flood(ends, 1040), 1, 16384 + 3 * 48);
}

static void
test_what_the_os_refused_does_not_use_the_allowance_up(void **state)
{
    struct ends *ends = *state;
    assert_int_equal(to_server(ends, &client_addr, 1000, 1000), SKUA_OK);
    const size_t all = link_timing(ends->server, 1000).allowance_bytes;
    for (int i = 0; i < 100; i++) {
        assert_int_equal(send_bytes(ends, ends->server, 1000, 1001), SKUA_OK);
        link_path_event(ends->server, SERVER_PATH, PATH_UNSENT, 1001);
    }
    assert_int_equal(link_timing(ends->server, 1001).allowance_bytes, all);
}

static void
test_detaches_after_40_s(void **state)
{
    struct ends *ends = *state;
    assert_int_equal(to_server(ends, &client_addr, 1000, 1000), SKUA_OK);
    assert_int_equal(send_bytes(ends, ends->server, 20, 41000), SKUA_OK);
    assert_true(link_has_peer(ends->server));
    assert_int_equal(send_bytes(ends, ends->server, 20, 41001), SKUA_OK); /* the last one */
    assert_true(addr_equal(&ends->how.to, &client_addr));
    assert_false(link_has_peer(ends->server));
    assert_int_equal(send_bytes(ends, ends->server, 20, 41002), SKUA_ERR_CLOSED);
    assert_int_equal(link_timing(ends->server, 41002).last_heard_ms, 1000);

    assert_int_equal(to_server(ends, &client_addr, 90000, 90000), SKUA_OK);
    assert_true(ends->payload.moved);
    assert_int_equal(send_bytes(ends, ends->server, 20, 90000), SKUA_OK);
}

/* A late packet shows no address and keeps nobody attached. */
static void
test_old_packets_keep_nobody_attached(void **state)
{
    struct ends *ends = *state;
    uint8_t storage[LINK_DATAGRAM_MAX_BYTES];
    assert_int_equal(send_bytes(ends, ends->client, 20, 1000), SKUA_OK);
    struct view late = keep(ends, storage);
    assert_int_equal(to_server(ends, &client_addr, 1000, 1000), SKUA_OK);
    assert_int_equal(receive_on(ends, ends->server, late, &client_addr, SERVER_PATH, 40000),
                     SKUA_OK);
    assert_int_equal(send_bytes(ends, ends->server, 20, 41001), SKUA_OK);
    assert_false(link_has_peer(ends->server));
}

static void
test_client_never_detaches(void **state)
{
    struct ends *ends = *state;
    for (uint64_t now_ms = 1000; now_ms < 1000000; now_ms += 3000) {
        assert_int_equal(send_bytes(ends, ends->client, 20, now_ms), SKUA_OK);
        obey_orders(ends->client, now_ms);
        assert_true(link_has_peer(ends->client));
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        end_to_end_test(test_no_peer_before_the_first_packet),
        end_to_end_test(test_follows_the_newest_packet_only),
        end_to_end_test(test_client_never_follows),
        end_to_end_test(test_unproved_address_gets_little),
        end_to_end_test(test_proof_comes_from_the_new_address),
        end_to_end_test(test_what_the_os_refused_does_not_use_the_allowance_up),
        end_to_end_test(test_detaches_after_40_s),
        end_to_end_test(test_old_packets_keep_nobody_attached),
        end_to_end_test(test_client_never_detaches),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
