/*
 * Rows that moved: found by their contents and moved by the consumer, instead of being painted again.
 */
#ifndef SKUA_TERM_DISPLAY_SCROLL_H
#define SKUA_TERM_DISPLAY_SCROLL_H

#include "term/display/brush.h"
#include "term/screen/row.h"

/*
 * Scroll the consumer where that saves bytes, up or down, the whole screen or a part.
 *
 * held     brush->rows rows that the consumer holds; moved along as the consumer scrolls.
 * wanted   As many rows that it should hold.
 * blank    An erased row: put into held where a scroll brought one in.
 */
void scroll_paint(struct brush *b, const struct row **held, struct row *const *wanted,
                  const struct row *blank);

#endif
