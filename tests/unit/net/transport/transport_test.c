#include "test.h"

#include "net/hex_buf.h"
#include "net/transport/channel.h"
#include "net/transport/hand.h"

static void
test_becomes_equal(void **state)
{
    (void)state;
    struct channel c;
    channel_init(&c, 1, 10);
    channel_publish(&c, 0, 1);
    assert_int_equal(channel_run_until_equal(&c, 1000), 10);
    channel_publish(&c, 1, 7);
    assert_true(channel_run_until_equal(&c, 1000) <= 18);
    channel_publish(&c, 0, 2);
    assert_int_equal(channel_run_until_equal(&c, 1000), 10); /* at once: one way */
    channel_run(&c, 10000);
    assert_int_equal(c.end[0].out.forgotten, 2);
    assert_int_equal(transport_peer_hello(c.end[0].transport)->version, 1);
    assert_int_equal(transport_peer_hello(c.end[1].transport)->version, 1);
    channel_fini(&c);
}

/* Whatever the network does, both ends are equal soon after it stops. */
static void
converge(uint64_t seed, size_t padding)
{
    struct channel c;
    channel_init(&c, seed, 0);
    c.delay_ms = 1 + channel_random(&c, 200);
    c.jitter_ms = channel_random(&c, 300);
    c.loss[0] = channel_random(&c, 500);
    c.loss[1] = channel_random(&c, 500);
    c.duplicates = channel_random(&c, 500);
    c.end[0].out.per_step = channel_random(&c, 20);
    c.end[1].out.padding_bytes = padding;
    uint64_t position[2] = { 1, 1 };
    channel_publish(&c, 0, position[0]);
    for (int i = 0; i < 200; i++) {
        int end = (int)channel_random(&c, 2);
        position[end] += 1 + channel_random(&c, 5);
        channel_publish(&c, end, position[end]);
        if (channel_random(&c, 10) == 0)
            transport_poke(c.end[end].transport, c.now_ms);
        if (channel_random(&c, 20) == 0)
            transport_unsent(c.end[end].transport, c.now_ms);
        channel_run(&c, channel_random(&c, 150));
    }
    c.loss[0] = c.loss[1] = 0;
    uint64_t ms = channel_run_until_equal(&c, 5000);
    uint64_t limit = 3 * (2 * c.delay_ms + c.jitter_ms) + 1200;
    if (ms > limit)
        fail_msg("seed %u: equal only after %u ms", (unsigned)seed, (unsigned)ms);
    for (int i = 0; i < 2; i++) {
        const struct transport_stats *stats = transport_stats(c.end[i].transport);
        assert_int_equal(stats->dropped[SKUA_ERR_MALFORMED], 0);
        assert_int_equal(stats->dropped[SKUA_ERR_TOO_LARGE], 0);
        assert_int_equal(stats->dropped[SKUA_ERR_FULL], 0);
    }
    channel_fini(&c);
}

static void
test_converges_with_small_diffs(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= 60; seed++)
        converge(seed, 10);
}

static void
test_converges_with_large_diffs(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= 30; seed++)
        converge(seed, 6000);
}

/* Nothing to say: a heartbeat each way every 3 s, and after a while every 6 s; no more. */
static void
test_idle_is_quiet(void **state)
{
    (void)state;
    struct channel c;
    channel_init(&c, 3, 20);
    channel_publish(&c, 0, 1);
    channel_publish(&c, 1, 1);
    channel_run(&c, 2000);
    const uint64_t most[] = { 7, 7 }; /* in 20 s, in a minute */
    for (int when = 0; when < 2; when++) {
        uint64_t before[2] = { c.end[0].sent, c.end[1].sent };
        uint64_t num = transport_newest_num(c.end[0].transport);
        channel_run(&c, when == 0 ? 20000 : 60000);
        for (int i = 0; i < 2; i++)
            assert_in_range(c.end[i].sent - before[i], most[when] - 1, most[when]);
        uint64_t states = transport_newest_num(c.end[0].transport) - num;
        assert_in_range(states, most[when] - 1, most[when]);
        channel_run(&c, 20000);
    }
    assert_true(c.now_ms - transport_newest_ms(c.end[0].transport) <= 6200);
    channel_fini(&c);
}

