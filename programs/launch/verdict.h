/*
 * Why there is no session, in a sentence that says what to do.
 */
#ifndef SKUA_PROGRAMS_LAUNCH_VERDICT_H
#define SKUA_PROGRAMS_LAUNCH_VERDICT_H

#include "options.h"
#include "rim/fail.h"
#include "start.h"

/*
 * Judge a start that brought no session.
 *
 * program   what was run: "ssh", or the server with --local
 * why       holds the text already if start->end is START_BAD; else it is filled in
 * Returns   the exit status: the program's own if it failed, else 255.
 */
int verdict_no_start(const struct options *o, const struct start *start, const char *program,
                     struct fail *why);

/* The same for a session that was started, but nobody told at which address. */
int verdict_no_address(const struct options *o, struct fail *why);

#endif
