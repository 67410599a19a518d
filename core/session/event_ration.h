/*
 * Bells, clipboards and notifications of a server, so many a time and no more. Our own server grants its
 * programs as much; others grant what they like. Source: docs/TERMINAL.md, "Events".
 */
#ifndef SKUA_SESSION_EVENT_RATION_H
#define SKUA_SESSION_EVENT_RATION_H

#include <stdint.h>

#include "term/emulator/ration.h"
#include "term/screen/screen.h"

/* All zeros: nothing was seen yet. */
struct event_ration {
    struct event_counts seen;          /* of the screens that came in */
    struct event_counts granted;       /* of those that went out */
    struct screen_clipboard clipboard; /* the last that was granted; counted */
    struct ration bells, clipboards, notifications;
};

/* Give up what it holds. Leaves zeroes. */
void event_ration_fini(struct event_ration *r);

/*
 * s, as a new reference, with the events that are granted: what there is too much of did not happen. s
 * itself if that is all of them.
 */
struct screen *event_ration_apply(struct event_ration *r, struct screen *s, uint64_t now_ms);

#endif
