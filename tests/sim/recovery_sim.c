/*
 * How soon a session goes on after something happened to the network, in round trips and milliseconds.
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

#define SEEDS       200
#define STOCK_SEEDS 40
#define RTT_MS      100
#define NEVER       UINT64_MAX

static const struct wire_config quiet_wire = { .delay_ms = RTT_MS / 2 };

static struct world *
open_world_of(enum world_maker maker, uint64_t seed)
{
    const struct world_config config = { .up = quiet_wire,
                                         .down = quiet_wire,
                                         .client_maker = maker,
                                         .server_maker = maker,
                                         .predict = PREDICT_NEVER };
    struct world *w = world_new(&config, seed);
    /* Up for a while, in any phase of what it does when idle. */
    world_run(w, 8000 + dice_below(&w->dice, 3000));
    return w;
}

static struct world *
open_world(uint64_t seed)
{
    return open_world_of(WORLD_SKUA, seed);
}

static void
expect(const char *what, const struct world *w, uint64_t took_ms, uint64_t bar_ms)
{
    if (took_ms > bar_ms)
        fail_msg("%s, seed %llu: %lld ms, not %llu", what, (unsigned long long)w->seed,
                 (long long)took_ms, (unsigned long long)bar_ms);
}

/* A row of the report, of what was noted: the caller's latencies are ended. */
static void
tell(const char *what, struct latencies *took, uint64_t bar_ms)
{
    char bar[40];
    snprintf(bar, sizeof bar, "<= %llu ms", (unsigned long long)bar_ms);
    row_print(what, bar, "median %u, worst of %zu %u ms", latencies_quantile(took, 500),
              took->count, latencies_quantile(took, 1000));
    latencies_fini(took);
}

struct outage {
    const char *name;
    uint64_t ms;
    bool is_typing; /* keys go into the silence, too */
    bool is_told;   /* the machine says when its network is back */
};

static const struct outage outages[] = {
    { "outage of 5 s", 5000, false, false },
    { "outage of 30 s", 30000, false, false },
    { "outage of 90 s", 90000, false, false },
    { "outage of 5 s, typing", 5000, true, false },
    { "outage of 30 s, typing", 30000, true, false },
    { "outage of 90 s, typing", 90000, true, false },
    { "outage of 5 s, told", 5000, false, true },
    { "outage of 30 s, told", 30000, true, true },
    { "outage of 90 s, told", 90000, false, true },
};

/* After the prompt, in the server's newest screen. */
static bool
has_news(struct world *w, void *context)
{
    (void)context;
    const struct row *row = user_end_screen(&w->user_end)->row[0];
    return row->cell[2].text == 'n' && row->cell[5].text == 's';
}

/* What was typed is there, and no notice of silence is left. */
static bool
is_as_before(struct world *w, void *context)
{
    (void)context;
    return world_typed_arrived(w) && world_is_equal(w) && world_shows(w, "news");
}

/* From the link's return until the server's screen is there; UINT64_MAX: not within 20 s. */
static uint64_t
outage_ms(struct world *w, const struct outage *o)
{
    world_cut(w, true);
    uint64_t end_ms = w->now_ms + o->ms;
    world_run(w, dice_below(&w->dice, (uint32_t)o->ms / 2));
    shell_print(&w->shell, "news from the server\r\n");
    while (w->now_ms + 700 < end_ms) {
        if (o->is_typing)
            world_type(w, "x");
        world_run(w, 100 + dice_below(&w->dice, 600));
    }
    world_run(w, end_ms - w->now_ms);
    world_cut(w, false);
    if (o->is_told)
        world_path_event(w, w->seed % 2 == 0 ? PATH_MOVED : PATH_UP);
    return world_run_until(w, has_news, NULL, 20000);
}

static void
test_outage(void **state)
{
    const struct outage *o = *state;
    struct latencies took = { 0 }, stock_took = { 0 };
    uint64_t bar_ms = RTT_MS + (o->is_told ? 100 : 300);
    for (uint64_t seed = 1; seed <= SEEDS; seed++) {
        struct world *w = open_world(seed);
        uint64_t took_ms = outage_ms(w, o);
        expect(o->name, w, took_ms, bar_ms);
        latencies_add(&took, took_ms);
        /* The packet that finds the path is a small one: what was typed takes a round trip more. */
        took_ms += world_run_until(w, is_as_before, NULL, 20000);
        expect(o->name, w, took_ms, bar_ms + RTT_MS + 50);
        world_free(w);
    }
    for (uint64_t seed = 1; seed <= STOCK_SEEDS; seed++) {
        struct world *w = open_world_of(WORLD_STOCK, seed);
        latencies_add(&stock_took, outage_ms(w, o));
        world_free(w);
    }
    printf("# %s, the model of stock: median %u, worst of %d seeds %u ms\n", o->name,
           latencies_quantile(&stock_took, 500), STOCK_SEEDS,
           latencies_quantile(&stock_took, 1000));
    latencies_fini(&stock_took);
    tell(o->name, &took, bar_ms);
}

