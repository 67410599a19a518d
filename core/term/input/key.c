/*
 * Bytes to keys: ECMA-48 §5.4 shapes, xterm's "PC-style function keys" and mouse reports, Linux's
 * "CSI [ letter". Tolerant: whatever cannot be a key ends as KEY_OTHER, and a control character ends
 * any sequence.
 */
#include "term/input/key.h"

enum state {
    GROUND,
    ESCAPE,       /* ESC */
    SS3,          /* ESC O */
    CSI,          /* ESC [ and parameters */
    CSI_FUNCTION, /* ESC [ [: a letter follows (Linux console) */
    MOUSE,        /* ESC [ M: three characters follow */
    STRING,       /* an answer: OSC, DCS, APC, until BEL or ST */
};

enum { ESC = 0x1b, BEL = 0x07, DEL = 0x7f };

static int
emit(struct key_decoder *d, enum key_kind kind, uint32_t code, struct key *out)
{
    *out = d->open;
    out->kind = kind;
    out->code = code;
    if (out->count > KEY_PARAMS_MAX)
        out->count = KEY_PARAMS_MAX;
    d->open = (struct key){ 0 };
    d->state = GROUND;
    return 1;
}

static void
begin(struct key_decoder *d, enum state state)
{
    d->state = (uint8_t)state;
    d->length = 0;
    d->in_subparameter = false;
    d->open = (struct key){ 0 };
}

static int
push_text(struct key_decoder *d, uint8_t byte, struct key *out)
{
    uint32_t point[2];
    int points = utf8_push(&d->utf8, byte, point);
    int count = 0;
    for (int i = 0; i < points; i++) {
        if (point[i] == ESC) {
            begin(d, ESCAPE);
            continue;
        }
        bool is_control = point[i] < 0x20 || point[i] == DEL;
        count += emit(d, is_control ? KEY_CONTROL : KEY_TEXT, point[i], out + count);
    }
    return count;
}

static int
push_escape(struct key_decoder *d, uint8_t byte, struct key *out)
{
    switch (byte) {
    case '[': begin(d, CSI); return 0;
    case 'O': begin(d, SS3); return 0;
    case ']':
    case 'P':
    case '_':
    case '^':
    case 'X':
        begin(d, STRING);
        d->open.code = byte;
        return 0;
    case ESC:
        emit(d, KEY_CONTROL, ESC, out);
        begin(d, ESCAPE);
        return 1;
    default: break;
    }
    if (byte < 0x80)
        return emit(d, KEY_ALT, byte, out);
    /* Alt and a character beyond ASCII: the character follows as text. */
    emit(d, KEY_OTHER, 0, out);
    return 1 + push_text(d, byte, out + 1);
}

static void
push_digit(struct key_decoder *d, uint8_t byte)
{
    struct key *k = &d->open;
    if (k->count == 0)
        k->count = 1;
    if (d->in_subparameter || k->count > KEY_PARAMS_MAX)
        return;
    unsigned value = k->param[k->count - 1] * 10u + (unsigned)(byte - '0');
    k->param[k->count - 1] = value > UINT16_MAX ? UINT16_MAX : (uint16_t)value;
}

static void
push_separator(struct key_decoder *d)
{
    struct key *k = &d->open;
    if (k->count == 0)
        k->count = 1;
    if (k->count <= KEY_PARAMS_MAX)
        k->count++;
    d->in_subparameter = false;
}

static int
end_csi(struct key_decoder *d, uint8_t final, struct key *out)
{
    if (final == 'M' && d->open.prefix == 0 && d->open.count == 0) {
        begin(d, MOUSE);
        return 0;
    }
    return emit(d, KEY_CSI, final, out);
}

static int
push_csi(struct key_decoder *d, uint8_t byte, struct key *out)
{
    if (byte >= '0' && byte <= '9') {
        push_digit(d, byte);
    } else if (byte == ';') {
        push_separator(d);
    } else if (byte == ':') {
        d->in_subparameter = true;
    } else if (byte >= '<' && byte <= '?') {
        d->open.prefix = byte;
    } else if (byte == '[' && d->length == 1) {
        begin(d, CSI_FUNCTION);
    } else if (byte >= 0x40 && byte < DEL) {
        return end_csi(d, byte, out);
    } else if (byte >= DEL) {
        return emit(d, KEY_OTHER, 0, out);
    }
    return 0;
}

/* Coordinates of mode 1005 are characters, those of the default encoding any byte from 0x20 on. */
static int
push_mouse(struct key_decoder *d, uint8_t byte, struct key *out)
{
    bool is_tail = byte >= 0x80 && byte < 0xc0 && d->utf8.needed > 0;
    if (d->open.count == 3 && !is_tail) {
        /* The third character lacks its end: this byte begins what comes next. */
        d->utf8 = (struct utf8_decoder){ 0 };
        emit(d, KEY_OTHER, 0, out);
        return 1 + push_text(d, byte, out + 1);
    }
    if (is_tail) {
        d->utf8.needed--;
    } else {
        d->open.count++;
        d->utf8.needed = byte >= 0xc2 && byte < 0xe0 ? 1 : 0;
    }
    if (d->open.count < 3 || (d->utf8.needed > 0 && !is_tail))
        return 0;
    d->utf8 = (struct utf8_decoder){ 0 };
    return emit(d, KEY_OTHER, 0, out);
}

/* A control character inside a sequence: the sequence is over, the control is a key. */
static int
cut(struct key_decoder *d, uint8_t byte, struct key *out)
{
    bool was_string = d->state == STRING;
    d->utf8 = (struct utf8_decoder){ 0 };
    emit(d, KEY_OTHER, 0, out);
    if (was_string && byte == BEL)
        return 1;
    return 1 + push_text(d, byte, out + 1);
}

int
key_push(struct key_decoder *d, uint8_t byte, struct key out[KEY_PUSH_MAX], uint64_t now_ms)
{
    d->fed_ms = now_ms;
    if (d->state == GROUND)
        return push_text(d, byte, out);
    if (d->state == ESCAPE)
        return push_escape(d, byte, out);
    if (byte < 0x20)
        return cut(d, byte, out);
    if (++d->length > KEY_SEQUENCE_MAX_BYTES)
        return emit(d, KEY_OTHER, 0, out);
    switch ((enum state)d->state) {
    case SS3: return emit(d, KEY_SS3, byte, out);
    case CSI: return push_csi(d, byte, out);
    case CSI_FUNCTION: return emit(d, KEY_OTHER, byte, out);
    case MOUSE: return push_mouse(d, byte, out);
    default: return 0; /* the body of a string */
    }
}

/* Whether the user may be done: ESC, or ESC and an introducer with nothing behind it. */
static bool
may_be_done(const struct key_decoder *d)
{
    return d->state == ESCAPE ||
           ((d->state == SS3 || d->state == CSI || d->state == STRING) && d->length == 0);
}

int
key_settle(struct key_decoder *d, struct key *out, uint64_t now_ms)
{
    if (now_ms < key_deadline_ms(d))
        return 0;
    switch ((enum state)d->state) {
    case ESCAPE: return emit(d, KEY_CONTROL, ESC, out);
    case SS3: return emit(d, KEY_ALT, 'O', out);
    case CSI: return emit(d, KEY_ALT, '[', out);
    default: return emit(d, KEY_ALT, d->open.code, out);
    }
}

uint64_t
key_deadline_ms(const struct key_decoder *d)
{
    return may_be_done(d) ? d->fed_ms + KEY_HOLD_MS : UINT64_MAX;
}
