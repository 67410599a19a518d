/*
 * Of ConEmu's numbered commands (OSC 9;1 to 9;12) only progress is one of ours; the others would show
 * as text. kitty's 99 is taken as far as title and body go: buttons, icons and queries are not.
 */
#include "term/emulator/notify.h"

#include <string.h>

#include "base/buf.h"
#include "term/emulator/emulator_internal.h"
#include "term/emulator/field.h"
#include "term/text/codepoint.h"
#include "term/text/utf8.h"

#define CONEMU_LAST     12
#define CONEMU_PROGRESS 4
#define STATE_NONE      0
#define STATE_ERROR     2
#define STATE_MOVING    3
#define STATE_LAST      4

static bool
is_wanted(uint32_t c)
{
    bool is_control = c < 0x20 || (c >= 0x7F && c < 0xA0) || c == 0x2028 || c == 0x2029;
    bool is_direction = c == 0x061C || c == 0x200E || c == 0x200F || (c >= 0x202A && c <= 0x202E) ||
                        (c >= 0x2066 && c <= 0x2069);
    return !is_control && !is_direction;
}

/* Text of a message, as far as there is room in out. */
static void
put_clean(struct view text, struct buf *out)
{
    while (text.len > 0) {
        uint32_t c;
        uint8_t bytes[4];
        text = view_from(text, utf8_next(text, &c));
        if (is_wanted(c) && !buf_put(out, view_of(bytes, codepoint_encode(c, bytes))))
            break;
    }
    out->overflow = false;
}

static void
show(struct emulator *e, struct view title, struct view body)
{
    struct buf text;
    if ((title.len == 0 && body.len == 0) ||
        !ration_take(&e->notifications, &ration_of_notifications, e->now_ms))
        return;
    buf_init(&text, EVENTS_NOTIFICATION_MAX_BYTES - 1);
    put_clean(title, &text);
    text.max++; /* the separator always fits */
    buf_put_u8(&text, '\n');
    put_clean(body, &text);
    (void)events_notify(e->screen, buf_view(&text));
    buf_fini(&text);
}

/* State and percentage; indeterminate has none, an error or a pause may come without one. */
static void
set_progress(struct emulator *e, struct view text)
{
    struct screen_modes *m = &e->screen->modes;
    int state = field_number(field_take(&text, ';'));
    int percent = field_number(field_take(&text, ';'));
    if (state < STATE_NONE || state > STATE_LAST)
        return;
    if (percent > 100)
        percent = 100;
    if (percent < 0)
        percent = state == m->progress_state ? m->progress_percent : 0;
    if (state == STATE_NONE || state == STATE_MOVING)
        percent = 0;
    m->progress_state = (uint8_t)state;
    m->progress_percent = (uint8_t)percent;
}

static void
message_or_progress(struct emulator *e, struct view text)
{
    struct view rest = text;
    int command = field_number(field_take(&rest, ';'));
    if (command == CONEMU_PROGRESS)
        set_progress(e, rest);
    else if ((command < 1 || command > CONEMU_LAST) && e->role->takes_events)
        show(e, (struct view){ 0 }, text);
}

static void
titled_message(struct emulator *e, struct view text)
{
    if (!view_equal(field_take(&text, ';'), view_of_text("notify")))
        return;
    struct view title = field_take(&text, ';');
    show(e, title, text);
}

static int
base64_value(uint8_t c)
{
    if (c >= 'A' && c <= 'Z')
        return c - 'A';
    if (c >= 'a' && c <= 'z')
        return c - 'a' + 26;
    if (c >= '0' && c <= '9')
        return c - '0' + 52;
    return c == '+' ? 62 : c == '/' ? 63 : -1;
}

/* Append what base64 text says; false if it is none or says no UTF-8. */
static bool
put_decoded(struct view text, struct buf *out)
{
    uint32_t bits = 0;
    int count = 0;
    while (text.len > 0 && text.data[text.len - 1] == '=')
        text.len--;
    for (size_t i = 0; i < text.len; i++) {
        int value = base64_value(text.data[i]);
        if (value < 0)
            return false;
        bits = (bits << 6 | (uint32_t)value) & 0xFFFFFF;
        count += 6;
        if (count >= 8)
            buf_put_u8(out, (uint8_t)(bits >> (count -= 8)));
    }
    return utf8_is_valid(buf_view(out));
}

/* What the metadata of an OSC 99 says: "k=v:k=v". */
struct parcel {
    struct view id, part;
    bool is_last, is_base64;
};

static struct parcel
read_metadata(struct view metadata)
{
    struct parcel p = { .part = view_of_text("title"), .is_last = true };
    while (metadata.len > 0) {
        struct view value = field_take(&metadata, ':');
        struct view key = field_take(&value, '=');
        if (key.len != 1)
            continue;
        switch (key.data[0]) {
        case 'i': p.id = value; break;
        case 'p': p.part = value; break;
        case 'd': p.is_last = !view_equal(value, view_of_text("0")); break;
        case 'e': p.is_base64 = view_equal(value, view_of_text("1")); break;
        default: break;
        }
    }
    return p;
}

/* Add to a part as far as it has room. */
static void
add_part(uint8_t *part, uint16_t *len, struct view text)
{
    struct view fits = view_first(text, (size_t)(EVENTS_NOTIFICATION_MAX_BYTES - *len));
    if (fits.len > 0)
        memcpy(part + *len, fits.data, fits.len);
    *len = (uint16_t)(*len + fits.len);
}

static void
add_parcel(struct notify_parts *parts, const struct parcel *p, struct view payload)
{
    struct view id = view_first(p->id, sizeof parts->id);
    if (!view_equal(id, view_of(parts->id, parts->id_len)))
        *parts = (struct notify_parts){ 0 };
    if (id.len > 0)
        memcpy(parts->id, id.data, id.len);
    parts->id_len = (uint8_t)id.len;
    if (view_equal(p->part, view_of_text("title")))
        add_part(parts->title, &parts->title_len, payload);
    else if (view_equal(p->part, view_of_text("body")))
        add_part(parts->body, &parts->body_len, payload);
}

static void
message_in_parts(struct emulator *e, struct view text)
{
    struct notify_parts *parts = &e->notify_parts;
    struct parcel p = read_metadata(field_take(&text, ';'));
    struct buf decoded;
    buf_init(&decoded, EVENTS_NOTIFICATION_MAX_BYTES);
    bool is_readable = !p.is_base64 || put_decoded(text, &decoded);
    if (is_readable)
        add_parcel(parts, &p, p.is_base64 ? buf_view(&decoded) : text);
    buf_fini(&decoded);
    if (!p.is_last)
        return;
    show(e, view_of(parts->title, parts->title_len), view_of(parts->body, parts->body_len));
    *parts = (struct notify_parts){ 0 };
}

bool
notify_osc(struct emulator *e, int number, struct view text)
{
    switch (number) {
    case 9: message_or_progress(e, text); return true;
    case 99:
        if (e->role->takes_events)
            message_in_parts(e, text);
        return true;
    case 777:
        if (e->role->takes_events)
            titled_message(e, text);
        return true;
    default: return false;
    }
}
