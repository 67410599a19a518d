/*
 * Our server and the model of stock's client, while a program writes whatever programs write and the
 * window changes. Whatever reaches the client is of the stock-safe subset (stock_lint.h ends the run
 * otherwise), and once the link heals it shows the projection of the server's screen.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "random_program.h"
#include "world.h"

#define SEEDS       300
#define WRITES      40
#define PROGRAM_MAX (1 << 20)

static const struct wire_config lossy = { .delay_ms = 40, .jitter_ms = 10, .loss_permille = 100 };

static void
write_something(struct world *w)
{
    const struct screen *shown = stock_client_screen(w->user_end.stock);
    struct buf bytes;
    buf_init(&bytes, PROGRAM_MAX);
    random_program_write(dice_u64(&w->dice), shown->rows, shown->cols, &bytes);
    server_session_pty_output(w->server, buf_view(&bytes), w->now_ms);
    buf_fini(&bytes);
}

/* Bells coalesce for stock, and what was in the clipboard cannot be taken back. */
static bool
shows_the_same(struct world *w, void *context)
{
    (void)context;
    struct screen *wanted = host_end_snapshot(&w->host_end, w->now_ms);
    struct screen *got = screen_copy(stock_client_screen(w->user_end.stock));
    got->bell_count = wanted->bell_count;
    got->clipboard.count = wanted->clipboard.count;
    got->clipboard.target = wanted->clipboard.target;
    payload_set(&got->clipboard.contents, wanted->clipboard.contents);
    bool same = screen_equal(wanted, got);
    screen_unref(wanted);
    screen_unref(got);
    return same;
}

static void
test_everything_is_safe_for_stock(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= SEEDS; seed++) {
        const struct world_config config = { .up = { .delay_ms = 40 },
                                             .down = { .delay_ms = 40 },
                                             .client_maker = WORLD_STOCK,
                                             .rows = 10,
                                             .cols = 30 };
        struct world *w = world_new(&config, seed);
        world_run(w, 500);
        w->up.config = w->down.config = lossy;
        for (int i = 0; i < WRITES; i++) {
            write_something(w);
            if (dice_permille(&w->dice, 50))
                stock_client_resize(w->user_end.stock, 1 + (int)dice_below(&w->dice, 24),
                                    1 + (int)dice_below(&w->dice, 80), w->now_ms);
            world_run(w, 10 + dice_below(&w->dice, 200));
        }
        w->up.config = w->down.config = config.up;
        if (world_run_until(w, shows_the_same, NULL, 60000) == UINT64_MAX)
            fail_msg("seed %llu: not equal", (unsigned long long)seed);
        world_free(w);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_everything_is_safe_for_stock),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
