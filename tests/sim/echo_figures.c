/*
 * Echo latencies of a simulated link, for comparison with those of a real one: bench/twin asks.
 *
 *     echo_figures PAIR RTT JITTER LOSS_PERMILLE GAP_MIN GAP_MAX KEYS SEEDS
 *
 * PAIR is client-server of stock and skua; times are in ms, jitter and loss one way's. One line of figures.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "typist.h"

enum { PAIR = 1, RTT, JITTER, LOSS, GAP_MIN, GAP_MAX, KEYS, SEEDS, ARGUMENTS };

static uint32_t
number(char **argv, int at)
{
    char *end;
    unsigned long n = strtoul(argv[at], &end, 10);
    if (*argv[at] == '\0' || *end != '\0' || n > 1000000) {
        fprintf(stderr, "echo_figures: not a number in reach: %s\n", argv[at]);
        exit(2);
    }
    return (uint32_t)n;
}

int
main(int argc, char **argv)
{
    if (argc != ARGUMENTS) {
        fprintf(stderr, "usage: echo_figures PAIR RTT JITTER LOSS GAP_MIN GAP_MAX KEYS SEEDS\n");
        return 2;
    }
    uint32_t rtt_ms = number(argv, RTT);
    struct wire_config up = { .delay_ms = rtt_ms / 2 }, down = { .delay_ms = rtt_ms - rtt_ms / 2 };
    struct world_config config = { .up = up, .down = down, .predict = PREDICT_NEVER };
    up.jitter_ms = down.jitter_ms = number(argv, JITTER);
    up.loss_permille = down.loss_permille = number(argv, LOSS);
    const char *dash = strchr(argv[PAIR], '-');
    config.client_maker = strncmp(argv[PAIR], "stock-", 6) == 0 ? WORLD_STOCK : WORLD_SKUA;
    config.server_maker = dash != NULL && strcmp(dash, "-stock") == 0 ? WORLD_STOCK : WORLD_SKUA;
    uint32_t keys = number(argv, KEYS), seeds = number(argv, SEEDS);
    uint32_t gap_min_ms = number(argv, GAP_MIN), gap_max_ms = number(argv, GAP_MAX);
    struct latencies l = { 0 };
    for (uint64_t seed = 1; seed <= seeds; seed++) {
        struct world *w = world_new(&config, seed);
        struct typist t;
        typist_init(&t, &l);
        world_run(w, 3000);
        w->up.config = up;
        w->down.config = down;
        if (!typist_type(&t, w, keys < TYPIST_KEYS_MAX ? keys : TYPIST_KEYS_MAX, gap_min_ms,
                         gap_max_ms, 60000))
            fprintf(stderr, "echo_figures: seed %llu: a key never showed\n",
                    (unsigned long long)seed);
        world_free(w);
    }
    printf("mean %.1f median %u p90 %u p99 %u\n", latencies_mean(&l), latencies_quantile(&l, 500),
           latencies_quantile(&l, 900), latencies_quantile(&l, 990));
    latencies_fini(&l);
    return 0;
}
