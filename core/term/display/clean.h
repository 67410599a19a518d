/*
 * Strings of a remote program that leave for a terminal inside OSC sequences: what may be in them.
 * Source: docs/SECURITY.md, "A hostile server"; docs/TERMINAL.md, "Safety".
 */
#ifndef SKUA_TERM_DISPLAY_CLEAN_H
#define SKUA_TERM_DISPLAY_CLEAN_H

#include <stdbool.h>

#include "base/view.h"

struct payload;

/* Code points of a title or icon name: stock keeps as many. */
#define CLEAN_TITLE_MAX 254

/* OSC 8, bytes. The whole payload is "id=ID;URI" or "n=7;URI". */
#define CLEAN_URI_MAX 2083
#define CLEAN_ID_MAX  250

/*
 * A title without controls (C0, C1, DEL), bidirectional controls and line separators, at most
 * CLEAN_TITLE_MAX code points. Returns t itself (no new reference) if it is clean already, else a new
 * payload, the caller's. NULL gives NULL.
 */
struct payload *clean_title(struct payload *t);

/* Whether a code point turns the direction of text or ends a line: never shown, never passed on. */
bool clean_is_direction(uint32_t code_point);

/*
 * Whether a link ("id=ID;URI" or "n=7;URI") may go to a real terminal: printable ASCII within the bounds
 * and a scheme that opens a page or a letter: http, https, ftp, mailto.
 */
bool clean_is_link(struct view link);

/* Whether text is base64 of RFC 4648 §4, padded; empty counts. */
bool clean_is_base64(struct view text);

#endif
