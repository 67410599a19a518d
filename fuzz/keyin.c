/*
 * What a user's terminal sends: answers are taken out, the escape key takes its share, keys are told
 * apart, keys are translated. Nothing is lost, invented or out of bounds, in pieces as at once.
 */
#include "session/escape.h"
#include "term/input/key.h"
#include "term/input/report.h"
#include "term/input/translate.h"
#include "term/outer/probe.h"
#include "tape.h"
#include "target.h"

#define OUT_MAX_BYTES (1 << 20)

static void
type(struct escape *e, struct view typed, size_t piece, struct buf *send, unsigned *commands)
{
    while (typed.len > 0) {
        struct view some = view_first(typed, piece);
        enum escape_command command;
        size_t taken = escape_type(e, some, send, &command);
        assert(taken > 0 && taken <= some.len);
        assert(command != ESCAPE_NOTHING || taken == some.len);
        *commands += command != ESCAPE_NOTHING;
        typed = view_from(typed, taken);
    }
}

static bool
holds_report(struct view typed)
{
    struct report r;
    for (; typed.len > 0; typed = view_from(typed, 1)) {
        if (!report_parse(typed, &r))
            continue;
        assert(r.len > 0 && r.len <= typed.len && r.byte >= REPORT_NO_BYTE && r.byte < 0x80);
        return true;
    }
    return false;
}

static void
check_escape(uint8_t key, bool extras, struct view typed)
{
    struct escape at_once = escape_start(key, extras), by_byte = at_once;
    struct buf one, other;
    unsigned commands = 0, same = 0;
    buf_init(&one, OUT_MAX_BYTES);
    buf_init(&other, OUT_MAX_BYTES);
    type(&at_once, typed, typed.len, &one, &commands);
    type(&by_byte, typed, 1, &other, &same);
    /* Reported keys are known when they are read whole. */
    if (!holds_report(typed))
        assert(view_equal(buf_view(&one), buf_view(&other)) && commands == same);
    assert(one.len <= typed.len);
    if (key == ESCAPE_NONE)
        assert(view_equal(buf_view(&one), typed) && commands == 0);
    buf_fini(&other);
    buf_fini(&one);
}

static void
check_keys(struct view typed)
{
    struct key_decoder d = { 0 };
    struct key out[KEY_PUSH_MAX];
    for (size_t i = 0; i < typed.len; i++) {
        int made = key_push(&d, typed.data[i], out, i);
        assert(made >= 0 && made <= KEY_PUSH_MAX);
        for (int j = 0; j < made; j++)
            assert(out[j].count <= KEY_PARAMS_MAX && out[j].code <= 0x10FFFF);
    }
    (void)key_settle(&d, out, UINT32_MAX);
    assert(key_deadline_ms(&d) == UINT64_MAX);
}

/* Each byte becomes at most two (CR LF); a held "ESC O" comes out in the end. */
static void
check_translation(const struct translate_modes *modes, struct view typed)
{
    struct translate at_once = { 0 }, by_byte = { 0 };
    struct buf one, other;
    buf_init(&one, OUT_MAX_BYTES);
    buf_init(&other, OUT_MAX_BYTES);
    translate_bytes(&at_once, typed, modes, &one, 1);
    for (size_t i = 0; i < typed.len; i++)
        translate_bytes(&by_byte, view_of(&typed.data[i], 1), modes, &other, 1);
    translate_flush(&at_once, &one, UINT32_MAX);
    translate_flush(&by_byte, &other, UINT32_MAX);
    /* A focus report that comes in pieces passes: to drop it, each lone Escape would have to wait. */
    assert(!modes->focus_events || view_equal(buf_view(&one), buf_view(&other)));
    assert(one.len <= 2 * typed.len);
    assert(translate_deadline_ms(&at_once) == UINT64_MAX);
    buf_fini(&other);
    buf_fini(&one);
}

/* Answers are taken out, whole or in pieces; all else comes through in order. */
static void
check_probe(enum known_probes which, struct view typed)
{
    struct buf asked, one, other;
    struct probe *at_once = probe_new(which), *by_byte = probe_new(which);
    buf_init(&asked, OUT_MAX_BYTES);
    buf_init(&one, OUT_MAX_BYTES);
    buf_init(&other, OUT_MAX_BYTES);
    probe_ask(at_once, &asked, 0);
    probe_ask(by_byte, &asked, 0);
    probe_receive(at_once, typed, &one, 1);
    assert(probe_deadline_ms(at_once, 1) > 1);
    assert(!(probe_is_done(at_once, 1) && probe_is_waiting(at_once, 1)));
    for (size_t i = 0; i < typed.len; i++)
        probe_receive(by_byte, view_of(&typed.data[i], 1), &other, 1);
    probe_tick(at_once, &one, PROBE_LATE_MS);
    probe_tick(by_byte, &other, PROBE_LATE_MS);
    assert(view_equal(buf_view(&one), buf_view(&other)));
    assert(one.len <= typed.len);
    assert(one.len < typed.len || view_equal(buf_view(&one), typed));
    struct caps caps = caps_xterm;
    probe_add_answers(probe_answers(at_once), &caps);
    assert((caps.can & caps_xterm.can) == caps_xterm.can);
    probe_free(at_once);
    probe_free(by_byte);
    buf_fini(&asked);
    buf_fini(&one);
    buf_fini(&other);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct reader tape = reader_of(view_of(data, size));
    uint8_t key = (uint8_t)tape_pick(&tape, 128), modes = tape_u8(&tape);
    check_escape(key, (modes & 8) != 0, tape.rest);
    check_keys(tape.rest);
    check_probe((enum known_probes)(modes >> 4 & 3), tape.rest);
    check_translation(&(struct translate_modes){ .application_cursor = (modes & 1) != 0,
                                                 .newline = (modes & 2) != 0,
                                                 .focus_events = (modes & 4) != 0 },
                      tape.rest);
    return 0;
}
