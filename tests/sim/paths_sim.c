/*
 * Two ways to the server, one of each family: one of them dies, in one direction or in both, comes back, or
 * comes and goes; toward a Skua server and toward the model of stock. A failure prints its seed.
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

#define SEEDS   100
#define BAR_MS  2000
#define NEVER   UINT64_MAX
#define MAKERS  2
#define LIVES_S 300

static const char *const server_name[MAKERS] = { "Skua server", "stock server" };

enum { UP = 1, DOWN = 2 };

struct life {
    struct world *w;
    struct typist typist;
    struct latencies latencies;
};

/* The way over IPv4 takes 40 ms, that over IPv6 rtt6_ms. Up for a while, in any phase. */
static void
open_life(struct life *l, enum world_maker server, uint32_t rtt6_ms, uint64_t seed)
{
    const struct world_config config = { .up = { .delay_ms = 20 },
                                         .down = { .delay_ms = 20 },
                                         .has_inet6 = true,
                                         .up6 = { .delay_ms = rtt6_ms / 2 },
                                         .down6 = { .delay_ms = rtt6_ms / 2 },
                                         .server_maker = server,
                                         .predict = PREDICT_NEVER };
    *l = (struct life){ .w = world_new(&config, seed) };
    typist_init(&l->typist, &l->latencies);
    world_run(l->w, 8000 + dice_below(&l->w->dice, 3000));
}

static void
close_life(struct life *l)
{
    latencies_fini(&l->latencies);
    world_free(l->w);
}

static void
cut(struct world *w, bool is_inet6, int ways)
{
    (is_inet6 ? &w->up6 : &w->up)->is_cut = (ways & UP) != 0;
    (is_inet6 ? &w->down6 : &w->down)->is_cut = (ways & DOWN) != 0;
}

static bool
is_on_inet6(const struct world *w)
{
    return w->user_end.path_is_inet6[w->user_end.path % 256];
}

static void
type(struct life *l, size_t keys)
{
    if (!typist_type(&l->typist, l->w, keys, 50, 300, 20000))
        fail_msg("seed %llu: a key never showed", (unsigned long long)l->w->seed);
}

struct death {
    const char *name;
    int ways;
    bool is_busy; /* the server prints meanwhile: its packets are there, ours may not be */
};

static const struct death deaths[] = {
    { "dies both ways", UP | DOWN, false },
    { "dies on the way up", UP, false },
    { "dies on the way up, server busy", UP, true },
    { "dies on the way down", DOWN, false },
};

/* Print at the top of the screen, where the typist does not look, until a key of his shows. */
static uint64_t
press(struct life *l, bool is_busy)
{
    if (!is_busy)
        return typist_press(&l->typist, l->w, 20000);
    uint64_t start_ms = l->w->now_ms;
    while (l->w->now_ms < start_ms + 20000) {
        shell_print(&l->w->shell, "\0337\033[20;1H\033[Kbusy\0338");
        if (start_ms == l->w->now_ms ? typist_press(&l->typist, l->w, 50) != NEVER
                                     : typist_wait(&l->typist, l->w, 50) != NEVER)
            return l->w->now_ms - start_ms;
    }
    return NEVER;
}

/* Whichever way is used dies, then the other one, four times. */
static void
test_death(void **state)
{
    const struct death *d = *state;
    for (int maker = 0; maker < MAKERS; maker++) {
        uint64_t worst_ms = 0, worst_seed = 0;
        struct latencies all = { 0 };
        for (uint64_t seed = 1; seed <= SEEDS; seed++) {
            struct life l;
            open_life(&l, (enum world_maker)maker, 80, seed);
            for (int turn = 0; turn < 4; turn++) {
                type(&l, 10);
                bool dead = is_on_inet6(l.w);
                cut(l.w, dead, d->ways);
                cut(l.w, !dead, 0);
                world_run(l.w, dice_below(&l.w->dice, 200));
                uint64_t took_ms = press(&l, d->is_busy);
                if (took_ms > BAR_MS)
                    fail_msg("%s, %s, seed %llu: %lld ms", d->name, server_name[maker],
                             (unsigned long long)seed, (long long)took_ms);
                latencies_add(&all, took_ms);
                if (took_ms > worst_ms) {
                    worst_ms = took_ms;
                    worst_seed = seed;
                }
            }
            close_life(&l);
        }
        char what[80];
        snprintf(what, sizeof what, "a path %s, %s", d->name, server_name[maker]);
        row_print(what, "<= 2000 ms", "median %u, worst of %zu %llu ms (seed %llu)",
                  latencies_quantile(&all, 500), all.count, (unsigned long long)worst_ms,
                  (unsigned long long)worst_seed);
        latencies_fini(&all);
    }
}