static void
test_first_packet_lost(void **state)
{
    (void)state;
    struct channel c;
    channel_init(&c, 4, 10);
    c.loss[1] = 1000;
    channel_publish(&c, 0, 1);
    channel_run(&c, 350);
    assert_in_range(c.end[0].sent, 3, 4); /* 0, 100, 300 and some jitter */
    c.loss[1] = 0;
    assert_true(channel_run_until_equal(&c, 5000) < 500);
    channel_fini(&c);
}

/* A server whose client went away, with a screen of eight datagrams to say. */
static void
test_dead_path_costs_little_and_comes_back_at_once(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= 20; seed++) {
        struct channel c;
        channel_init(&c, seed, 10);
        c.end[1].out.padding_bytes = 8000;
        channel_publish(&c, 0, 1);
        channel_publish(&c, 1, 1);
        channel_run(&c, 5000);
        c.loss[0] = c.loss[1] = 1000;
        channel_publish(&c, 0, 2);
        for (int i = 0; i < 100; i++) {
            channel_publish(&c, 1, 2 + (uint64_t)i);
            channel_run(&c, 20);
        }
        channel_run(&c, 3000);
        uint64_t before[2] = { c.end[0].sent_bytes, c.end[1].sent_bytes };
        for (int i = 0; i < 1000; i++) {
            channel_publish(&c, 1, 200 + (uint64_t)i);
            channel_run(&c, 20);
        }
        for (int i = 0; i < 2; i++)
            assert_true((c.end[i].sent_bytes - before[i]) * 8 / 20 < 3000);
        c.loss[0] = c.loss[1] = 0;
        uint64_t ms = channel_run_until_equal(&c, 5000);
        if (ms > 1300)
            fail_msg("seed %u: %u ms", (unsigned)seed, (unsigned)ms);
        channel_fini(&c);
    }
}

static void
test_bad_payloads_are_counted(void **state)
{
    (void)state;
    struct hand h;
    hand_init(&h, TRANSPORT_SERVER, NULL);
    const uint8_t bytes[64] = { 0x80 };
    for (size_t len = 0; len < 10; len++)
        assert_int_equal(transport_receive(h.transport, view_of(bytes, len), 1),
                         SKUA_ERR_TRUNCATED);
    assert_int_equal(dropped(&h, SKUA_ERR_TRUNCATED), 10);
    assert_int_equal(transport_receive(h.transport, view_of(bytes, 64), 1), SKUA_ERR_RESERVED);
    assert_int_equal(dropped(&h, SKUA_ERR_RESERVED), 1);

    buf_clear(&h.payload); /* not zlib */
    const struct fragment f = { .id = 900, .final = true, .body = view_of_text("no zlib") };
    assert_int_equal(fragment_encode(&f, &h.payload), SKUA_OK);
    assert_int_equal(transport_receive(h.transport, buf_view(&h.payload), 1), SKUA_ERR_MALFORMED);
    h.id = 900;
    assert_int_equal(give_plain(&h, view_of("\x0e", 1)), SKUA_ERR_MALFORMED); /* no protobuf */
    assert_int_equal(give_plain(&h, view_of("\x32\xff\xff\xff\xff\x0f", 6)), SKUA_ERR_MALFORMED);
    assert_int_equal(dropped(&h, SKUA_ERR_MALFORMED), 3);
    /* After all of it, it works. */
    assert_int_equal(give_state(&h, 0, 1, 0, 0), SKUA_OK);
    assert_int_equal(transport_newest(h.transport)->position, 1);
    hand_fini(&h);
}

