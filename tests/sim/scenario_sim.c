/*
 * Properties over many seeds, whatever the network does: after it heals both ends become equal, what
 * was typed arrived once and in order, and no refuted prediction is left on the user's screen.
 * A failure prints its scenario and seed.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "world.h"

#define SEEDS 200

struct scenario {
    const char *name;
    struct wire_config wire;          /* both ways */
    void (*disturb)(struct world *w); /* in the middle of the typing; may be NULL */
    uint64_t limit_ms;                /* to become equal once healed */
};

static const char *const words[] = { "ls", "make", "vi x", "\r", "cd /", "\x7f", "grep a b", "\r" };

static void
type_a_word(struct world *w)
{
    world_type(w, words[dice_below(&w->dice, sizeof words / sizeof words[0])]);
}

static void
live(struct world *w, int actions)
{
    for (int i = 0; i < actions; i++) {
        type_a_word(w);
        if (dice_permille(&w->dice, 200))
            shell_print(&w->shell, "\033[31mwarning\033[m: output of its own\r\n");
        if (dice_permille(&w->dice, 50))
            client_session_resize(w->client, 10 + (int)dice_below(&w->dice, 40),
                                  20 + (int)dice_below(&w->dice, 100), w->now_ms);
        world_run(w, 20 + dice_below(&w->dice, 400));
    }
}

static void
heal(struct world *w)
{
    world_cut(w, false);
    w->up.config.mtu_bytes = w->down.config.mtu_bytes = 0;
}

static void
lose_nothing(struct world *w)
{
    const struct wire_config clean = { .delay_ms = w->up.config.delay_ms };
    w->up.config = w->down.config = clean;
}

static bool
shows_the_raw_screen(struct world *w)
{
    struct screen *shown = client_session_shown(w->client, w->now_ms);
    bool same = screen_equal(shown, client_session_raw(w->client));
    screen_unref(shown);
    return same;
}

static void
run_scenario(const struct scenario *s)
{
    uint64_t worst_ms = 0;
    for (uint64_t seed = 1; seed <= SEEDS; seed++) {
        const struct world_config config = { .up = s->wire,
                                             .down = s->wire,
                                             .predict = PREDICT_ALWAYS,
                                             .echo_delay_ms = (uint32_t)(seed % 3) };
        struct world *w = world_new(&config, seed);
        /* Whether a session comes up at all within its 15 s is luck on such links: not the point. */
        lose_nothing(w);
        world_run(w, 4 * s->wire.delay_ms + 100);
        w->up.config = w->down.config = s->wire;
        live(w, 10);
        if (s->disturb != NULL)
            s->disturb(w);
        live(w, 5);
        heal(w);
        uint64_t took_ms = world_run_until_equal(w, s->limit_ms);
        if (took_ms == UINT64_MAX)
            fail_msg("%s, seed %llu: not equal after %llu ms", s->name, (unsigned long long)seed,
                     (unsigned long long)s->limit_ms);
        if (took_ms > worst_ms)
            worst_ms = took_ms;
        if (!world_typed_arrived(w))
            fail_msg("%s, seed %llu: typed text was lost or doubled", s->name,
                     (unsigned long long)seed);
        /* Time for the last echo ack, the last verdict, and for a notice of silence to go. */
        lose_nothing(w);
        world_run(w, 10000);
        if (!shows_the_raw_screen(w))
            fail_msg("%s, seed %llu: a refuted prediction is still shown", s->name,
                     (unsigned long long)seed);
        world_free(w);
    }
    printf("# %-28s %d seeds, equal after at most %llu ms\n", s->name, SEEDS,
           (unsigned long long)worst_ms);
}

static void
outage_30_s(struct world *w)
{
    world_cut(w, true);
    live(w, 5);
    world_run(w, 30000);
    world_cut(w, false);
}

static void
outage_2_h(struct world *w)
{
    world_cut(w, true);
    live(w, 5);
    world_run(w, 2 * 3600 * 1000);
    world_cut(w, false);
}

static void
move_1000_times(struct world *w)
{
    for (int i = 0; i < 1000; i++) {
        world_move_client(w);
        if (i % 10 == 0)
            type_a_word(w);
        world_run(w, 50 + dice_below(&w->dice, 400));
    }
}

static void
fill_through_a_hole(struct world *w)
{
    w->up.config.mtu_bytes = w->down.config.mtu_bytes = 600;
    for (int i = 0; i < 24; i++) {
        char line[80];
        for (size_t x = 0; x < sizeof line - 1; x++)
            line[x] = (char)(' ' + dice_below(&w->dice, 95));
        line[sizeof line - 1] = '\0';
        shell_print(&w->shell, line);
        shell_print(&w->shell, "\r\n");
    }
    world_run(w, 3000);
}

static void
sleep_an_hour(struct world *w)
{
    type_a_word(w);
    world_sleep_client(w, 3600 * 1000);
    world_move_client(w);
}

static void
stop_the_server(struct world *w)
{
    w->server_asleep = true;
    live(w, 3);
    world_run(w, 60000);
    w->server_asleep = false;
}

static const struct scenario scenarios[] = {
    { "clean", { .delay_ms = 20 }, NULL, 5000 },
    { "29 % loss, RTT 100", { .delay_ms = 50, .loss_permille = 290 }, NULL, 60000 },
    { "50 % burst loss",
      { .delay_ms = 50, .burst_good_ms = 1000, .burst_bad_ms = 1000, .burst_loss_permille = 1000 },
      NULL,
      60000 },
    { "RTT 600", { .delay_ms = 300, .jitter_ms = 30 }, NULL, 20000 },
    { "RTT 1 ms", { .delay_ms = 0, .jitter_ms = 1 }, NULL, 5000 },
    { "duplicates and reordering",
      { .delay_ms = 30,
        .jitter_ms = 20,
        .duplicate_permille = 500,
        .reorder_permille = 500,
        .reorder_ms = 500 },
      NULL,
      20000 },
    { "slow link with a queue",
      { .delay_ms = 80, .rate_bytes_per_s = 4000, .queue_bytes = 20000 },
      NULL,
      60000 },
    { "outage of 30 s", { .delay_ms = 40 }, outage_30_s, 10000 },
    { "outage of 2 h", { .delay_ms = 40 }, outage_2_h, 10000 },
    { "1000 address changes", { .delay_ms = 40, .loss_permille = 20 }, move_1000_times, 20000 },
    { "MTU hole of 600 bytes", { .delay_ms = 40 }, fill_through_a_hole, 20000 },
    { "sleep of an hour", { .delay_ms = 40 }, sleep_an_hour, 10000 },
    { "server stopped for 60 s", { .delay_ms = 40 }, stop_the_server, 20000 },
};

static void
test_scenario(void **state)
{
    run_scenario(*state);
}

int
main(void)
{
    struct CMUnitTest tests[sizeof scenarios / sizeof scenarios[0]];
    for (size_t i = 0; i < sizeof scenarios / sizeof scenarios[0]; i++) {
        tests[i] = (struct CMUnitTest){ .name = scenarios[i].name,
                                        .test_func = test_scenario,
                                        .initial_state = (void *)(uintptr_t)&scenarios[i] };
    }
    return cmocka_run_group_tests(tests, NULL, NULL);
}