/* Words with pauses between them, as people type. Returns when it is_inet6; NEVER: not in that time. */
static uint64_t
live_until(struct life *l, bool is_inet6, uint64_t limit_ms)
{
    uint64_t start_ms = l->w->now_ms;
    while (l->w->now_ms < start_ms + limit_ms) {
        if (is_on_inet6(l->w) == is_inet6)
            return l->w->now_ms - start_ms;
        type(l, 1 + dice_below(&l->w->dice, 6));
        world_run(l->w, 300 + dice_below(&l->w->dice, 2500));
    }
    return NEVER;
}

/* The quick way dies, and comes back after so long: it is used again, and no key waits for that. */
static void
test_return(void **state)
{
    (void)state;
    for (int maker = 0; maker < MAKERS; maker++) {
        uint64_t worst_ms = 0, worst_key_ms = 0, worst_seed = 0;
        for (uint64_t seed = 1; seed <= SEEDS; seed++) {
            struct life l;
            open_life(&l, (enum world_maker)maker, 100, seed);
            type(&l, 5);
            assert_false(is_on_inet6(l.w));
            cut(l.w, false, UP | DOWN);
            assert_int_not_equal(typist_press(&l.typist, l.w, BAR_MS), NEVER);
            assert_int_not_equal(live_until(&l, true, 10000), NEVER);
            uint64_t away_ms = 1000 + dice_below(&l.w->dice, 20000);
            while (away_ms > 3000) {
                away_ms -= 3000;
                type(&l, 3);
                world_run(l.w, 2000);
            }
            assert_true(is_on_inet6(l.w));
            cut(l.w, false, 0);
            struct latencies before = l.latencies;
            l.latencies = (struct latencies){ 0 };
            uint64_t took_ms = live_until(&l, false, LIVES_S * 1000);
            if (took_ms == NEVER)
                fail_msg("%s, seed %llu: never moved back", server_name[maker],
                         (unsigned long long)seed);
            uint64_t key_ms = latencies_quantile(&l.latencies, 1000);
            /* A look leads the server away for a moment; a key leads it back. */
            if (key_ms > 150)
                fail_msg("%s, seed %llu: a key took %d ms while it moved back", server_name[maker],
                         (unsigned long long)seed, (int)key_ms);
            worst_key_ms = key_ms > worst_key_ms ? key_ms : worst_key_ms;
            if (took_ms > worst_ms) {
                worst_ms = took_ms;
                worst_seed = seed;
            }
            latencies_fini(&before);
            close_life(&l);
        }
        char what[80];
        snprintf(what, sizeof what, "a better path returns, %s", server_name[maker]);
        row_print(
            what, "used again; no key over 150 ms",
            "used again within %.1f s of typing (worst of %d, seed %llu); slowest key %llu ms",
            (double)worst_ms / 1000, SEEDS, (unsigned long long)worst_seed,
            (unsigned long long)worst_key_ms);
    }
}

/* The quick way comes and goes. Keys go on, and the session does not run after it. */
static void
test_flaps(void **state)
{
    (void)state;
    for (int maker = 0; maker < MAKERS; maker++) {
        uint64_t worst_ms = 0, worst_seed = 0;
        int most_moves = 0;
        for (uint64_t seed = 1; seed <= SEEDS / 4; seed++) {
            struct life l;
            open_life(&l, (enum world_maker)maker, 100, seed);
            int moves = 0;
            bool was_inet6 = is_on_inet6(l.w), is_cut = false;
            uint64_t flap_ms = 0, end_ms = l.w->now_ms + LIVES_S * 1000;
            while (l.w->now_ms < end_ms) {
                if (l.w->now_ms >= flap_ms) {
                    is_cut = !is_cut;
                    cut(l.w, false, is_cut ? UP | DOWN : 0);
                    flap_ms = l.w->now_ms + 2000 + dice_below(&l.w->dice, 8000);
                }
                type(&l, 1 + dice_below(&l.w->dice, 4));
                world_run(l.w, 300 + dice_below(&l.w->dice, 2500));
                moves += is_on_inet6(l.w) != was_inet6;
                was_inet6 = is_on_inet6(l.w);
            }
            uint64_t key_ms = latencies_quantile(&l.latencies, 1000);
            if (key_ms > BAR_MS || moves > 20)
                fail_msg("flaps, %s, seed %llu: a key took %d ms, %d moves", server_name[maker],
                         (unsigned long long)seed, (int)key_ms, moves);
            most_moves = moves > most_moves ? moves : most_moves;
            if (key_ms > worst_ms) {
                worst_ms = key_ms;
                worst_seed = seed;
            }
            close_life(&l);
        }
        char what[80];
        snprintf(what, sizeof what, "a path flaps for %d s, %s", LIVES_S, server_name[maker]);
        row_print(what, "<= 2000 ms, at most 20 moves",
                  "slowest key of %d lives %llu ms (seed %llu); at most %d moves", SEEDS / 4,
                  (unsigned long long)worst_ms, (unsigned long long)worst_seed, most_moves);
    }
}

