/*
 * Feeding bytes in pieces equals feeding them at once, in every role: what is shown, what is answered, and
 * what stays hidden, which later bytes bring to light. The bytes are what a program writes, cut, torn and
 * strewn with noise.
 *
 *   pieces_sim [STREAMS [SEED]]
 *
 * A failure prints its seed; `pieces_sim 1 SEED` feeds that stream alone.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "program.h"
#include "show.h"
#include "term/emulator/emulator.h"

#define STREAMS    60000
#define STEPS      8
#define STEP_MS    300
#define PIECE_MAX  9
#define BYTES_MAX  (1 << 20)
#define ROLE_COUNT 3

static const struct record record = { .colors = 256,
                                      .can = UINT32_MAX,
                                      .cell_width_px = 8,
                                      .cell_height_px = 16,
                                      .theme = RECORD_THEME_DARK };

/* Bytes that open, close and ask; a program writes few of them. */
static const char *const shards[] = {
    "\033",       "\033[",       "\033]",       "\033P",     "\033\\",       "\a",       ";",
    ":",          "?",           ">",           "$",         "\030",         "\302",     "\302\233",
    "\342\200",   "\360\237",    "\377",        "\033[c",    "\033[6n",      "\033P$qm", "\033P+q",
    "\033]52;c;", "\033]8;;ht",  "\033[?2026h", "\033]10;?", "\033[?2026$p", "4294",     "\033^",
    "\033k",      "\033[?2031h",
};

static struct emulator *
terminal_new(enum emulator_role role, int rows, int cols)
{
    struct emulator *e = emulator_new(role, screen_new(rows, cols));
    emulator_set_record(e, &record);
    return e;
}

/* What a program writes, with pieces of it lost and other bytes in between. */
static void
put_bytes(struct dice *d, int rows, int cols, struct buf *out)
{
    struct buf clean;
    buf_init(&clean, BYTES_MAX);
    program_write(d, rows, cols, 6, &clean);
    for (struct view rest = buf_view(&clean); rest.len > 0;) {
        struct view some = view_first(rest, 1 + (size_t)dice_below(d, 60));
        rest = view_from(rest, some.len);
        if (!dice_hits(d, 12))
            buf_put(out, some);
        if (dice_hits(d, 3))
            buf_put_text(out, shards[dice_below(d, (int)(sizeof shards / sizeof shards[0]))]);
        if (dice_hits(d, 20))
            buf_put_u8(out, (uint8_t)dice_word(d));
    }
    buf_fini(&clean);
}

static void
feed_pieces(struct dice *d, struct emulator *e, struct view bytes, uint64_t now_ms)
{
    while (bytes.len > 0) {
        struct view some = view_first(bytes, (size_t)dice_below(d, PIECE_MAX));
        emulator_feed(e, some, now_ms);
        bytes = view_from(bytes, some.len);
    }
}

static bool
is_same(struct emulator *whole, struct emulator *pieces, uint64_t now_ms)
{
    struct screen *a = emulator_snapshot(whole, now_ms), *b = emulator_snapshot(pieces, now_ms);
    bool same = screen_equal(a, b) &&
                view_equal(buf_view(emulator_replies(whole)), buf_view(emulator_replies(pieces))) &&
                emulator_stats(whole)->replies_dropped == emulator_stats(pieces)->replies_dropped &&
                emulator_deadline_ms(whole) == emulator_deadline_ms(pieces) &&
                emulator_is_wrap_pending(whole) == emulator_is_wrap_pending(pieces) &&
                emulator_is_ground(whole) == emulator_is_ground(pieces);
    if (!same) {
        show_screen("at once", a);
        show_screen("in pieces", b);
        show_difference(a, b);
        show_bytes(buf_view(emulator_replies(whole)));
        show_bytes(buf_view(emulator_replies(pieces)));
    }
    screen_unref(a);
    screen_unref(b);
    buf_clear(emulator_replies(whole));
    buf_clear(emulator_replies(pieces));
    return same;
}

/* Returns whether nothing differed. */
static bool
try_stream(uint64_t seed)
{
    struct dice d = { .state = seed };
    enum emulator_role role = (enum emulator_role)(seed % ROLE_COUNT);
    int rows = 1 + dice_below(&d, 10), cols = 1 + dice_below(&d, 24);
    struct emulator *whole = terminal_new(role, rows, cols);
    struct emulator *pieces = terminal_new(role, rows, cols);
    bool same = true;
    for (int step = 0; step < STEPS && same; step++) {
        const uint64_t now_ms = (uint64_t)step * STEP_MS;
        struct buf bytes;
        buf_init(&bytes, BYTES_MAX);
        put_bytes(&d, rows, cols, &bytes);
        emulator_feed(whole, buf_view(&bytes), now_ms);
        feed_pieces(&d, pieces, buf_view(&bytes), now_ms);
        same = is_same(whole, pieces, now_ms);
        if (!same) {
            fprintf(stderr, "seed %" PRIu64 ", step %d, role %d\n", seed, step, (int)role);
            show_bytes(buf_view(&bytes));
        }
        buf_fini(&bytes);
        if (dice_hits(&d, 6)) {
            rows = 1 + dice_below(&d, 10);
            cols = 1 + dice_below(&d, 24);
            emulator_resize(whole, rows, cols, now_ms);
            emulator_resize(pieces, rows, cols, now_ms);
        }
    }
    emulator_free(whole);
    emulator_free(pieces);
    return same;
}

int
main(int argc, char **argv)
{
    const uint64_t count = argc > 1 ? strtoull(argv[1], NULL, 10) : STREAMS;
    const uint64_t first = argc > 2 ? strtoull(argv[2], NULL, 10) : 1;
    uint64_t tried = 0;
    bool same = true;
    for (; tried < count && same; tried++)
        same = try_stream(first + tried);
    printf("seeds %" PRIu64 " to %" PRIu64 ": %" PRIu64 " streams in pieces and at once\n", first,
           first + tried - 1, tried);
    return !same;
}