static void
test_other_versions(void **state)
{
    (void)state;
    struct hand h;
    struct trace trace = { .line = note_line, .context = &h };
    hand_init(&h, TRANSPORT_SERVER, &trace);
    struct instruction in = { .protocol_version = 3, .new_num = 1 };
    assert_int_equal(give(&h, &in), SKUA_ERR_VERSION);
    assert_int_equal(h.lines, 1);
    assert_non_null(strstr(h.line, "version 3"));
    in.protocol_version = 1;
    assert_int_equal(give(&h, &in), SKUA_ERR_VERSION);
    assert_int_equal(give_plain(&h, view_of("", 0)), SKUA_ERR_VERSION); /* absent */
    assert_int_equal(h.lines, 1);                                       /* said once */
    assert_int_equal(dropped(&h, SKUA_ERR_VERSION), 3);
    assert_int_equal(transport_newest_num(h.transport), 0);
    hand_fini(&h);
}

static void
test_numbers_from_outside(void **state)
{
    (void)state;
    struct hand h;
    hand_init(&h, TRANSPORT_SERVER, NULL);
    assert_int_equal(give_state(&h, 0, 2, 0, 0), SKUA_OK);
    assert_int_equal(give_state(&h, 0, 2, 0, 0), SKUA_ERR_DUPLICATE);
    assert_int_equal(give_state(&h, 1, 3, 0, 0), SKUA_ERR_STALE);
    assert_int_equal(give_state(&h, 0, 3, 0, 1), SKUA_ERR_MALFORMED);
    assert_int_equal(give_state(&h, 2, 3, 0, UINT64_MAX), SKUA_ERR_MALFORMED);
    /* Acknowledgements of what was never sent; the shutdown that never was. */
    assert_int_equal(give_state(&h, 2, 3, 999, 2), SKUA_OK);
    assert_int_equal(give_state(&h, 3, 4, UINT64_MAX, 2), SKUA_OK);
    assert_int_equal(transport_acked_num(h.transport), 0);
    assert_false(transport_is_acked(h.transport));
    h.in.refuse = SKUA_ERR_MALFORMED; /* a bad inner message */
    assert_int_equal(give_state(&h, 4, 5, 0, 4), SKUA_ERR_MALFORMED);
    assert_int_equal(transport_newest_num(h.transport), 4);
    hand_fini(&h);
}

static void
test_data_after_shutdown(void **state)
{
    (void)state;
    struct hand h;
    hand_init(&h, TRANSPORT_SERVER, NULL);
    assert_int_equal(give_state(&h, 0, 1, 0, 0), SKUA_OK);
    assert_int_equal(give_state(&h, 1, UINT64_MAX, 0, 1), SKUA_OK);
    assert_true(transport_is_asked(h.transport));
    assert_int_equal(give_state(&h, 1, 2, 0, 1), SKUA_ERR_CLOSED);
    assert_int_equal(give_state(&h, 1, UINT64_MAX, 0, 1), SKUA_ERR_DUPLICATE);
    hand_fini(&h);
}

/* Bytes at random behind a good header, and good packets with one byte changed. */
static void
test_survives_anything(void **state)
{
    (void)state;
    struct hand h;
    hand_init(&h, TRANSPORT_CLIENT, NULL);
    uint64_t random = 99;
    uint64_t num = 0;
    struct buf out;
    buf_init(&out, 2048);
    for (int i = 0; i < 30000; i++) {
        random = random * 6364136223846793005u + 1442695040888963407u;
        uint8_t noise[80];
        for (size_t k = 0; k < sizeof noise; k++)
            noise[k] = (uint8_t)((random >> (k % 50)) * (k + 1) >> 3);
        if (i % 4 == 0) {
            give_plain(&h, view_of(noise, random >> 40 & 63));
        } else if (i % 4 == 1) {
            noise[0] &= 0x7f;
            transport_receive(h.transport, view_of(noise, random >> 40 & 63), h.now_ms);
        } else if (give_state(&h, num, num + 1, random >> 60, num) == SKUA_OK) {
            num++;
        } else {
            num = transport_newest_num(h.transport);
        }
        if (h.payload.len > 0) {
            h.payload.data[(random >> 20) % h.payload.len] ^= (uint8_t)(1 << (random >> 50 & 7));
            transport_receive(h.transport, buf_view(&h.payload), h.now_ms);
        }
        h.now_ms += random >> 61;
        h.timing.last_heard_ms = h.now_ms;
        while (transport_next(h.transport, &h.timing, &out, h.now_ms))
            ;
        if (transport_newest_num(h.transport) == UINT64_MAX)
            break; /* noise can say goodbye, too */
    }
    buf_fini(&out);
    hand_fini(&h);
}

