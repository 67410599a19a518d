/*
 * A session written down as an asciicast: what the user's terminal was sent, and when, as lines that
 * asciinema(1) plays. Source: asciicast file format, version 2.
 */
#ifndef SKUA_SESSION_ASCIICAST_H
#define SKUA_SESSION_ASCIICAST_H

#include <stdint.h>

#include "base/buf.h"

/*
 * The first line.
 *
 * wall_s  the time of day at which it begins, in seconds since 1970
 * term    the terminal's name; may be NULL
 */
void asciicast_start(struct buf *out, int rows, int cols, int64_t wall_s, const char *term);

/* The terminal was sent these bytes, at_ms after the beginning. */
void asciicast_output(struct buf *out, uint64_t at_ms, struct view bytes);

/* Its window is of this size from now on. */
void asciicast_resize(struct buf *out, uint64_t at_ms, int rows, int cols);

#endif
