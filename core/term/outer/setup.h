/*
 * How a session takes the user's terminal and how it gives it back: what is written around all paints.
 * Taking a terminal is followed by a paint of an unknown terminal, which sets everything else.
 */
#ifndef SKUA_TERM_OUTER_SETUP_H
#define SKUA_TERM_OUTER_SETUP_H

#include "base/buf.h"
#include "base/view.h"
#include "term/outer/caps.h"

/* What setup_close() may take, the caller's own string not counted. */
#define SETUP_CLOSE_MAX_BYTES 320

/*
 * Append what is written at the start of a session, and again after a suspend: the caller's string for
 * entering the screen of full-screen programs (smcup; empty: stay on this one), application cursor
 * keys, the title and the keyboard's mode put aside.
 *
 * Source   docs/TERMINAL.md, "The user's terminal".
 */
void setup_start(const struct caps *caps, struct view enter, struct buf *out);

/* Append what setup_start() would have had for `after` and not for `before`: more is known by now. */
void setup_extend(const struct caps *before, const struct caps *after, struct buf *out);

/*
 * Append what undoes setup_start() and all paints, whatever they have set: for the end of a session, a
 * suspend, and a crash. `leave` is the caller's counterpart of `enter` (rmcup; empty: none).
 */
void setup_close(const struct caps *caps, struct view leave, struct buf *out);

#endif