/* Stock's own bytes: the first packet of a client, a frame, and the end. */
static void
test_stock_vectors(void **state)
{
    (void)state;
    struct hand h;
    hand_init(&h, TRANSPORT_SERVER, NULL);
    hex_put(&h.payload, "0000000000000001 8000 789ce360126090605460d06030e2e0629362d1083090b0625c04"
                        "0012d50281");
    assert_int_equal(transport_receive(h.transport, buf_view(&h.payload), h.now_ms), SKUA_OK);
    assert_int_equal(transport_newest_num(h.transport), 1);
    assert_int_equal(transport_peer_hello(h.transport)->version, 0);
    hand_fini(&h);

    hand_init(&h, TRANSPORT_CLIENT, NULL);
    assert_int_equal(give_state(&h, 0, 1, 0, 0), SKUA_OK);
    buf_clear(&h.payload);
    hex_put(&h.payload,
            "0102030405060708 8000 789ce360126094f80f038c0a08a606a3118315e37f00581313d9");
    assert_int_equal(transport_receive(h.transport, buf_view(&h.payload), h.now_ms), SKUA_OK);
    assert_true(transport_is_asked(h.transport));
    hand_fini(&h);
}

static void
test_the_server_is_answered_at_once_first(void **state)
{
    (void)state;
    struct hand h;
    hand_init(&h, TRANSPORT_CLIENT, NULL);
    struct buf out;
    buf_init(&out, 2048);
    transport_publish(h.transport, counter_at(&h.out, 1), h.now_ms);
    assert_true(transport_next(h.transport, &h.timing, &out, h.now_ms));
    h.now_ms += 5;
    const struct instruction empty = { .protocol_version = INSTRUCTION_PROTOCOL_VERSION,
                                       .new_num = 1,
                                       .ack_num = 1 };
    assert_int_equal(give(&h, &empty), SKUA_OK);
    assert_true(transport_next(h.transport, &h.timing, &out, h.now_ms));
    assert_false(transport_next(h.transport, &h.timing, &out, h.now_ms));
    buf_fini(&out);
    hand_fini(&h);
}

static void
test_shutdown_from_either_end(void **state)
{
    (void)state;
    for (int who = 0; who < 2; who++) {
        for (uint64_t seed = 1; seed <= 20; seed++) {
            struct channel c;
            channel_init(&c, seed, 20);
            channel_publish(&c, 0, 1);
            channel_publish(&c, 1, 1);
            channel_run(&c, 3000);
            c.loss[0] = c.loss[1] = 300;
            struct transport *asks = c.end[who].transport, *answers = c.end[1 - who].transport;
            channel_publish(&c, who, 2);
            transport_shutdown(asks, c.now_ms);
            assert_true(transport_is_shutting(asks));
            while (!transport_is_acked(asks) && !transport_is_over(asks, c.now_ms))
                channel_run(&c, 10);
            assert_true(transport_is_acked(asks));
            assert_true(transport_is_asked(answers));
            assert_int_equal(transport_newest(answers)->position, 2); /* with the last state */
            channel_run(&c, 3000);
            assert_true(transport_is_answered(answers, c.now_ms));
            channel_fini(&c);
        }
    }
}

static void
test_shutdown_from_both_ends(void **state)
{
    (void)state;
    struct channel c;
    channel_init(&c, 1, 20);
    channel_publish(&c, 0, 1);
    channel_run(&c, 1000);
    transport_shutdown(c.end[0].transport, c.now_ms);
    transport_shutdown(c.end[1].transport, c.now_ms);
    channel_run(&c, 200);
    for (int i = 0; i < 2; i++) {
        assert_true(transport_is_acked(c.end[i].transport));
        assert_true(transport_is_asked(c.end[i].transport));
    }
    channel_fini(&c);
}

