/* Packets in and out of a link: their numbers, and everything that has to be dropped. */
#include "net/datagram/link_fixture.h"

#include "net/datagram/timestamp.h"

static void
test_payloads_travel_both_ways(void **state)
{
    struct ends *ends = *state;
    assert_int_equal(to_server(ends, &client_addr, 1000, 1010), SKUA_OK);
    assert_int_equal(ends->payload.bytes.len, 20);
    assert_memory_equal(ends->payload.bytes.data, "0123456789abcdef", 16);
    assert_true(ends->payload.newest);
    assert_true(ends->payload.moved);
    assert_int_equal(ends->how.path, 1);
    assert_true(addr_equal(&ends->how.to, &server_addr));
    assert_false(addr_is_set(&ends->how.from));
    assert_int_equal(ends->how.ecn, ECN_ECT0);

    assert_int_equal(to_client(ends, 1010, 1020), SKUA_OK);
    assert_int_equal(ends->how.path, SERVER_PATH);
    assert_true(addr_equal(&ends->how.to, &client_addr));
    assert_true(addr_equal(&ends->how.from, &server_addr)); /* answers from the address asked */
    assert_true(ends->payload.newest);
    assert_false(ends->payload.moved);

    const struct link_stats stats = link_stats(ends->server);
    assert_int_equal(stats.packets_received, 1);
    assert_int_equal(stats.bytes_received, 48);
    assert_int_equal(stats.packets_sent, 1);
    assert_int_equal(stats.bytes_sent, 48);
    assert_int_equal(stats.moves, 1);
}

static void
test_sequences_start_at_0_and_differ(void **state)
{
    struct ends *ends = *state;
    for (uint64_t i = 0; i < 5; i++) {
        assert_int_equal(to_server(ends, &client_addr, 1000, 1000), SKUA_OK);
        struct packet packet = opened(ends);
        assert_int_equal(packet.sequence, i);
        assert_int_equal(packet.direction, PACKET_TO_SERVER);
    }
    for (uint64_t i = 0; i < 5; i++) {
        assert_int_equal(to_client(ends, 1000, 1000), SKUA_OK);
        struct packet packet = opened(ends);
        assert_int_equal(packet.sequence, i);
        assert_int_equal(packet.direction, PACKET_TO_CLIENT);
    }
}

/* What a stock client sent first, and what a stock server sent. */
static void
test_stock_datagrams(void **state)
{
    struct ends *ends = *state;
    uint8_t bytes[256];
    struct view datagram =
        hex_bytes("000000000000000025e59f67deda68cdefab745e9329f92402428c8571949"
                  "d686f4420ca31f0060ca43d50ffb19e4ee132e91bb2dc6bf2f33e951851a80"
                  "337a8d3cf3d483c",
                  bytes, sizeof bytes);
    assert_int_equal(receive_on(ends, ends->server, datagram, &client_addr, SERVER_PATH, 2000),
                     SKUA_OK);
    assert_int_equal(ends->payload.bytes.len, 41);
    assert_int_equal(send_bytes(ends, ends->server, 20, 2250), SKUA_OK);
    assert_int_equal(opened(ends).timestamp_reply, (64733 + 250) & 0xffff);

    datagram =
        hex_bytes("8000000000000000f081f8ebbf64a74944efeda0486742133b75b9aade4430c80fdcb953ce1"
                  "828c4385a3db38b1f479dedd33775a461f45b6592a9d90b661d904e7093f57d57005bdf068e"
                  "e06d3fbf103aef",
                  bytes, sizeof bytes);
    assert_int_equal(receive_on(ends, ends->client, datagram, &server_addr, 1, 2000), SKUA_OK);
    assert_int_equal(ends->payload.bytes.data[7], 1);
}

static void
test_lengths_are_filtered_before_the_cipher(void **state)
{
    struct ends *ends = *state;
    static const uint8_t zeroes[65507];
    const size_t lengths[] = { 0, 1, 7, 23, 24, 38, 2049, 4000, 65507 };
    for (size_t i = 0; i < sizeof lengths / sizeof *lengths; i++)
        assert_int_equal(receive_on(ends, ends->server, view_of(zeroes, lengths[i]), &client_addr,
                                    SERVER_PATH, 1000),
                         lengths[i] < 39 ? SKUA_ERR_TRUNCATED : SKUA_ERR_TOO_LARGE);
    const struct link_stats stats = link_stats(ends->server);
    assert_int_equal(stats.dropped[SKUA_ERR_TRUNCATED], 6);
    assert_int_equal(stats.dropped[SKUA_ERR_TOO_LARGE], 3);
    assert_int_equal(
        receive_on(ends, ends->server, view_of(zeroes, 39), &client_addr, SERVER_PATH, 1000),
        SKUA_ERR_FORGED);
    assert_false(link_has_peer(ends->server));

    /* authentic, but too short to hold a fragment */
    assert_int_equal(send_bytes(ends, ends->client, 10, 1000), SKUA_OK);
    assert_int_equal(
        receive_on(ends, ends->server, buf_view(&ends->datagram), &client_addr, SERVER_PATH, 1000),
        SKUA_ERR_TRUNCATED);
    assert_int_equal(send_bytes(ends, ends->client, 11, 1000), SKUA_OK);
    assert_int_equal(
        receive_on(ends, ends->server, buf_view(&ends->datagram), &client_addr, SERVER_PATH, 1000),
        SKUA_OK);
}

