/*
 * Step two to every consumer: the bytes that turn what it shows into what it should show.
 */
#ifndef SKUA_TERM_DISPLAY_PAINT_H
#define SKUA_TERM_DISPLAY_PAINT_H

#include "base/buf.h"
#include "term/outer/caps.h"
#include "term/screen/screen.h"

/*
 * Append to out what takes a consumer from `before` to `after`.
 *
 * before   What the consumer holds; NULL: unknown, everything is painted and set. Both screens are of
 *          the projection for these caps. Sizes may differ: the consumer was resized already.
 * out      Valid, complete UTF-8 and complete sequences; nothing is appended when the screens are equal.
 *          Begins and ends with hidden state at its defaults: margins full, no wrap pending.
 *          A diff that out's maximum cannot hold sets out->overflow.
 * Promise  On the wire dialects, feeding the bytes to an emulator of the matching host role that holds
 *          `before` gives a screen equal to `after`.
 * Source   docs/TERMINAL.md, "Painting".
 */
void paint(const struct screen *before, const struct screen *after, const struct caps *caps,
           struct buf *out);

#endif
