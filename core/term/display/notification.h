/*
 * Notifications in the words of the terminal that shows them.
 */
#ifndef SKUA_TERM_DISPLAY_NOTIFICATION_H
#define SKUA_TERM_DISPLAY_NOTIFICATION_H

#include "base/buf.h"
#include "term/outer/caps.h"
#include "term/screen/screen.h"

/*
 * Append those that `after` has beyond `before`, the oldest first; none if before is NULL, for they
 * happened before the consumer was there. A wire gets none: they travel beside the painted bytes.
 */
void notification_paint(const struct screen *before, const struct screen *after,
                        const struct caps *caps, struct buf *out);

#endif
