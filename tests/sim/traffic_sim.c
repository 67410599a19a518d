/*
 * How much is sent when nothing is to be said: into silence, and between idle ends.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "row.h"
#include "world.h"

#define SEEDS     20
#define MINUTE_MS 60000

/* IPv4 and UDP headers. */
#define HEADERS_BYTES 28

static struct world *
open_world(enum world_maker client, enum world_maker server, uint64_t seed)
{
    const struct world_config config = { .up = { .delay_ms = 50 },
                                         .down = { .delay_ms = 50 },
                                         .predict = PREDICT_NEVER,
                                         .client_maker = client,
                                         .server_maker = server };
    struct world *w = world_new(&config, seed);
    world_run(w, 15000 + dice_below(&w->dice, 3000));
    return w;
}

/* What a direction carries in so much time, with headers. */
static double
bits_per_s(struct world *w, struct wire *wire, uint64_t ms)
{
    uint64_t packets = wire->sent, bytes = wire->sent_bytes;
    world_run(w, ms);
    bytes = wire->sent_bytes - bytes + HEADERS_BYTES * (wire->sent - packets);
    return 8000.0 * (double)bytes / (double)ms;
}

static double
packets_a_minute(struct world *w, struct wire *wire, uint64_t minutes)
{
    uint64_t packets = wire->sent;
    world_run(w, minutes * MINUTE_MS);
    return (double)(wire->sent - packets) / (double)minutes;
}

static void
live(struct world *w, uint64_t ms)
{
    for (uint64_t end_ms = w->now_ms + ms; w->now_ms < end_ms;) {
        world_type(w, "make\r");
        shell_print(&w->shell, "\033[31mwarning\033[m: output of its own, a whole line of it\r\n");
        world_run(w, 200 + dice_below(&w->dice, 1500));
    }
}

/* Both ends want to say something all the time; each direction is measured by itself. */
static void
test_dead_path(void **state)
{
    (void)state;
    double worst = 0, later = 0, latest = 0;
    for (uint64_t seed = 1; seed <= SEEDS; seed++) {
        for (int is_busy = 0; is_busy < 2; is_busy++) {
            struct world *w = open_world(WORLD_SKUA, WORLD_SKUA, seed);
            world_cut(w, true);
            uint64_t up = w->up.sent, up_bytes = w->up.sent_bytes;
            uint64_t down = w->down.sent, down_bytes = w->down.sent_bytes;
            if (is_busy)
                live(w, 2 * MINUTE_MS);
            else
                world_run(w, 2 * MINUTE_MS);
            uint64_t bytes[2] = { w->up.sent_bytes - up_bytes + HEADERS_BYTES * (w->up.sent - up),
                                  w->down.sent_bytes - down_bytes +
                                      HEADERS_BYTES * (w->down.sent - down) };
            for (int way = 0; way < 2; way++) {
                double rate = 8.0 * (double)bytes[way] / 120;
                worst = rate > worst ? rate : worst;
                if (rate >= 3000)
                    fail_msg("seed %d, %s, %s: %.0f bit/s", (int)seed, is_busy ? "busy" : "idle",
                             way == 0 ? "up" : "down", rate);
            }
            world_run(w, MINUTE_MS);
            double slow = packets_a_minute(w, &w->up, 5);
            later = slow > later ? slow : later;
            assert_true(slow <= 60);
            assert_true(packets_a_minute(w, &w->down, 1) == 0); /* it has forgotten the address */
            world_run(w, 10 * MINUTE_MS);
            slow = packets_a_minute(w, &w->up, 5);
            latest = slow > latest ? slow : latest;
            assert_true(slow <= 30);
            world_free(w);
        }
    }
    row_print("dead path, first 2 minutes", "< 3000 bit/s each way", "%.0f bit/s with all headers",
              worst);
    row_print("dead path, then", "<= 60 packets a minute, then slower",
              "%.0f a minute, after 10 minutes %.0f", later, latest);
}

/* Both addresses of the server are dead, and somebody types on: two ways cost no more than one. */
static void
test_two_dead_paths(void **state)
{
    (void)state;
    double worst = 0;
    for (uint64_t seed = 1; seed <= SEEDS; seed++) {
        const struct world_config config = { .up = { .delay_ms = 50 },
                                             .down = { .delay_ms = 50 },
                                             .has_inet6 = true,
                                             .up6 = { .delay_ms = 50 },
                                             .down6 = { .delay_ms = 50 },
                                             .predict = PREDICT_NEVER };
        struct world *w = world_new(&config, seed);
        world_run(w, 15000 + dice_below(&w->dice, 3000));
        world_cut(w, true);
        uint64_t packets = w->up.sent + w->up6.sent, bytes = w->up.sent_bytes + w->up6.sent_bytes;
        live(w, 2 * MINUTE_MS);
        packets = w->up.sent + w->up6.sent - packets;
        bytes = w->up.sent_bytes + w->up6.sent_bytes - bytes;
        double rate = 8.0 * (double)(bytes + HEADERS_BYTES * packets) / 120;
        worst = rate > worst ? rate : worst;
        if (rate >= 3000)
            fail_msg("seed %d: %.0f bit/s", (int)seed, rate);
        world_free(w);
    }
    row_print("two dead paths, first 2 minutes, typing", "< 3000 bit/s up in all", "%.0f bit/s",
              worst);
}

