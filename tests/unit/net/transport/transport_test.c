#include "test.h"

#include "net/transport/channel.h"

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

/* Nothing to say: a heartbeat each way every 3 s, no more. */
static void
test_idle_is_quiet(void **state)
{
    (void)state;
    struct channel c;
    channel_init(&c, 3, 20);
    channel_publish(&c, 0, 1);
    channel_publish(&c, 1, 1);
    channel_run(&c, 10000);
    uint64_t before[2] = { c.end[0].sent, c.end[1].sent };
    uint64_t num = transport_newest_num(c.end[0].transport);
    channel_run(&c, 60000);
    for (int i = 0; i < 2; i++)
        assert_in_range(c.end[i].sent - before[i], 19, 21);
    assert_in_range(transport_newest_num(c.end[0].transport) - num, 19, 21);
    assert_true(c.now_ms - transport_newest_ms(c.end[0].transport) <= 3100);
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
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
