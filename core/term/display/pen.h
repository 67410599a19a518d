/*
 * From one rendition to another: SGR for colours and attributes, OSC 8 for links.
 */
#ifndef SKUA_TERM_DISPLAY_PEN_H
#define SKUA_TERM_DISPLAY_PEN_H

#include "base/buf.h"
#include "term/outer/caps.h"
#include "term/screen/style.h"

/*
 * Append what takes a consumer's rendition from `from` to `to`; nothing if they are equal.
 *
 * Toward stock always the canonical form: a reset, then attributes and colours in rising order. In the
 * other dialects the shorter of that and the difference. Styles are of the projection for these caps:
 * what the consumer lacks was cut before.
 *
 * Source   docs/TERMINAL.md, "Select graphic rendition".
 */
void
pen_put(const struct style *from, const struct style *to, const struct caps *caps, struct buf *out);

#endif
