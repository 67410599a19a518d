/*
 * UTF-8 in and out of code points. Malformed bytes become U+FFFD by the "maximal subpart" rule of
 * the WHATWG Encoding Standard §8.1.1 (Unicode 15 §3.9, table 3-8): E4 B8 'A' is U+FFFD then A.
 */
#ifndef SKUA_TERM_TEXT_UTF8_H
#define SKUA_TERM_TEXT_UTF8_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/view.h"

#define UTF8_REPLACEMENT 0xFFFD

/* A decoder between two bytes. All zeroes is the start; a value, so copying it copies the position. */
struct utf8_decoder {
    uint32_t partial; /* payload bits so far */
    uint8_t needed;   /* continuation bytes still to come; 0: between code points */
    uint8_t lower;    /* what the next continuation byte may be, both ends included */
    uint8_t upper;
};

/*
 * Take one byte. out gets the code points that it completes: none while a sequence is open, one, or
 * two when the byte ends a malformed sequence (U+FFFD) and stands for itself as well.
 * Returns how many. Never a surrogate and never above U+10FFFF.
 */
int utf8_push(struct utf8_decoder *d, uint8_t byte, uint32_t out[2]);

/*
 * The first code point of text, in *code_point; malformed bytes give U+FFFD.
 * Returns the bytes it took, 0 only for empty text. A sequence cut by the end counts as malformed.
 */
size_t utf8_next(struct view text, uint32_t *code_point);

/*
 * The run of well-formed characters from U+00A0 on that text begins with, at most max of them, into out.
 * It ends before ASCII, C1 controls, malformed bytes and a character that text holds only a part of.
 * Returns the bytes it took, with *count set; 0 if there is no such run.
 */
size_t utf8_run(struct view text, uint32_t *out, size_t max, size_t *count);

/* Whether text is well-formed UTF-8 from end to end. Empty text is. */
bool utf8_is_valid(struct view text);

/* How many code points utf8_next() finds in text. */
size_t utf8_count(struct view text);

#endif
