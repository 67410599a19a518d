/*
 * Signals as events. The handler sets a flag and writes one byte into a pipe; the loop watches the
 * other end. Dispositions belong to the process, so there is at most one `struct signals` at a
 * time.
 */
#ifndef SKUA_RIM_SIGNALS_H
#define SKUA_RIM_SIGNALS_H

#include <stdbool.h>
#include <stddef.h>

#include "rim/fail.h"

struct signals;

/*
 * Catch the count signals at numbers (SIGTERM...), and unblock them. Interrupted system calls
 * restart. Returns SKUA_ERR_SYSTEM without descriptors or for a number that cannot be caught.
 */
enum skua_err
signals_open(const int *numbers, size_t count, struct signals **out, struct fail *why);

/* Put every disposition back as it was. NULL is fine. */
void signals_close(struct signals *s);

/* Readable when something arrived: for loop_add() with LOOP_READ. */
int signals_fd(const struct signals *s);

/* Empty the pipe; call when signals_fd() is ready, before asking signals_take(). */
void signals_drain(struct signals *s);

/* Whether that signal arrived since it was last asked for. */
bool signals_take(struct signals *s, int number);

/*
 * Ignore a signal in this process (SIGPIPE, the server's SIGHUP). Processes started by rim get the
 * default.
 */
void signals_ignore(int number);

/*
 * Stop this process's whole group as the terminal driver would on Ctrl-Z, and return when
 * continued; at once if nobody could continue us (an orphaned group). The terminal must have been
 * restored before.
 */
void signals_suspend(void);

/* For a child between fork and exec: every signal's default, nothing blocked. Async-signal-safe. */
void signals_default_all(void);

#endif
