/*
 * A program's bytes, or a server's, and resizes into an emulator of each role. The screen keeps its
 * invariants, bytes in pieces give what bytes at once give, and answers are made of our own words.
 */
#include "play.h"
#include "reply_check.h"
#include "screen_check.h"
#include "tape.h"
#include "target.h"

static const struct record record = { .colors = 256,
                                      .can = UINT32_MAX,
                                      .cell_width_px = 8,
                                      .cell_height_px = 16,
                                      .foreground = { .known = true, .red = 0xd0 },
                                      .palette = { { .known = true, .green = 7 } } };

static void
check(struct emulator *e, struct emulator *pieces, enum emulator_role role, uint64_t now_ms)
{
    struct buf *replies = emulator_replies(e);
    struct screen *whole = emulator_snapshot(e, now_ms);
    struct screen *other = emulator_snapshot(pieces, now_ms);
    screen_check(whole, role != EMULATOR_HOST_STOCK);
    screen_check(emulator_screen(e), role != EMULATOR_HOST_STOCK);
    assert(screen_equal(whole, other));
    assert(view_equal(buf_view(replies), buf_view(emulator_replies(pieces))));
    assert(role == EMULATOR_PTY || replies->len == 0);
    reply_check(buf_view(replies));
    buf_clear(replies);
    buf_clear(emulator_replies(pieces));
    screen_unref(whole);
    screen_unref(other);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct reader tape = reader_of(view_of(data, size));
    enum emulator_role role = (enum emulator_role)tape_pick(&tape, 3);
    int rows = play_size(&tape), cols = play_size(&tape);
    struct emulator *e = emulator_new(role, screen_new(rows, cols));
    struct emulator *pieces = emulator_new(role, screen_new(rows, cols));
    struct reader again = tape;
    uint64_t now_ms = 0, same_ms = 0;

    emulator_set_record(e, &record);
    emulator_set_record(pieces, &record);
    while (play_step(e, &tape, 0, &now_ms)) {
        play_step(pieces, &again, 1, &same_ms);
        check(e, pieces, role, now_ms);
    }
    emulator_free(pieces);
    emulator_free(e);
    return 0;
}
