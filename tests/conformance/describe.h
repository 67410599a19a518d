/* Screens as the text that scripts use: README.md beside this file has the notation. */
#ifndef SKUA_TESTS_CONFORMANCE_DESCRIBE_H
#define SKUA_TESTS_CONFORMANCE_DESCRIBE_H

#include <stdbool.h>

#include "base/buf.h"
#include "term/screen/screen.h"

/* Append the rows; the cursor, with '!' if pending; the extras (reply left to the caller). */
void describe_rows(const struct screen *s, struct buf *out);
void describe_cursor(const struct screen *s, bool pending, struct buf *out);
void describe_extras(const struct screen *s, bool with_scrolled_off, struct buf *out);

#endif