/* One direction works: the other is not flooded. */
static void
test_half_dead_path(void **state)
{
    (void)state;
    struct world *w = open_world(WORLD_SKUA, WORLD_SKUA, 1);
    w->down.is_cut = true;
    double up = bits_per_s(w, &w->up, 2 * MINUTE_MS);
    double down = bits_per_s(w, &w->down, 2 * MINUTE_MS);
    printf("# only the way down is dead: %.0f bit/s up, %.0f down\n", up, down);
    assert_true(up < 3000 && down < 4000);
    world_free(w);
}

/* Half of what stock sends to stock, and no notice at a stock client, no detaching at a stock server. */
static void
test_idle(void **state)
{
    (void)state;
    static const struct {
        const char *name;
        enum world_maker client, server;
    } pair[] = { { "stock-stock", WORLD_STOCK, WORLD_STOCK },
                 { "skua-skua", WORLD_SKUA, WORLD_SKUA },
                 { "skua-stock", WORLD_SKUA, WORLD_STOCK },
                 { "stock-skua", WORLD_STOCK, WORLD_SKUA } };
    double stock_up = 0, stock_down = 0;
    for (size_t i = 0; i < sizeof pair / sizeof pair[0]; i++) {
        struct world *w = open_world(pair[i].client, pair[i].server, 3);
        world_run(w, MINUTE_MS);
        double down = -(double)w->down.sent, up = packets_a_minute(w, &w->up, 20);
        down = (down + (double)w->down.sent) / 20;
        printf("# idle, %-12s %5.1f packets a minute up, %5.1f down\n", pair[i].name, up, down);
        if (i == 0) {
            stock_up = up;
            stock_down = down;
        }
        assert_true(pair[i].client == WORLD_STOCK || up <= stock_up / 2);
        assert_true(pair[i].server == WORLD_STOCK || down <= stock_down / 2);
        for (int step = 0; step < 2000; step++) {
            world_run(w, 300);
            if (w->user_end.stock != NULL)
                assert_false(stock_client_shows_contact(w->user_end.stock, w->now_ms));
            if (w->host_end.stock != NULL)
                assert_true(stock_server_has_peer(w->host_end.stock));
        }
        world_free(w);
    }
}

static bool
has_notice(struct world *w)
{
    struct screen *shown = client_session_shown(w->client, w->now_ms);
    bool differs = !screen_equal(shown, client_session_raw(w->client));
    screen_unref(shown);
    return differs;
}

/*
 * A quarter of stock's packets and no notice, though one in fifty is lost; keys are as quick as ever, and who
 * is cut off is told.
 */
static void
test_metered(void **state)
{
    (void)state;
    double most = 0;
    for (uint64_t seed = 1; seed <= 20; seed++) {
        const struct world_config config = {
            .up = { .delay_ms = 50, .loss_permille = seed % 2 == 1 ? 20 : 0 },
            .down = { .delay_ms = 50, .loss_permille = seed % 2 == 1 ? 20 : 0 },
            .predict = PREDICT_NEVER,
            .is_metered = true
        };
        struct world *w = world_new(&config, seed);
        world_run(w, MINUTE_MS);
        double down = -(double)w->down.sent, up = packets_a_minute(w, &w->up, 20);
        down = (down + (double)w->down.sent) / 20;
        most = up > most ? up : most;
        most = down > most ? down : most;
        assert_true(up <= 5 && down <= 5);
        for (int step = 0; step < 1200; step++) {
            world_run(w, 500);
            if (has_notice(w))
                fail_msg("seed %u: a notice", (unsigned)seed);
        }
        if (seed % 2 == 0) {
            world_type(w, "k");
            assert_true(world_run_until_equal(w, 1000) <= 110);
        }
        world_cut(w, true);
        world_run(w, 22600);
        assert_true(has_notice(w));
        world_free(w);
    }
    printf("# idle, metered: at most %.1f packets a minute each way (20 seeds)\n", most);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_dead_path),      cmocka_unit_test(test_two_dead_paths),
        cmocka_unit_test(test_half_dead_path), cmocka_unit_test(test_idle),
        cmocka_unit_test(test_metered),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
