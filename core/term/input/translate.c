/*
 * Keys as the program's modes want them: three states, kept between packets.
 *
 * ESC goes out at once, since a lone Escape must not wait. "O" after it is held for its letter, which
 * decides between SS3 and CSI.
 */
#include "term/input/translate.h"

enum translate_state { GROUND, ESCAPE, SS3 };

enum { ESC = 0x1b, CR = 0x0d, LF = 0x0a };

static bool
is_cursor_key(uint8_t letter)
{
    return (letter >= 'A' && letter <= 'D') || letter == 'H' || letter == 'F';
}

static void
put_ss3(struct buf *out, uint8_t letter, const struct translate_modes *modes)
{
    bool as_csi = is_cursor_key(letter) && !modes->application_cursor;
    buf_put_u8(out, as_csi ? '[' : 'O');
}

/*
 * A focus report stands whole at the start of in. One that is cut by the end of a packet passes: to
 * drop it as well, each lone Escape would have to wait.
 */
static bool
is_focus_report(struct view in)
{
    return in.len >= 3 && in.data[0] == ESC && in.data[1] == '[' &&
           (in.data[2] == 'I' || in.data[2] == 'O');
}

static void
push(struct translate *t, uint8_t byte, const struct translate_modes *modes, struct buf *out,
     uint64_t now_ms)
{
    if (t->state == SS3) {
        put_ss3(out, byte, modes);
        t->state = GROUND;
    } else if (t->state == ESCAPE && byte == 'O') {
        t->state = SS3;
        t->held_since_ms = now_ms;
        return;
    }
    /* Alt-Up comes as ESC ESC O A from some terminals: the second ESC may begin a key as well. */
    t->state = byte == ESC ? ESCAPE : GROUND;
    buf_put_u8(out, byte);
    if (byte == CR && modes->newline)
        buf_put_u8(out, LF);
}

void
translate_bytes(struct translate *t, struct view in, const struct translate_modes *modes,
                struct buf *out, uint64_t now_ms)
{
    translate_flush(t, out, now_ms);
    while (in.len > 0) {
        if (t->state != SS3 && !modes->focus_events && is_focus_report(in)) {
            t->state = GROUND;
            in = view_from(in, 3);
            continue;
        }
        push(t, in.data[0], modes, out, now_ms);
        in = view_from(in, 1);
    }
}

void
translate_flush(struct translate *t, struct buf *out, uint64_t now_ms)
{
    if (now_ms < translate_deadline_ms(t))
        return;
    t->state = GROUND;
    buf_put_u8(out, 'O');
}

uint64_t
translate_deadline_ms(const struct translate *t)
{
    return t->state == SS3 ? t->held_since_ms + TRANSLATE_HOLD_MS : UINT64_MAX;
}