static void
test_shutdown_into_nothing_ends(void **state)
{
    (void)state;
    struct channel c;
    channel_init(&c, 1, 20);
    channel_publish(&c, 0, 1);
    channel_run(&c, 1000);
    c.loss[0] = c.loss[1] = 1000;
    uint64_t before = c.end[0].sent;
    transport_shutdown(c.end[0].transport, c.now_ms);
    channel_run(&c, 9990);
    assert_false(transport_is_over(c.end[0].transport, c.now_ms));
    assert_true(c.end[0].sent - before >= 11);
    channel_run(&c, 10);
    assert_true(transport_is_over(c.end[0].transport, c.now_ms));
    assert_false(transport_is_acked(c.end[0].transport));
    channel_fini(&c);
}

/* The loss of an acknowledgement costs the peer one repetition, not 3 s. */
static void
test_a_lost_acknowledgement_is_made_good(void **state)
{
    (void)state;
    struct channel c;
    channel_init(&c, 1, 20);
    channel_publish(&c, 0, 1);
    channel_publish(&c, 1, 1);
    channel_run(&c, 3000);
    c.loss[0] = 1000;
    channel_publish(&c, 0, 2);
    channel_run(&c, 90);
    assert_int_equal(transport_newest(c.end[1].transport)->position, 2);
    c.loss[0] = 0;
    uint64_t acked = transport_acked_num(c.end[0].transport);
    channel_run(&c, 300);
    assert_true(transport_acked_num(c.end[0].transport) > acked);
    assert_true(transport_acked_sent_ms(c.end[0].transport) <= c.now_ms);
    assert_true(transport_acked_first_sent_ms(c.end[0].transport) <=
                transport_acked_sent_ms(c.end[0].transport));
    channel_fini(&c);
}

static void
test_what_did_not_leave_follows(void **state)
{
    (void)state;
    struct channel c;
    channel_init(&c, 1, 20);
    c.end[1].out.padding_bytes = 6000;
    channel_publish(&c, 0, 1);
    channel_publish(&c, 1, 1);
    channel_run(&c, 3000);
    struct buf out;
    buf_init(&out, 2048);
    channel_publish(&c, 1, 2);
    c.now_ms += 10;
    assert_true(transport_next(c.end[1].transport, &c.end[1].timing, &out, c.now_ms));
    channel_post(&c, 0, buf_view(&out)); /* the first of five pieces */
    assert_true(transport_next(c.end[1].transport, &c.end[1].timing, &out, c.now_ms));
    transport_unsent(c.end[1].transport, c.now_ms);
    assert_false(transport_next(c.end[1].transport, &c.end[1].timing, &out, c.now_ms));
    assert_true(channel_run_until_equal(&c, 1000) <= 25);
    buf_fini(&out);
    channel_fini(&c);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_becomes_equal),
        cmocka_unit_test(test_converges_with_small_diffs),
        cmocka_unit_test(test_converges_with_large_diffs),
        cmocka_unit_test(test_idle_is_quiet),
        cmocka_unit_test(test_first_packet_lost),
        cmocka_unit_test(test_dead_path_costs_little_and_comes_back_at_once),
        cmocka_unit_test(test_bad_payloads_are_counted),
        cmocka_unit_test(test_other_versions),
        cmocka_unit_test(test_numbers_from_outside),
        cmocka_unit_test(test_data_after_shutdown),
        cmocka_unit_test(test_survives_anything),
        cmocka_unit_test(test_stock_vectors),
        cmocka_unit_test(test_the_server_is_answered_at_once_first),
        cmocka_unit_test(test_shutdown_from_either_end),
        cmocka_unit_test(test_shutdown_from_both_ends),
        cmocka_unit_test(test_shutdown_into_nothing_ends),
        cmocka_unit_test(test_a_lost_acknowledgement_is_made_good),
        cmocka_unit_test(test_what_did_not_leave_follows),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
