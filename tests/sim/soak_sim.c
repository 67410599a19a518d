/*
 * A month of a laptop's life: networks that come and go, closed lids, floods of output, long hours
 * without a word. Each evening both ends are equal and nothing typed was lost; after the first days
 * nothing grows and nothing gets slower.
 *
 *     soak_sim [SEEDS [DAYS]]     default 1 seed of 12 days
 *
 * What malloc() keeps for the next caller counts as in use: GLIBC_TUNABLES in meson.build makes it keep
 * nothing.
 */
#include <malloc.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "world.h"

#define SECOND_MS UINT64_C(1000)
#define MINUTE_MS (60 * SECOND_MS)
#define HOUR_MS   (60 * MINUTE_MS)

/* Days until everything has been as large as it gets, and what may differ from then on. */
#define SETTLED_DAYS     5
#define HEAP_SLACK_BYTES 32768

/* In ten minutes, both ways: what stock's ends send. A path that was bad keeps ours quicker for a while. */
#define IDLE_PACKETS_MAX 400

/*
 * A key has 2^63 sequence numbers each way and 2^47 blocks. Each waking skips 2^39 numbers on average:
 * a month takes less than a ten thousandth of them, and of the blocks less than a millionth.
 */
#define MONTH_NUMBERS_MAX (UINT64_C(1) << 49)
#define MONTH_BYTES_MAX   (UINT64_C(1) << 31)

struct evening {
    uint64_t echo_ms;         /* from a key to its echo, on a good link of RTT 40 ms */
    uint64_t idle_packets;    /* in ten minutes without a word, both ways */
    uint64_t heap_bytes;      /* of the whole process; 0 where it is not counted */
    uint32_t states[4];       /* held and outstanding at the client, at the server */
    uint64_t number, carried; /* the client's sequence number; bytes both ways since the start */
};

static const struct wire_config good = { .delay_ms = 20 };
static const struct wire_config networks[] = {
    { .delay_ms = 1, .jitter_ms = 1 },
    { .delay_ms = 20, .jitter_ms = 5, .loss_permille = 5 },
    { .delay_ms = 50, .jitter_ms = 40, .loss_permille = 50, .duplicate_permille = 20 },
    { .delay_ms = 300, .jitter_ms = 20, .loss_permille = 10 },
    { .delay_ms = 60, .burst_good_ms = 20000, .burst_bad_ms = 3000, .burst_loss_permille = 1000 },
    { .delay_ms = 80, .rate_bytes_per_s = 8000, .queue_bytes = 30000 },
    { .delay_ms = 50, .loss_permille = 290 },
    { .delay_ms = 30, .reorder_permille = 100, .reorder_ms = 80, .mtu_bytes = 900 },
};

static uint64_t seeds = 1, days = 12;

static void
join(struct world *w, const struct wire_config *network)
{
    w->up.config = w->down.config = *network;
}

static void
type_for_a_while(struct world *w)
{
    static const char *const words[] = { "ls\r", "make\r", "vi x\x7f", "cd /\r", "grep -r a b\r" };
    for (uint32_t left = 5 + dice_below(&w->dice, 20); left > 0; left--) {
        world_type(w, words[dice_below(&w->dice, sizeof words / sizeof words[0])]);
        world_run(w, 100 + dice_below(&w->dice, 2000));
    }
}

static void
print_a_lot(struct world *w)
{
    char line[120];
    for (uint32_t left = 20 + dice_below(&w->dice, 500); left > 0; left--) {
        (void)snprintf(line, sizeof line,
                       "\033[3%um%08x\033[m of %u: \u65e5\u672c, a line of a build\r\n",
                       dice_below(&w->dice, 8), dice_below(&w->dice, UINT32_MAX), left);
        shell_print(&w->shell, line);
        if (left % 50 == 0)
            world_run(w, dice_below(&w->dice, 300));
    }
}

/* The next thing that happens. */
static void
happen(struct world *w)
{
    switch (dice_below(&w->dice, 8)) {
    case 0:
    case 1:
    case 2: type_for_a_while(w); break;
    case 3: print_a_lot(w); break;
    case 4:
        client_session_resize(w->client, 20 + (int)dice_below(&w->dice, 50),
                              60 + (int)dice_below(&w->dice, 150), w->now_ms);
        break;
    case 5: world_move_client(w); break;
    case 6:
        world_cut(w, true);
        world_run(w, dice_below(&w->dice, 4 * MINUTE_MS));
        world_cut(w, false);
        break;
    case 7: world_run(w, dice_below(&w->dice, 20 * MINUTE_MS)); break;
    }
    world_run(w, dice_below(&w->dice, MINUTE_MS));
}

