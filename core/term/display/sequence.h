/*
 * One escape sequence while it is being built: short, so that two ways to say the same can be compared
 * by their length before one of them is written.
 */
#ifndef SKUA_TERM_DISPLAY_SEQUENCE_H
#define SKUA_TERM_DISPLAY_SEQUENCE_H

#include <stddef.h>
#include <stdint.h>

#include "base/view.h"

/* The longest that is built here, a full SGR with three direct colours, takes 93. */
#define SEQUENCE_MAX_BYTES 128

struct sequence {
    size_t len;
    char bytes[SEQUENCE_MAX_BYTES];
};

/* Append. What would pass SEQUENCE_MAX_BYTES is a mistake of ours and is asserted. */
void sequence_byte(struct sequence *s, char byte);
void sequence_text(struct sequence *s, const char *text);
void sequence_number(struct sequence *s, unsigned number); /* decimal */

/* Append `count` times the same byte, as far as there is room. */
void sequence_repeat(struct sequence *s, char byte, int count);

/* CSI, the number (left out if it is 1, which is every such sequence's default), final. */
void sequence_csi(struct sequence *s, int number, char final);

/* The bytes, borrowed until the next change. */
struct view sequence_view(const struct sequence *s);

#endif
