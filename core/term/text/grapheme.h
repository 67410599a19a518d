/*
 * Where user-perceived characters end (UAX #29, extended grapheme clusters), and how many columns
 * one takes when a program has asked for that model (mode 2027).
 */
#ifndef SKUA_TERM_TEXT_GRAPHEME_H
#define SKUA_TERM_TEXT_GRAPHEME_H

#include <stdbool.h>
#include <stdint.h>

#include "base/view.h"

/* Where we are in a run of text. All zeroes is before its first code point. */
struct grapheme {
    uint32_t previous; /* 0: none yet */
    int32_t state;     /* the library's, opaque */
};

/*
 * Go on to code_point. Returns whether a new cluster begins with it, which is always so for the
 * first of a run.
 */
bool grapheme_push(struct grapheme *g, uint32_t code_point);

/*
 * Columns of one cluster, given as valid UTF-8: the widest of its code points (width_of());
 * VS16 after an emoji base, a pair of regional indicators and a joined emoji sequence make 2; VS15
 * makes 1. Never less than 0, never more than 2.
 */
int grapheme_width(struct view cluster);

/* Bytes of the first cluster of valid UTF-8 text; 0 only for empty text. For cutting at a cluster. */
size_t grapheme_length(struct view text);

#endif
