/* A forgotten payload is NULL, and all behind it are: the remembered ones are the newest. */
#include "term/screen/events.h"

#include <string.h>

#include "term/screen/screen.h"
#include "term/text/utf8.h"

struct event_counts
events_counts(const struct screen *s)
{
    return (struct event_counts){ .bells = s->bell_count,
                                  .clipboards = s->clipboard.count,
                                  .notifications = s->notifications.count };
}

void
events_ref(struct screen *s)
{
    payload_ref(s->clipboard.contents);
    for (int i = 0; i < EVENTS_NOTIFICATIONS_MAX; i++)
        payload_ref(s->notifications.recent[i]);
}

void
events_unref(struct screen *s)
{
    payload_unref(s->clipboard.contents);
    for (int i = 0; i < EVENTS_NOTIFICATIONS_MAX; i++)
        payload_unref(s->notifications.recent[i]);
}

bool
events_equal(const struct screen *a, const struct screen *b)
{
    if (a->bell_count != b->bell_count || a->clipboard.count != b->clipboard.count ||
        a->clipboard.target != b->clipboard.target ||
        a->notifications.count != b->notifications.count ||
        !payload_equal(a->clipboard.contents, b->clipboard.contents))
        return false;
    for (int i = 0; i < EVENTS_NOTIFICATIONS_MAX; i++) {
        if (!payload_equal(a->notifications.recent[i], b->notifications.recent[i]))
            return false;
    }
    return true;
}

/* One line feed, between title and body, and no other control. */
static bool
is_notification(struct view text)
{
    int separators = 0;
    if (text.len > EVENTS_NOTIFICATION_MAX_BYTES || !utf8_is_valid(text))
        return false;
    while (text.len > 0) {
        uint32_t c;
        text = view_from(text, utf8_next(text, &c));
        separators += c == '\n';
        if (c != '\n' && (c < 0x20 || (c >= 0x7F && c < 0xA0)))
            return false;
    }
    return separators == 1;
}

bool
events_notify(struct screen *s, struct view text)
{
    struct payload **recent = s->notifications.recent;
    if (!is_notification(text))
        return false;
    payload_unref(recent[EVENTS_NOTIFICATIONS_MAX - 1]);
    memmove(&recent[1], &recent[0], (EVENTS_NOTIFICATIONS_MAX - 1) * sizeof recent[0]);
    recent[0] = payload_new(text);
    s->notifications.count++;
    return true;
}

/* Only the newest `kept` stay. */
static void
forget_older(struct screen *s, uint64_t kept)
{
    for (uint64_t i = kept; i < EVENTS_NOTIFICATIONS_MAX; i++)
        payload_set(&s->notifications.recent[i], NULL);
}

void
events_forget_notifications(struct screen *s)
{
    forget_older(s, 0);
    s->notifications.count = 0;
}

struct screen *
events_since(struct screen *s, const struct event_counts *seen)
{
    if (seen->bells == 0 && seen->clipboards == 0 && seen->notifications == 0)
        return screen_ref(s);
    struct screen *later = screen_copy(s);
    later->bell_count -= seen->bells;
    later->clipboard.count -= seen->clipboards;
    if (later->clipboard.count == 0) {
        payload_set(&later->clipboard.contents, NULL);
        later->clipboard.target = 0;
    }
    later->notifications.count -= seen->notifications;
    forget_older(later, later->notifications.count);
    return later;
}
