/*
 * apply(old, diff(old, new)) == new, in both dialects of the wire, for screens that a program made.
 *
 *     rows cols | length (2) | script of the old screen | script of what came after
 */
#include "sync/host_state.h"
#include "net/wire/instruction.h"
#include "term/display/project.h"
#include "play.h"
#include "screen_check.h"
#include "tape.h"
#include "target.h"

static struct state
state_of(struct screen *s, const struct caps *caps)
{
    return (struct state){ .value = host_state_new(screen_project(s, caps), 0, NULL) };
}

/*
 * Toward stock an event has no number: however many bells there were, the client sees one; and a write
 * to the clipboard that stock cannot take leaves the client what it had.
 */
static void
forgive_stock(struct screen *got, const struct screen *old, const struct screen *new)
{
    assert((got->bell_count != old->bell_count) == (new->bell_count != old->bell_count));
    got->bell_count = new->bell_count;
    got->clipboard.count = new->clipboard.count;
    if (new->clipboard.target == 0) {
        assert(payload_equal(got->clipboard.contents, old->clipboard.contents));
        payload_set(&got->clipboard.contents, NULL);
        got->clipboard.target = 0;
    }
}

/* What a server would send from one to the other gives a client exactly the other. */
static void
check_diff(struct screen *before, struct screen *after, const struct caps *caps)
{
    enum caps_dialect dialect = caps->dialect;
    struct syncable outgoing = host_state_outgoing(&dialect), incoming = host_state_incoming();
    struct state old = state_of(before, caps), new = state_of(after, caps), got = { 0 };
    struct buf diff;

    buf_init(&diff, INSTRUCTION_MAX_BYTES);
    outgoing.diff(outgoing.object, &old, 1, &new, &diff);
    assert(!diff.overflow);
    if (diff.len == 0)
        got = outgoing.keep(outgoing.object, &old);
    else
        assert(incoming.apply(incoming.object, &old, buf_view(&diff), &got, 0) == SKUA_OK);
    struct screen *shown = screen_copy(host_state_of(&got)->screen);
    if (dialect == CAPS_DIALECT_STOCK)
        forgive_stock(shown, host_state_of(&old)->screen, host_state_of(&new)->screen);
    assert(screen_equal(shown, host_state_of(&new)->screen));
    screen_unref(shown);
    incoming.release(incoming.object, &got);
    buf_fini(&diff);
    outgoing.release(outgoing.object, &new);
    outgoing.release(outgoing.object, &old);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct reader tape = reader_of(view_of(data, size));
    int rows = play_size(&tape), cols = play_size(&tape);
    struct emulator *e = emulator_new(EMULATOR_PTY, screen_new(rows, cols));

    play_all(e, tape_take(&tape, tape_u16(&tape)));
    struct screen *before = emulator_snapshot(e, 0);
    play_all(e, tape.rest);
    struct screen *after = emulator_snapshot(e, UINT32_MAX);
    check_diff(before, after, &caps_stock);
    check_diff(before, after, &caps_skua);
    screen_unref(after);
    screen_unref(before);
    emulator_free(e);
    return 0;
}
