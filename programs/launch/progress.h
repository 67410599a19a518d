/*
 * A line on the terminal that says what is waited for, once that has taken a while, and is gone when it is
 * over.
 */
#ifndef SKUA_PROGRAMS_LAUNCH_PROGRESS_H
#define SKUA_PROGRAMS_LAUNCH_PROGRESS_H

#include <sys/types.h>

/* How long nothing is shown: most steps are over before. */
#define PROGRESS_QUIET_MS 1000

struct progress {
    int fd; /* to the process that writes; -1: there is no terminal */
    pid_t pid;
};

/*
 * Have a process ready that writes to the terminal while we wait for something that holds us up. Not when
 * there is a key already. Shows nothing yet. Ends in progress_close().
 */
void progress_open(struct progress *p, const char *label);

/* What is waited for now, of printable ASCII. Only while nobody else writes to the terminal. */
void
progress_say(struct progress *p, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Take the line away: when this returns, the cursor is where it was. May run twice. */
void progress_close(struct progress *p);

#endif
