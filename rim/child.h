/*
 * A program that we start and wait for: ssh, a helper of the user's. (The session's shell is
 * rim/pty.h.)
 */
#ifndef SKUA_RIM_CHILD_H
#define SKUA_RIM_CHILD_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

#include "rim/fail.h"

/* In place of a descriptor: the one that we have; /dev/null. */
#define CHILD_INHERIT (-1)
#define CHILD_NULL    (-2)

struct child;

/* What to run. Everything is borrowed during child_start(). */
struct child_plan {
    const char *const *argv;  /* NULL-terminated; argv[0] is looked for in PATH */
    int in, out, err;         /* become 0, 1 and 2; the caller still closes its own */
    const char *const *extra; /* "NAME=VALUE" to add to the environment, NULL-terminated; or NULL */
};

/* How it ended. */
struct child_exit {
    int status; /* exit status; 128 + the signal that killed it */
    int signal; /* 0: it exited by itself */
};

/*
 * Start a program with default signals and no descriptor above 2 but those that somebody gave to
 * us. Returns when it runs, or SKUA_ERR_SYSTEM with the system's reason (not found, arguments too
 * long).
 */
enum skua_err child_start(const struct child_plan *plan, struct child **out, struct fail *why);

/*
 * Wait until it ends or clock_now_ms() reaches deadline_ms (UINT64_MAX: as long as it takes).
 * Returns whether it has ended; *out is written then.
 */
bool child_wait(struct child *c, uint64_t deadline_ms, struct child_exit *out);

/* Send it a signal; nothing if it has ended. */
void child_kill(struct child *c, int signal);

/* Its process id. */
pid_t child_id(const struct child *c);

/* Forget it and let it run on: for a process that is about to end itself. */
void child_release(struct child *c);

/* Forget it: a child that is still running is killed and reaped. NULL is fine. */
void child_free(struct child *c);

#endif
