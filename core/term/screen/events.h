/*
 * What happens once: bells, writes to the clipboard, notifications. A screen carries a counter for each
 * kind and the latest payloads; what counts is that a counter moved, so skipped screens coalesce and
 * nothing happens twice. Source: docs/TERMINAL.md, "Events".
 */
#ifndef SKUA_TERM_SCREEN_EVENTS_H
#define SKUA_TERM_SCREEN_EVENTS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/view.h"
#include "term/screen/payload.h"

struct screen;

#define EVENTS_NOTIFICATIONS_MAX      8
#define EVENTS_NOTIFICATION_MAX_BYTES 1024

/* The last write to the clipboard. */
struct screen_clipboard {
    uint64_t count;           /* writes so far */
    uint8_t target;           /* 'c', 'p', ...; 0 before the first */
    struct payload *contents; /* as sent, base64; counted */
};

/* Messages for the user's desktop: "TITLE\nBODY", UTF-8 without controls; either may be empty. */
struct screen_notifications {
    uint64_t count;                                   /* so far */
    struct payload *recent[EVENTS_NOTIFICATIONS_MAX]; /* the newest first; counted */
};

/* How many of each there were. */
struct event_counts {
    uint64_t bells, clipboards, notifications;
};

struct event_counts events_counts(const struct screen *s);

/* Take, or give up, a reference to every payload of s's events: for who copies or frees a screen. */
void events_ref(struct screen *s);
void events_unref(struct screen *s);

bool events_equal(const struct screen *a, const struct screen *b);

/*
 * Add a notification to a screen with one reference; the oldest of the remembered ones is forgotten.
 * Returns false, and adds nothing, if text is not as struct screen_notifications says or too long.
 */
bool events_notify(struct screen *s, struct view text);

/* Forget all notifications. */
void events_forget_notifications(struct screen *s);

/*
 * s, as a new reference, as one sees it who came when there had been `seen`: earlier events did not
 * happen. s itself if there had been none.
 */
struct screen *events_since(struct screen *s, const struct event_counts *seen);

#endif