/* Nobody is there: nothing goes over the way that is not in use. */
static void
test_idle_takes_no_looks(void **state)
{
    (void)state;
    for (int maker = 0; maker < MAKERS; maker++) {
        struct life l;
        open_life(&l, (enum world_maker)maker, 20, 7);
        type(&l, 5);
        world_run(l.w, 60000);
        uint64_t sent = l.w->up.sent + l.w->up6.sent, other = l.w->up.sent;
        if (!is_on_inet6(l.w))
            other = l.w->up6.sent;
        world_run(l.w, 600000);
        assert_int_equal(is_on_inet6(l.w) ? l.w->up.sent : l.w->up6.sent, other);
        printf("# idle with two paths, %-12s %.1f packets a minute up, none of them a look\n",
               server_name[maker], (double)(l.w->up.sent + l.w->up6.sent - sent) / 10);
        close_life(&l);
    }
}

/* Somebody types with pauses for ten minutes; the other way is no better, or dead. */
static void
test_looks_are_few(void **state)
{
    (void)state;
    for (int maker = 0; maker < MAKERS; maker++) {
        for (int is_dead = 0; is_dead < 2; is_dead++) {
            struct life l;
            open_life(&l, (enum world_maker)maker, 60, 7);
            cut(l.w, true, is_dead ? DOWN : 0);
            uint64_t looks = l.w->up6.sent;
            assert_int_equal(live_until(&l, true, 600000), NEVER);
            looks = l.w->up6.sent - looks;
            uint64_t key_ms = latencies_quantile(&l.latencies, 1000);
            printf(
                "# ten minutes beside a path that is %-6s %-12s %llu looks; keys median %u, worst "
                "%llu ms\n",
                is_dead ? "dead" : "slower", server_name[maker], (unsigned long long)looks,
                latencies_quantile(&l.latencies, 500), (unsigned long long)key_ms);
            assert_true(looks <= 20);
            assert_true(key_ms <= 150);
            close_life(&l);
        }
    }
}

/* Much gets lost on the only way that there is: that the other address leads nowhere costs little. */
static void
test_loss_beside_a_dead_path(void **state)
{
    (void)state;
    for (int maker = 0; maker < MAKERS; maker++) {
        double mean_ms[2];
        uint32_t p99_ms[2];
        for (int has_other = 0; has_other < 2; has_other++) {
            struct latencies all = { 0 };
            for (uint64_t seed = 1; seed <= SEEDS / 2; seed++) {
                const struct wire_config bad = { .delay_ms = 50, .loss_permille = 290 };
                const struct world_config config = { .up = { .delay_ms = 50 },
                                                     .down = { .delay_ms = 50 },
                                                     .has_inet6 = has_other == 1,
                                                     .server_maker = (enum world_maker)maker,
                                                     .predict = PREDICT_NEVER };
                struct life l = { .w = world_new(&config, seed) };
                cut(l.w, true, UP | DOWN);
                typist_init(&l.typist, &all);
                world_run(l.w, 3000);
                l.w->up.config = l.w->down.config = bad;
                if (!typist_type(&l.typist, l.w, 60, 60, 400, 60000))
                    fail_msg("seed %llu: a key never showed", (unsigned long long)seed);
                close_life(&l);
            }
            mean_ms[has_other] = latencies_mean(&all);
            p99_ms[has_other] = latencies_quantile(&all, 990);
            latencies_fini(&all);
        }
        printf("# 29 %% loss, RTT 100, %-12s mean %.1f, p99 %u ms; with a dead address beside it "
               "%.1f, "
               "%u\n",
               server_name[maker], mean_ms[0], p99_ms[0], mean_ms[1], p99_ms[1]);
        assert_true(mean_ms[1] <= 1.05 * mean_ms[0]);
    }
}

int
main(void)
{
    enum { DEATHS = sizeof deaths / sizeof deaths[0], OTHERS = 5 };
    struct CMUnitTest tests[DEATHS + OTHERS] = {
        cmocka_unit_test(test_return),
        cmocka_unit_test(test_flaps),
        cmocka_unit_test(test_idle_takes_no_looks),
        cmocka_unit_test(test_looks_are_few),
        cmocka_unit_test(test_loss_beside_a_dead_path),
    };
    for (size_t i = 0; i < DEATHS; i++) {
        tests[OTHERS + i] = (struct CMUnitTest){ .name = deaths[i].name,
                                                 .test_func = test_death,
                                                 .initial_state = (void *)(uintptr_t)&deaths[i] };
    }
    return cmocka_run_group_tests(tests, NULL, NULL);
}