static void
assert_untouched(struct ends *ends, const struct link_timing *before, uint64_t now_ms)
{
    const struct link_timing after = link_timing(ends->server, now_ms);
    assert_int_equal(after.last_heard_ms, before->last_heard_ms);
    assert_int_equal(after.has_sample, before->has_sample);
    assert_int_equal(after.srtt_ms, before->srtt_ms);
    assert_int_equal(after.allowance_bytes, before->allowance_bytes);
    assert_int_equal(link_stats(ends->server).moves, 1);
    assert_int_equal(link_stats(ends->server).packets_received, 1);
}

static void
test_forgeries_change_nothing(void **state)
{
    struct ends *ends = *state;
    assert_int_equal(to_server(ends, &client_addr, 1000, 1000), SKUA_OK);
    const struct link_timing before = link_timing(ends->server, 2000);

    assert_int_equal(send_bytes(ends, ends->client, 20, 1500), SKUA_OK);
    uint8_t storage[LINK_DATAGRAM_MAX_BYTES];
    struct view real = keep(ends, storage);
    for (size_t bit = 0; bit < real.len * 8; bit++) {
        storage[bit / 8] ^= (uint8_t)(1 << bit % 8);
        enum skua_err err = receive_on(ends, ends->server, real, &other_addr, SERVER_PATH, 2000);
        storage[bit / 8] ^= (uint8_t)(1 << bit % 8);
        if (bit == 7) /* the direction */
            assert_int_equal(err, SKUA_ERR_DIRECTION);
        else if (bit == 56) /* sequence 1 became 0 */
            assert_int_equal(err, SKUA_ERR_REPLAYED);
        else
            assert_int_equal(err, SKUA_ERR_FORGED);
    }
    for (size_t len = 0; len < real.len; len++)
        assert_int_not_equal(
            receive_on(ends, ends->server, view_first(real, len), &other_addr, SERVER_PATH, 2000),
            SKUA_OK);
    uint32_t random = 1;
    for (int i = 0; i < 20000; i++) {
        uint8_t noise[100];
        for (size_t at = 0; at < sizeof noise; at++) {
            random = random * 1664525 + 1013904223;
            noise[at] = (uint8_t)(random >> 24);
        }
        size_t len = random % (sizeof noise + 1);
        assert_int_not_equal(
            receive_on(ends, ends->server, view_of(noise, len), &other_addr, SERVER_PATH, 2000),
            SKUA_OK);
    }
    assert_untouched(ends, &before, 2000);
    assert_int_equal(receive_on(ends, ends->server, real, &client_addr, SERVER_PATH, 2000),
                     SKUA_OK);
    assert_false(ends->payload.moved);
}

static void
test_other_keys_packets_are_forgeries(void **state)
{
    struct ends *ends = *state;
    const struct key other_key = { { 0xff } };
    const struct link_peer peer = { server_addr, PATH_FAMILY_V4 };
    struct link *stranger = link_new_client(&other_key, &peer, 1, 0);
    assert_non_null(stranger);
    obey_orders(stranger, 0);
    assert_int_equal(send_bytes(ends, stranger, 20, 1000), SKUA_OK);
    assert_int_equal(
        receive_on(ends, ends->server, buf_view(&ends->datagram), &client_addr, SERVER_PATH, 1000),
        SKUA_ERR_FORGED);
    link_free(stranger);
}

static void
test_own_packets_come_back_in_vain(void **state)
{
    struct ends *ends = *state;
    assert_int_equal(send_bytes(ends, ends->client, 20, 1000), SKUA_OK);
    assert_int_equal(
        receive_on(ends, ends->client, buf_view(&ends->datagram), &server_addr, 1, 1000),
        SKUA_ERR_DIRECTION);
    assert_int_equal(to_server(ends, &client_addr, 1000, 1000), SKUA_OK);
    assert_int_equal(send_bytes(ends, ends->server, 20, 1000), SKUA_OK);
    assert_int_equal(
        receive_on(ends, ends->server, buf_view(&ends->datagram), &client_addr, SERVER_PATH, 1000),
        SKUA_ERR_DIRECTION);
}

