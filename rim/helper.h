/*
 * A small process that does one chore for us and outlives us by a moment: it is told lines over a
 * pipe, and learns from the pipe's end that we are gone, however we went. Fork it while the process
 * is small and holds no secret.
 */
#ifndef SKUA_RIM_HELPER_H
#define SKUA_RIM_HELPER_H

#include "rim/fail.h"

/* Longest line, its newline included; shorter than PIPE_BUF, so a line is written whole or not. */
#define HELPER_LINE_BYTES 256

struct helper;

/*
 * Runs in the helper for every line, without its newline; at the end once with NULL, when the
 * helper may still do something and then ends.
 */
typedef void helper_line_fn(void *context, const char *line);

/*
 * Fork a helper: a session of its own, deaf to INT, TERM, HUP and PIPE, /dev/null as 0 to 2, and no
 * other descriptor but keep_fd (-1: none).
 */
enum skua_err helper_start(helper_line_fn *run, void *context, int keep_fd, struct helper **out,
                           struct fail *why);

/* Tell it a line (no newline in it). Dropped if it is too long or the helper is that far behind. */
void helper_tell(struct helper *h, const char *line);

/* No more lines: the helper does its last and ends by itself. NULL is fine. */
void helper_stop(struct helper *h);

#endif
