/*
 * Select graphic rendition: parameters to a style, and a style to parameters.
 * Source: ECMA-48 §8.3.117; ISO 8613-6 (colours); docs/TERMINAL.md, "Select graphic rendition".
 */
#ifndef SKUA_TERM_EMULATOR_SGR_H
#define SKUA_TERM_EMULATOR_SGR_H

#include <stdbool.h>

#include "base/buf.h"
#include "term/screen/style.h"
#include "term/vt/parser.h"

/*
 * Change pen by a CSI m. is_modern: everything we know, and a colour that is cut short ends the
 * sequence; else stock's set, where what follows it is read as parameters of their own.
 * The pen's link and protection are not SGR's and stay.
 */
void sgr_apply(const struct parser_sequence *s, bool is_modern, struct style *pen);

/*
 * Append the parameters that make a style from a reset one, beginning with "0", without the final:
 * colours with semicolons, underline styles and underline colours with colons.
 */
void sgr_put(const struct style *style, struct buf *out);

#endif
