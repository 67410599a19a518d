/*
 * Text of unknown origin, made fit for the user's terminal: what a terminal would obey is shown as
 * printable characters instead.
 */
#ifndef SKUA_BOOTSTRAP_VISIBLE_TEXT_H
#define SKUA_BOOTSTRAP_VISIBLE_TEXT_H

#include "base/buf.h"
#include "base/view.h"

/* One byte of text becomes at most this many. */
#define VISIBLE_TEXT_GROWTH 4

/*
 * Append text to out: printable UTF-8 and tabs as they are; a control as ^X; DEL as ^?; a byte that is
 * not well-formed UTF-8, a C1 control, and a character that turns or breaks the line (U+2028, U+2029,
 * U+202A..U+202E, U+2066..U+2069) as \xNN for each of its bytes. What passes out's maximum is left out.
 *
 * Source  docs/SECURITY.md, "What ssh prints"; Unicode 15 table 3-7 for well-formedness.
 */
void visible_text_put(struct buf *out, struct view text);

#endif
