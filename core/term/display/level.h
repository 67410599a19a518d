/*
 * Modes that a consumer mirrors: levels, of which only the last value counts.
 */
#ifndef SKUA_TERM_DISPLAY_LEVEL_H
#define SKUA_TERM_DISPLAY_LEVEL_H

#include "base/buf.h"
#include "term/outer/caps.h"
#include "term/screen/screen.h"

/*
 * Append what takes the consumer's modes from `before` (NULL: unknown, all are set) to `after`. Both
 * are of the projection for these caps, so a mode that the consumer lacks is never on; where the modes
 * are unknown, those that it lacks are left alone. Two are the painter's own business: reverse video
 * comes before the cells, the measure of clusters changes while they are painted.
 */
void level_paint(const struct screen_modes *before, const struct screen_modes *after,
                 const struct caps *caps, struct buf *out);

#endif