static void
test_replays_are_dropped(void **state)
{
    struct ends *ends = *state;
    static uint8_t storage[50][LINK_DATAGRAM_MAX_BYTES];
    struct view sent[50];
    for (size_t i = 0; i < 50; i++) {
        assert_int_equal(to_server(ends, &client_addr, 1000 + i, 1000 + i), SKUA_OK);
        sent[i] = keep(ends, storage[i]);
        assert_int_equal(
            receive_on(ends, ends->server, sent[i], &other_addr, SERVER_PATH, 1000 + i),
            SKUA_ERR_REPLAYED);
    }
    for (int round = 0; round < 1000; round++)
        for (size_t i = 0; i < 50; i++)
            assert_int_equal(
                receive_on(ends, ends->server, sent[i], &other_addr, SERVER_PATH, 9000),
                SKUA_ERR_REPLAYED);
    assert_int_equal(link_stats(ends->server).packets_received, 50);
    assert_int_equal(link_stats(ends->server).moves, 1);
    assert_int_equal(link_timing(ends->server, 9000).last_heard_ms, 1049);
}

static void
test_late_packets_count_but_tell_nothing(void **state)
{
    struct ends *ends = *state;
    uint8_t storage[LINK_DATAGRAM_MAX_BYTES];
    assert_int_equal(to_server(ends, &client_addr, 1000, 1000), SKUA_OK);
    assert_int_equal(to_client(ends, 1000, 1010), SKUA_OK);
    assert_int_equal(send_bytes(ends, ends->client, 20, 1020),
                     SKUA_OK); /* answers 1000's timestamp */
    struct view late = keep(ends, storage);
    assert_int_equal(to_server(ends, &client_addr, 1030, 1040), SKUA_OK);

    assert_int_equal(receive_on(ends, ends->server, late, &other_addr, SERVER_PATH, 1100), SKUA_OK);
    assert_false(ends->payload.newest);
    assert_false(ends->payload.moved);
    assert_int_equal(ends->payload.bytes.len, 20);
    assert_int_equal(link_timing(ends->server, 1100).last_heard_ms, 1040);
    assert_false(link_timing(ends->server, 1100).has_sample);
    assert_int_equal(link_stats(ends->server).packets_old, 1);
    assert_int_equal(send_bytes(ends, ends->server, 20, 1100), SKUA_OK);
    assert_true(addr_equal(&ends->how.to, &client_addr));
    assert_int_equal(opened(ends).timestamp_reply, 1030 + 60); /* of the newest one, not the late */
    assert_int_equal(receive_on(ends, ends->server, late, &client_addr, SERVER_PATH, 1100),
                     SKUA_ERR_REPLAYED);
}

static void
test_waking_skips_sequences(void **state)
{
    struct ends *ends = *state;
    assert_int_equal(to_server(ends, &client_addr, 1000, 1000), SKUA_OK); /* sequence 0 */
    uint8_t random[LINK_SKIP_RANDOM_BYTES] = { 0 };
    link_woke(ends->client, view_of(random, sizeof random), 2000);
    assert_int_equal(to_server(ends, &client_addr, 2000, 2000), SKUA_OK);
    assert_int_equal(opened(ends).sequence, 1 + 1);
    memset(random, 0xff, sizeof random);
    link_woke(ends->client, view_of(random, sizeof random), 3000);
    assert_int_equal(to_server(ends, &client_addr, 3000, 3000), SKUA_OK);
    assert_true(opened(ends).sequence == 3 + (UINT64_C(1) << 40));
    assert_true(ends->payload.newest);
}

