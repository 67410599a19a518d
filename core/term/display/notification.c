/* Text is cleaned once more: it came over the wire. */
#include "term/display/notification.h"

#include "term/display/clean.h"
#include "term/text/codepoint.h"

/* A part of a message; what would end a field early becomes a comma where `is_field`. */
static void
put_part(struct view text, bool is_field, struct buf *out)
{
    while (text.len > 0) {
        uint8_t utf8[4];
        uint32_t c = codepoint_first(text, &text);
        if (c < 0x20 || (c >= 0x7f && c < 0xa0) || clean_is_direction(c))
            continue;
        if (c == ';' && is_field)
            c = ',';
        buf_put(out, view_of(utf8, codepoint_encode(c, utf8)));
    }
}

/* OSC 99, perhaps in two parcels. They share an id of their own, or they would replace another's. */
static void
put_kitty(struct view title, struct view body, uint64_t number, struct buf *out)
{
    bool has_both = title.len > 0 && body.len > 0;
    buf_putf(out, "\033]99;i=skua%llu:d=%d;", (unsigned long long)number, has_both ? 0 : 1);
    put_part(title.len > 0 ? title : body, false, out);
    if (has_both) {
        buf_putf(out, "\033\\\033]99;i=skua%llu:p=body;", (unsigned long long)number);
        put_part(body, false, out);
    }
    buf_put_text(out, "\033\\");
}

static void
put_titled(struct view title, struct view body, struct buf *out)
{
    buf_put_text(out, "\033]777;notify;");
    put_part(title, true, out);
    buf_put_u8(out, ';');
    put_part(body, false, out);
    buf_put_text(out, "\033\\");
}

/* One line. It begins with a space, for a digit there would be a command (ConEmu's). */
static void
put_plain(struct view title, struct view body, struct buf *out)
{
    buf_put_text(out, "\033]9; ");
    put_part(title, false, out);
    buf_put_text(out, title.len > 0 && body.len > 0 ? ": " : "");
    put_part(body, false, out);
    buf_put_text(out, "\033\\");
}

static void
put_notification(struct view text, uint64_t number, const struct caps *caps, struct buf *out)
{
    size_t end = 0;
    while (end < text.len && text.data[end] != '\n')
        end++;
    struct view title = view_first(text, end), body = view_from(text, end + 1);
    if ((caps->can & CAPS_CAN_NOTIFY) != 0)
        put_titled(title, body, out);
    else if ((caps->can & CAPS_CAN_NOTIFY_KITTY) != 0)
        put_kitty(title, body, number, out);
    else if ((caps->can & CAPS_CAN_NOTIFY_PLAIN) != 0)
        put_plain(title, body, out);
}

void
notification_paint(const struct screen *before, const struct screen *after, const struct caps *caps,
                   struct buf *out)
{
    if (before == NULL || caps->dialect != CAPS_DIALECT_OUTER)
        return;
    uint64_t fresh = after->notifications.count - before->notifications.count;
    if (fresh > EVENTS_NOTIFICATIONS_MAX)
        fresh = EVENTS_NOTIFICATIONS_MAX;
    for (uint64_t i = fresh; i > 0; i--) {
        struct payload *text = after->notifications.recent[i - 1];
        if (text != NULL)
            put_notification(payload_view(text), after->notifications.count - i + 1, caps, out);
    }
}