static void
live_until(struct world *w, uint64_t end_ms)
{
    while (w->now_ms < end_ms) {
        join(w, &networks[dice_below(&w->dice, sizeof networks / sizeof networks[0])]);
        world_move_client(w);
        for (uint32_t left = 3 + dice_below(&w->dice, 10); left > 0 && w->now_ms < end_ms; left--)
            happen(w);
        if (dice_permille(&w->dice, 300))
            world_sleep_client(w, dice_below(&w->dice, HOUR_MS));
    }
}

static uint64_t
heap_bytes(void)
{
    return mallinfo2().uordblks;
}

/* The sequence number of the datagram that is under way to the server. */
static uint64_t
number_under_way(const struct world *w)
{
    uint64_t nonce = 0;
    assert_non_null(w->up.first);
    for (int i = 0; i < 8; i++)
        nonce = nonce << 8 | w->up.first->bytes[i];
    return nonce & (UINT64_MAX >> 1);
}

static bool
is_echoed(struct world *w, void *context)
{
    (void)context;
    return world_is_equal(w) && world_typed_arrived(w);
}

/* All is well: then look at what may have grown. */
static struct evening
look_at(struct world *w)
{
    struct evening e = { 0 };
    join(w, &good);
    client_session_resize(w->client, 24, 80, w->now_ms);
    if (world_run_until_equal(w, MINUTE_MS) == UINT64_MAX)
        fail_msg("seed %u: not equal within a minute of a good link", (unsigned)w->seed);
    assert_true(world_typed_arrived(w));
    buf_clear(&w->typed);
    buf_clear(&w->shell.typed);
    world_run(w, MINUTE_MS);

    uint64_t packets = w->up.sent + w->down.sent;
    world_run(w, 10 * MINUTE_MS);
    e.idle_packets = w->up.sent + w->down.sent - packets;

    uint64_t pressed_ms = w->now_ms;
    world_type(w, "k");
    world_run(w, 1);
    e.number = number_under_way(w);
    if (world_run_until(w, is_echoed, NULL, MINUTE_MS) == UINT64_MAX)
        fail_msg("seed %u: no echo", (unsigned)w->seed);
    e.echo_ms = w->now_ms - pressed_ms;
    world_run(w, 10 * SECOND_MS);

    const struct transport_stats *client = client_session_transport_stats(w->client);
    const struct transport_stats *server =
        attachment_transport_stats(server_session_attachment(w->server, 0));
    const uint32_t states[] = { client->states_held, client->states_outstanding,
                                server->states_held, server->states_outstanding };
    memcpy(e.states, states, sizeof states);
    e.carried = w->up.sent_bytes + w->down.sent_bytes;
    e.heap_bytes = heap_bytes();
    return e;
}

static void
check(const struct evening *e, const struct evening *settled)
{
    assert_in_range(e->echo_ms, 40, 60);
    for (int i = 0; i < 4; i++)
        assert_in_range(e->states[i], 0, 2);
    assert_in_range(e->idle_packets, 100, IDLE_PACKETS_MAX);
    assert_in_range(e->number, 0, MONTH_NUMBERS_MAX);
    assert_in_range(e->carried, 0, MONTH_BYTES_MAX);
    if (settled != NULL)
        assert_in_range(e->heap_bytes, 0, settled->heap_bytes + HEAP_SLACK_BYTES);
}

static void
live_a_month(uint64_t seed)
{
    const struct world_config config = { .up = good, .down = good, .predict = PREDICT_ADAPTIVE };
    struct world *w = world_new(&config, seed);
    struct evening settled = { 0 }, e = { 0 };
    world_run(w, SECOND_MS);
    uint64_t morning_ms = w->now_ms;
    for (uint64_t day = 1; day <= days; day++) {
        live_until(w, morning_ms + 9 * HOUR_MS);
        e = look_at(w);
        check(&e, day > SETTLED_DAYS ? &settled : NULL);
        if (day == SETTLED_DAYS)
            settled = e;
        morning_ms += 24 * HOUR_MS;
        world_sleep_client(w, morning_ms - w->now_ms);
    }
    printf("# seed %2u, %u days: echo %u ms, %u packets in 10 idle minutes, heap %lld bytes more "
           "than on "
           "day %d, %.1f MB carried, %.6f of the numbers\n",
           (unsigned)seed, (unsigned)days, (unsigned)e.echo_ms, (unsigned)e.idle_packets,
           (long long)e.heap_bytes - (long long)settled.heap_bytes, SETTLED_DAYS,
           (double)e.carried / 1e6, (double)e.number / 9223372036854775808.0);
    world_free(w);
}

static void
test_a_month(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= seeds; seed++)
        live_a_month(seed);
}

int
main(int argc, char **argv)
{
    if (argc > 1)
        seeds = strtoull(argv[1], NULL, 10);
    if (argc > 2)
        days = strtoull(argv[2], NULL, 10);
    const struct CMUnitTest tests[] = { cmocka_unit_test(test_a_month) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