static void
test_typing_after_a_move(void **state)
{
    (void)state;
    struct latencies took = { 0 };
    for (uint64_t seed = 1; seed <= SEEDS; seed++) {
        struct world *w = open_world(seed);
        struct latencies l = { 0 };
        struct typist t;
        typist_init(&t, &l);
        assert_true(typist_type(&t, w, 5, 50, 300, 5000));
        world_move_client(w);
        world_run(w, dice_below(&w->dice, 400));
        uint64_t took_ms = typist_press(&t, w, 20000);
        expect("typing after a move", w, took_ms, RTT_MS + 30);
        latencies_add(&took, took_ms);
        latencies_fini(&l);
        world_free(w);
    }
    tell("typing after a move", &took, RTT_MS + 30);
}

static void
test_output_after_a_move(void **state)
{
    (void)state;
    struct latencies took = { 0 };
    for (uint64_t seed = 1; seed <= SEEDS; seed++) {
        struct world *w = open_world(seed);
        world_move_client(w);
        shell_print(&w->shell, "news from the server\r\n");
        world_run(w, dice_below(&w->dice, 20)); /* until the machine says so */
        world_path_event(w, PATH_MOVED);
        uint64_t took_ms = world_run_until_equal(w, 20000);
        expect("output after a move", w, took_ms, RTT_MS + 300);
        latencies_add(&took, took_ms);
        world_free(w);
    }
    tell("output after a move, told", &took, RTT_MS + 300);
}

/*
 * A NAT gives the client another port and tells nobody; what the server sends to the old one is lost until
 * the client speaks next. With nobody typing that is its next heartbeat, or its question why the server is
 * silent: docs/PROTOCOL.md, "Roaming".
 */
static void
test_silent_rebinding(void **state)
{
    (void)state;
    struct latencies took = { 0 };
    uint64_t bar_ms = 10000 + 2 * RTT_MS + 300;
    for (uint64_t seed = 1; seed <= SEEDS; seed++) {
        struct world *w = open_world(seed);
        world_run(w, seed % 2 == 0 ? 60000 : 0); /* idle ends say less */
        world_move_client(w);
        shell_print(&w->shell, "news from the server\r\n");
        uint64_t took_ms = world_run_until_equal(w, 20000);
        expect("silent rebinding", w, took_ms, bar_ms);
        latencies_add(&took, took_ms);
        world_free(w);
    }
    tell("output after a silent rebinding", &took, bar_ms);
}

static void
fill_screen(struct world *w)
{
    for (int y = 0; y < 24; y++) {
        char line[80];
        for (size_t x = 0; x < sizeof line - 1; x++)
            line[x] = (char)(' ' + dice_below(&w->dice, 95));
        line[sizeof line - 1] = '\0';
        shell_print(&w->shell, line);
        shell_print(&w->shell, "\r\n");
    }
}

static void
test_mtu_falls(void **state)
{
    (void)state;
    struct latencies took = { 0 };
    for (uint64_t seed = 1; seed <= SEEDS; seed++) {
        struct world *w = open_world(seed);
        w->up.config.mtu_bytes = w->down.config.mtu_bytes = 600;
        fill_screen(w);
        uint64_t took_ms = world_run_until_equal(w, 20000);
        expect("MTU falls to 600", w, took_ms, 3000);
        latencies_add(&took, took_ms);
        world_free(w);
    }
    tell("MTU falls to 600, a screen", &took, 3000);
    for (uint64_t seed = 1; seed <= 5; seed++) {
        struct world *w = open_world_of(WORLD_STOCK, seed);
        w->up.config.mtu_bytes = w->down.config.mtu_bytes = 600;
        fill_screen(w);
        assert_true(world_run_until_equal(w, 20000) == NEVER); /* what the bar is about is there */
        world_free(w);
    }
}

