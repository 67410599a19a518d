/*
 * How long from a key to its echo, with prediction off: ours, and the model of stock's, over the same
 * links with the same seeds.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "row.h"
#include "typist.h"

#define SEEDS          200
#define DOWNLOAD_SEEDS 10

/* Typed first, over the link as it is: both kinds measure it, and are not judged while they do. */
#define WARM_UP_KEYS 20

/* The client's maker, then the server's. */
enum pair { SKUA_SKUA, SKUA_STOCK, STOCK_STOCK, PAIRS };

static const char *const pair_name[PAIRS] = { "skua-skua", "skua-stock", "stock-stock" };

static void
set_pair(struct world_config *config, enum pair pair)
{
    config->predict = PREDICT_NEVER;
    config->client_maker = pair == STOCK_STOCK ? WORLD_STOCK : WORLD_SKUA;
    config->server_maker = pair == SKUA_SKUA ? WORLD_SKUA : WORLD_STOCK;
}

static void
tell(const char *what, enum pair pair, struct latencies *l)
{
    printf("# %-18s %-12s mean %6.1f  median %5u  p90 %5u  p99 %5u ms  (%zu keys)\n", what,
           pair_name[pair], latencies_mean(l), latencies_quantile(l, 500),
           latencies_quantile(l, 900), latencies_quantile(l, 990), l->count);
}

/* Type at worlds of every seed. The session is up, on a clean link, before the link gets worse. */
static void
measure(const char *what, const struct wire_config *wire, enum pair pair, size_t keys,
        uint32_t gap_min_ms, uint32_t gap_max_ms, struct latencies *l)
{
    for (uint64_t seed = 1; seed <= SEEDS; seed++) {
        struct world_config config = { .up = { .delay_ms = wire->delay_ms },
                                       .down = { .delay_ms = wire->delay_ms } };
        set_pair(&config, pair);
        struct world *w = world_new(&config, seed);
        struct typist t;
        struct latencies unmeasured = { 0 };
        typist_init(&t, &unmeasured);
        world_run(w, 1000 + 8 * (uint64_t)wire->delay_ms);
        w->up.config = w->down.config = *wire;
        (void)typist_type(&t, w, WARM_UP_KEYS, gap_min_ms, gap_max_ms, 0);
        t.latencies = l;
        if (!typist_type(&t, w, keys, gap_min_ms, gap_max_ms, 60000))
            fail_msg("%s, %s, seed %llu: the last key never showed", what, pair_name[pair],
                     (unsigned long long)seed);
        latencies_fini(&unmeasured);
        world_free(w);
    }
    tell(what, pair, l);
}

static void
test_loss(void **state)
{
    (void)state;
    const struct wire_config wire = { .delay_ms = 50, .loss_permille = 290 };
    struct latencies l[PAIRS] = { { 0 } };
    for (int pair = 0; pair < PAIRS; pair++)
        measure("29 % loss, RTT 100", &wire, (enum pair)pair, 60, 60, 400, &l[pair]);
    /*
     * Half of stock's mean is less than the path alone takes, so no end can reach it. What comes on top of
     * the path is what the ends answer for.
     */
    struct latencies *ours = &l[SKUA_SKUA], *stock = &l[STOCK_STOCK], *mixed = &l[SKUA_STOCK];
    double path_ms = 2 * wire.delay_ms;
    double over_ms = latencies_mean(ours) - path_ms,
           stock_over_ms = latencies_mean(stock) - path_ms;
    row_print("29 % loss each way, RTT 100: mean beyond the path", "<= 1/10 of stock's",
              "%.1f of %.1f ms (%.3f); the path %.0f, means %.1f and %.1f (%.2f)", over_ms,
              stock_over_ms, over_ms / stock_over_ms, path_ms, latencies_mean(ours),
              latencies_mean(stock), latencies_mean(ours) / latencies_mean(stock));
    row_print("29 % loss each way, RTT 100: p99", "<= 1/3 of stock's", "%u of %u ms (%.2f)",
              latencies_quantile(ours, 990), latencies_quantile(stock, 990),
              (double)latencies_quantile(ours, 990) / latencies_quantile(stock, 990));
    row_print("the same, toward a stock server: mean, p99", "the figure",
              "%.1f, %u ms: %.2f and %.2f of stock's", latencies_mean(mixed),
              latencies_quantile(mixed, 990), latencies_mean(mixed) / latencies_mean(stock),
              (double)latencies_quantile(mixed, 990) / latencies_quantile(stock, 990));
    assert_true(over_ms <= stock_over_ms / 10);
    assert_true(latencies_quantile(ours, 990) <= latencies_quantile(stock, 990) / 3);
    assert_true(latencies_mean(mixed) < latencies_mean(stock));
    for (int pair = 0; pair < PAIRS; pair++)
        latencies_fini(&l[pair]);
}

