/*
 * Painting a predicted line over the server's screen.
 */
#ifndef SKUA_TERM_PREDICT_OVERLAY_H
#define SKUA_TERM_PREDICT_OVERLAY_H

#include <stdbool.h>

#include "term/predict/line.h"
#include "term/screen/screen.h"

/*
 * s with the changed cells of l in place, its cursor, and the rows that it makes scroll, as a new
 * reference. underline: changed cells are underlined, but for blanks over blanks.
 */
struct screen *overlay_paint(struct screen *s, const struct line *l, bool underline);

#endif