/* The way that is used dies under somebody who types, then the other one, and so on. */
static void
families_die(enum world_maker server, uint64_t bar_ms)
{
    struct latencies took = { 0 };
    const char *what = server == WORLD_STOCK ? "a family dies, stock server" : "a family dies";
    for (uint64_t seed = 1; seed <= SEEDS; seed++) {
        const struct world_config config = { .up = quiet_wire,
                                             .down = quiet_wire,
                                             .has_inet6 = true,
                                             .up6 = { .delay_ms = 40 },
                                             .down6 = { .delay_ms = 40 },
                                             .server_maker = server,
                                             .predict = PREDICT_NEVER };
        struct world *w = world_new(&config, seed);
        struct latencies l = { 0 };
        struct typist t;
        typist_init(&t, &l);
        world_run(w, 8000 + dice_below(&w->dice, 3000));
        for (int turn = 0; turn < 4; turn++) {
            assert_true(typist_type(&t, w, 10, 50, 300, 5000));
            bool is_inet6 = turn % 2 != 0;
            w->up.is_cut = w->down.is_cut = !is_inet6;
            w->up6.is_cut = w->down6.is_cut = is_inet6;
            world_run(w, dice_below(&w->dice, 200));
            uint64_t took_ms = typist_press(&t, w, 20000);
            expect(what, w, took_ms, bar_ms);
            latencies_add(&took, took_ms);
        }
        latencies_fini(&l);
        world_free(w);
    }
    tell(what, &took, bar_ms);
}

static void
test_families_die(void **state)
{
    (void)state;
    families_die(WORLD_SKUA, 2000);
    families_die(WORLD_STOCK, 2000);
}

static bool
is_up(struct world *w, void *context)
{
    (void)context;
    return world_shows(w, "$ ");
}

/* The first datagram of one direction is lost. */
static void
test_first_packet_lost(void **state)
{
    (void)state;
    struct latencies took = { 0 };
    for (uint64_t seed = 1; seed <= SEEDS; seed++) {
        const struct world_config config = { .up = quiet_wire, .down = quiet_wire };
        struct world *w = world_new(&config, seed);
        uint64_t start_ms = w->now_ms;
        struct wire *wire = seed % 2 == 0 ? &w->up : &w->down;
        wire->is_cut = true;
        while (wire->sent == 0)
            world_run(w, 1);
        wire->is_cut = false;
        uint64_t took_ms = world_run_until(w, is_up, NULL, 20000);
        took_ms = took_ms == NEVER ? NEVER : w->now_ms - start_ms;
        expect("first packet lost", w, took_ms, 500);
        latencies_add(&took, took_ms);
        world_free(w);
    }
    tell("first packet lost", &took, 500);
}

/* The server's first address leads nowhere. */
static void
test_first_address_dead(void **state)
{
    (void)state;
    struct latencies took = { 0 };
    for (uint64_t seed = 1; seed <= SEEDS; seed++) {
        const struct world_config config = { .up = quiet_wire,
                                             .down = quiet_wire,
                                             .has_inet6 = true,
                                             .up6 = quiet_wire,
                                             .down6 = quiet_wire };
        struct world *w = world_new(&config, seed);
        uint64_t start_ms = w->now_ms;
        w->up.is_cut = w->down.is_cut = true;
        uint64_t took_ms = world_run_until(w, is_up, NULL, 20000);
        took_ms = took_ms == NEVER ? NEVER : w->now_ms - start_ms;
        expect("first address dead", w, took_ms, 500);
        latencies_add(&took, took_ms);
        world_free(w);
    }
    tell("first address dead", &took, 500);
}

static bool
is_over(struct world *w, void *context)
{
    (void)context;
    return user_end_is_over(&w->user_end, w->now_ms);
}

static void
test_exit_in_an_outage(void **state)
{
    (void)state;
    struct latencies took = { 0 };
    for (uint64_t seed = 1; seed <= SEEDS; seed++) {
        struct world *w = open_world(seed);
        world_cut(w, true);
        world_run(w, 100 + dice_below(&w->dice, 2000));
        host_end_shutdown(&w->host_end, w->now_ms);
        w->shell_ended = true;
        world_run(w, 20000);
        world_cut(w, false);
        uint64_t took_ms = world_run_until(w, is_over, NULL, 20000);
        expect("exit in an outage of 20 s", w, took_ms, RTT_MS + 400);
        latencies_add(&took, took_ms);
        world_free(w);
    }
    tell("exit in an outage of 20 s", &took, RTT_MS + 400);
}

int
main(void)
{
    enum { OUTAGES = sizeof outages / sizeof outages[0], OTHERS = 8 };
    struct CMUnitTest tests[OUTAGES + OTHERS] = {
        cmocka_unit_test(test_typing_after_a_move), cmocka_unit_test(test_output_after_a_move),
        cmocka_unit_test(test_mtu_falls),           cmocka_unit_test(test_first_packet_lost),
        cmocka_unit_test(test_exit_in_an_outage),   cmocka_unit_test(test_families_die),
        cmocka_unit_test(test_silent_rebinding),    cmocka_unit_test(test_first_address_dead),
    };
    for (size_t i = 0; i < OUTAGES; i++) {
        tests[OTHERS + i] = (struct CMUnitTest){ .name = outages[i].name,
                                                 .test_func = test_outage,
                                                 .initial_state = (void *)(uintptr_t)&outages[i] };
    }
    return cmocka_run_group_tests(tests, NULL, NULL);
}