/* No path to speak of: what is left is what the ends add. ssh adds nothing in virtual time. */
static void
test_lan(void **state)
{
    (void)state;
    const struct wire_config wire = { .delay_ms = 0 };
    struct latencies l[PAIRS] = { { 0 } };
    for (int pair = 0; pair < PAIRS; pair++)
        measure("LAN", &wire, (enum pair)pair, 60, 60, 400, &l[pair]);
    row_print("LAN, key to echo (bench/run --only echo: real time)", "median <= 1 ms",
              "median %u, p90 %u ms (stock %u, %u)", latencies_quantile(&l[SKUA_SKUA], 500),
              latencies_quantile(&l[SKUA_SKUA], 900), latencies_quantile(&l[STOCK_STOCK], 500),
              latencies_quantile(&l[STOCK_STOCK], 900));
    assert_true(latencies_quantile(&l[SKUA_SKUA], 500) <= 1);
    for (int pair = 0; pair < PAIRS; pair++)
        latencies_fini(&l[pair]);
}

/* Somebody types as fast as anybody can, far away: what is added to the path? */
static void
test_pacing(void **state)
{
    (void)state;
    const struct wire_config wire = { .delay_ms = 100 };
    struct latencies l[PAIRS] = { { 0 } };
    for (int pair = 0; pair < PAIRS; pair++)
        measure("RTT 200, 8 keys/s", &wire, (enum pair)pair, 60, 120, 130, &l[pair]);
    row_print("RTT 200, 8 keys/s: median beyond the path", "< 2 ms",
              "%u ms, p99 %u (stock %u, %u; toward a stock server %u)",
              latencies_quantile(&l[SKUA_SKUA], 500) - 200,
              latencies_quantile(&l[SKUA_SKUA], 990) - 200,
              latencies_quantile(&l[STOCK_STOCK], 500) - 200,
              latencies_quantile(&l[STOCK_STOCK], 990) - 200,
              latencies_quantile(&l[SKUA_STOCK], 500) - 200);
    assert_true(latencies_quantile(&l[SKUA_SKUA], 500) < 200 + 2);
    assert_true(latencies_quantile(&l[SKUA_SKUA], 990) < 200 + 10);
    for (int pair = 0; pair < PAIRS; pair++)
        latencies_fini(&l[pair]);
}

/* The share of the queue before a packet of ours that is ours. */
static uint32_t
own_queue_ms(const struct wire *wire)
{
    return (uint32_t)(wire->own_waiting_max_bytes * 1000 / wire->config.rate_bytes_per_s);
}

/* A phone with a queue of seconds, that a download has filled. */
static void
test_download(void **state)
{
    (void)state;
    const struct wire_config up = {
        .delay_ms = 25, .jitter_ms = 10, .rate_bytes_per_s = 625000, .queue_bytes = 4000000
    };
    const struct wire_config down = {
        .delay_ms = 25, .jitter_ms = 10, .rate_bytes_per_s = 1250000, .queue_bytes = 4000000
    };
    struct latencies l[PAIRS] = { { 0 } };
    uint32_t own_ms = 0;
    for (int pair = 0; pair < PAIRS; pair++) {
        for (uint64_t seed = 1; seed <= DOWNLOAD_SEEDS; seed++) {
            struct world_config config = { .up = up, .down = down };
            set_pair(&config, (enum pair)pair);
            struct world *w = world_new(&config, seed);
            struct typist t;
            typist_init(&t, &l[pair]);
            world_run(w, 3000);
            world_download(w);
            world_run(w, 10000);
            if (!typist_type(&t, w, 100, 60, 400, 60000))
                fail_msg("download, %s, seed %llu: the last key never showed", pair_name[pair],
                         (unsigned long long)seed);
            if (pair == SKUA_SKUA && own_queue_ms(&w->down) > own_ms)
                own_ms = own_queue_ms(&w->down);
            world_free(w);
        }
        tell("LTE, download", (enum pair)pair, &l[pair]);
    }
    row_print("LTE, 4 MB queue, a download: median, p99", "<= stock's", "%u, %u ms (stock %u, %u)",
              latencies_quantile(&l[SKUA_SKUA], 500), latencies_quantile(&l[SKUA_SKUA], 990),
              latencies_quantile(&l[STOCK_STOCK], 500), latencies_quantile(&l[STOCK_STOCK], 990));
    row_print("LTE, 4 MB queue: our own share of it", "< 50 ms", "%u ms", own_ms);
    assert_true(own_ms < 50);
    assert_true(latencies_quantile(&l[SKUA_SKUA], 500) <= latencies_quantile(&l[STOCK_STOCK], 500));
    assert_true(latencies_quantile(&l[SKUA_SKUA], 990) <= latencies_quantile(&l[STOCK_STOCK], 990));
    for (int pair = 0; pair < PAIRS; pair++)
        latencies_fini(&l[pair]);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_lan),
        cmocka_unit_test(test_loss),
        cmocka_unit_test(test_pacing),
        cmocka_unit_test(test_download),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