/* There is room for 2^22 full skips; then, and not earlier, the link stops. */
static void
test_sequences_never_wrap(void **state)
{
    struct ends *ends = *state;
    uint8_t random[LINK_SKIP_RANDOM_BYTES];
    memset(random, 0xff, sizeof random);
    for (uint64_t i = 0; i < (UINT64_C(1) << 23) - 1; i++)
        link_woke(ends->client, view_of(random, sizeof random), 1000);
    assert_int_equal(to_server(ends, &client_addr, 1000, 1000), SKUA_OK);
    assert_true(opened(ends).sequence == ((UINT64_C(1) << 23) - 1) << 40);
    random[0] = 0xff; /* 2^40 - 1 - 3 + 1: three below the last one */
    random[4] = 0xfb;
    link_woke(ends->client, view_of(random, sizeof random), 1000);
    for (uint64_t left = 2; left > 0; left--) {
        assert_int_equal(to_server(ends, &client_addr, 1000, 1000), SKUA_OK);
        assert_true(opened(ends).sequence == PACKET_SEQUENCE_MAX - left);
    }
    assert_int_equal(send_bytes(ends, ends->client, 20, 1000), SKUA_ERR_EXHAUSTED);
    assert_int_equal(ends->datagram.len, 0);
    link_woke(ends->client, view_of(random, sizeof random), 1000);
    assert_int_equal(send_bytes(ends, ends->client, 20, 1000), SKUA_ERR_EXHAUSTED);
}

/* A peer may use its last number; what comes after it from below is old. */
static void
test_last_sequence_is_accepted_once(void **state)
{
    struct ends *ends = *state;
    struct aes_ocb *ocb = aes_ocb_new(&test_key);
    const struct {
        uint64_t sequence;
        enum skua_err expected;
    } sent[] = { { PACKET_SEQUENCE_MAX, SKUA_OK },
                 { PACKET_SEQUENCE_MAX, SKUA_ERR_REPLAYED },
                 { PACKET_SEQUENCE_MAX - 1, SKUA_OK },
                 { 5, SKUA_ERR_REPLAYED } };
    for (size_t i = 0; i < sizeof sent / sizeof *sent; i++) {
        const struct packet packet = { PACKET_TO_SERVER, sent[i].sequence, 1, TIMESTAMP_NONE,
                                       view_of("0123456789a", 11) };
        buf_clear(&ends->datagram);
        assert_int_equal(packet_seal(ocb, &packet, &ends->datagram), SKUA_OK);
        assert_int_equal(receive_on(ends, ends->server, buf_view(&ends->datagram), &client_addr,
                                    SERVER_PATH, 1000),
                         sent[i].expected);
    }
    aes_ocb_free(ocb);
}

/* By accident or by theft, two clients use one key: what one of them sent first is what counts. */
static void
test_two_clients_with_one_key(void **state)
{
    struct ends *ends = *state;
    const struct link_peer peer = { server_addr, PATH_FAMILY_V4 };
    struct link *twin = link_new_client(&test_key, &peer, 1, 0);
    assert_non_null(twin);
    obey_orders(twin, 0);
    assert_int_equal(to_server(ends, &client_addr, 1000, 1000), SKUA_OK);
    assert_int_equal(send_bytes(ends, twin, 30, 1000), SKUA_OK);
    assert_int_equal(
        receive_on(ends, ends->server, buf_view(&ends->datagram), &other_addr, SERVER_PATH, 1000),
        SKUA_ERR_REPLAYED);
    link_free(twin);
}

static void
test_payload_sizes(void **state)
{
    struct ends *ends = *state;
    const size_t most = PACKET_MAX_BYTES - PACKET_OVERHEAD_BYTES;
    assert_int_equal(send_bytes(ends, ends->client, most, 1000), SKUA_OK);
    assert_int_equal(ends->datagram.len, 2048);
    assert_int_equal(
        receive_on(ends, ends->server, buf_view(&ends->datagram), &client_addr, SERVER_PATH, 1000),
        SKUA_OK);
    assert_int_equal(ends->payload.bytes.len, most);
    assert_int_equal(send_bytes(ends, ends->client, most + 1, 1000), SKUA_ERR_TOO_LARGE);
    assert_int_equal(send_bytes(ends, ends->client, 1214 + 10, 1000), SKUA_OK);
    assert_int_equal(ends->datagram.len, MTU_BUDGET_V4_BYTES);
    assert_int_equal(opened(ends).sequence, 1); /* the refusal used no number up */
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        end_to_end_test(test_payloads_travel_both_ways),
        end_to_end_test(test_sequences_start_at_0_and_differ),
        end_to_end_test(test_stock_datagrams),
        end_to_end_test(test_lengths_are_filtered_before_the_cipher),
        end_to_end_test(test_forgeries_change_nothing),
        end_to_end_test(test_other_keys_packets_are_forgeries),
        end_to_end_test(test_own_packets_come_back_in_vain),
        end_to_end_test(test_replays_are_dropped),
        end_to_end_test(test_late_packets_count_but_tell_nothing),
        end_to_end_test(test_waking_skips_sequences),
        end_to_end_test(test_sequences_never_wrap),
        end_to_end_test(test_last_sequence_is_accepted_once),
        end_to_end_test(test_two_clients_with_one_key),
        end_to_end_test(test_payload_sizes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
