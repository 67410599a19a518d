/*
 * Screens of a hostile server, painted for a terminal of any abilities: only the painter's alphabet
 * comes out.
 *
 *     abilities (4) colours rows cols | length (2) | script of the old screen | what came after
 */
#include "term/display/paint.h"
#include "term/display/project.h"
#include "net/wire/instruction.h"
#include "outer_check.h"
#include "play.h"
#include "tape.h"
#include "target.h"

static struct caps
any_caps(struct reader *tape)
{
    const uint32_t colors[] = { 0, 8, 16, 256, CAPS_COLORS_DIRECT };
    uint32_t can = (uint32_t)tape_u16(tape) << 16;
    can |= tape_u16(tape);
    return (struct caps){ .dialect = CAPS_DIALECT_OUTER,
                          .can = can,
                          .colors = colors[tape_pick(tape, 5)] };
}

static void
check_paint(struct screen *before, struct screen *after, const struct caps *caps)
{
    struct screen *old = before != NULL ? screen_project(before, caps) : NULL;
    struct screen *new = screen_project(after, caps), *again = screen_project(new, caps);
    struct buf out;
    buf_init(&out, INSTRUCTION_MAX_BYTES);
    assert(screen_equal(new, again));
    paint(old, new, caps, &out);
    assert(!out.overflow);
    outer_check(buf_view(&out));
    if (old != NULL && screen_equal(old, new))
        assert(out.len == 0);
    buf_fini(&out);
    screen_unref(again);
    screen_unref(new);
    screen_unref(old);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct reader tape = reader_of(view_of(data, size));
    struct caps caps = any_caps(&tape);
    enum emulator_role role = (enum emulator_role)tape_pick(&tape, 3);
    int rows = play_size(&tape), cols = play_size(&tape);
    struct emulator *e = emulator_new(role, screen_new(rows, cols));

    play_all(e, tape_take(&tape, tape_u16(&tape)));
    struct screen *before = emulator_snapshot(e, 0);
    play_all(e, tape.rest);
    struct screen *after = emulator_snapshot(e, UINT32_MAX);
    check_paint(before, after, &caps);
    check_paint(NULL, after, &caps);
    screen_unref(after);
    screen_unref(before);
    emulator_free(e);
    return 0;
}
