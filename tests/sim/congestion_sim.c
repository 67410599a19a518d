/*
 * A program that prints without end over a link that can't carry it: our own packets must not pile up
 * in the link's queue, and keys are answered meanwhile.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "world.h"

#define SEEDS      5
#define FLOOD_S    30
#define WARM_UP_MS 20000

struct figures {
    uint32_t own_ms; /* of our packets, before one of ours in the queue, at most */
    double kbytes_per_s;
};

/* A screen that does not compress, in the lines below the first. */
static void
print_screen(struct world *w)
{
    char line[90];
    for (int y = 2; y <= 24; y++) {
        int at = snprintf(line, sizeof line, "\033[%d;1H", y);
        for (int x = 0; x < 79; x++)
            line[at++] = (char)(' ' + dice_below(&w->dice, 95));
        line[at] = '\0';
        shell_print(&w->shell, line);
    }
}

static void
flood(struct world *w, uint64_t ms)
{
    for (uint64_t end_ms = w->now_ms + ms; w->now_ms < end_ms;) {
        print_screen(w);
        world_run(w, 20);
    }
}

static struct figures
measure(enum world_maker maker, uint32_t rate, uint64_t seed)
{
    const struct wire_config wire = { .delay_ms = 25,
                                      .rate_bytes_per_s = rate,
                                      .queue_bytes = 1000000 };
    const struct world_config config = { .up = wire,
                                         .down = wire,
                                         .client_maker = maker,
                                         .server_maker = maker,
                                         .predict = PREDICT_NEVER };
    struct world *w = world_new(&config, seed);
    world_run(w, 2000);
    flood(w, WARM_UP_MS);
    w->down.own_waiting_max_bytes = 0;
    uint64_t bytes = w->down.sent_bytes;
    flood(w, FLOOD_S * 1000);
    const struct figures f = {
        .own_ms = (uint32_t)(w->down.own_waiting_max_bytes * 1000 / rate),
        .kbytes_per_s = (double)(w->down.sent_bytes - bytes) / FLOOD_S / 1000,
    };
    world_free(w);
    return f;
}

static void
test_slow_links(void **state)
{
    (void)state;
    static const struct {
        uint32_t rate;      /* bytes a second */
        uint32_t bar_ms;    /* two to three screens of some 1900 bytes */
        double least_share; /* of the link's rate that is put to use */
    } links[] = {
        { 2000, 3000, 0.8 }, { 6000, 1000, 0.8 }, { 20000, 200, 0.8 }, { 60000, 50, 0.6 }
    };
    for (size_t i = 0; i < sizeof links / sizeof links[0]; i++) {
        struct figures worst = { .kbytes_per_s = 1e9 };
        for (uint64_t seed = 1; seed <= SEEDS; seed++) {
            struct figures f = measure(WORLD_SKUA, links[i].rate, seed);
            worst.own_ms = f.own_ms > worst.own_ms ? f.own_ms : worst.own_ms;
            if (f.kbytes_per_s < worst.kbytes_per_s)
                worst.kbytes_per_s = f.kbytes_per_s;
        }
        struct figures stock = measure(WORLD_STOCK, links[i].rate, 1);
        printf("# flood over %5u byte/s: own queue at most %4u ms at %4.1f kB/s; "
               "the model of stock: %6u ms at %4.1f kB/s\n",
               links[i].rate, worst.own_ms, worst.kbytes_per_s, stock.own_ms, stock.kbytes_per_s);
        assert_true(worst.own_ms <= links[i].bar_ms);
        assert_true(worst.kbytes_per_s * 1000 >= links[i].least_share * links[i].rate);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_slow_links),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
