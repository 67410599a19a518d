/*
 * One code point to UTF-8 and back, for text that is already known to be valid. The decoder that takes
 * anything is utf8.h.
 */
#ifndef SKUA_TERM_TEXT_CODEPOINT_H
#define SKUA_TERM_TEXT_CODEPOINT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/view.h"

/* Write the UTF-8 of a scalar value (0..10FFFF without surrogates). Returns its length, 1..4. */
size_t codepoint_encode(uint32_t code_point, uint8_t out[4]);

/*
 * The first code point of valid UTF-8; the rest of the bytes in *rest. text must not be empty. Bytes
 * that are not valid UTF-8 give U+FFFD one byte at a time.
 */
uint32_t codepoint_first(struct view text, struct view *rest);

/* Whether text is exactly one code point; if so it is written to *out. */
bool codepoint_only(struct view text, uint32_t *out);

#endif
