/*
 * Putting text on a screen at the cursor: wrapping, inserting, wide cells at the margin, combining
 * marks, clusters. Source: docs/TERMINAL.md, "Printing".
 */
#ifndef SKUA_TERM_SCREEN_EDIT_PRINT_H
#define SKUA_TERM_SCREEN_EDIT_PRINT_H

#include <stddef.h>
#include <stdint.h>

#include "base/view.h"
#include "term/screen/edit.h"

/*
 * Print one code point in the pen's style and move the cursor past it. C0, DEL and C1 do nothing; what
 * else cannot be printed becomes U+FFFD. With modes.clusters a code point may join the one before it.
 */
void edit_print(struct edit *e, uint32_t code_point);

/* The same for many in one go, the fast way for plain text: bytes 20..7E, or code points from U+00A0 on. */
void edit_print_ascii(struct edit *e, struct view text);
void edit_print_points(struct edit *e, const uint32_t *points, size_t count);

#endif
