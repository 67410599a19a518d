/*
 * What runs in the session's pty: the user's login shell, or the command that was asked for, with
 * the environment that a program expects there.
 */
#ifndef SKUA_ENDPOINTS_SERVER_LOGIN_SHELL_H
#define SKUA_ENDPOINTS_SERVER_LOGIN_SHELL_H

#include <sys/types.h>

#include "rim/limits.h"

/* Bits of the word given to pty_release(). */
#define LOGIN_SHELL_TRUECOLOR 1 /* the client's terminal shows 24-bit colours */

/* Statuses of a program that could not be run, as shells have them. */
#define LOGIN_SHELL_NOT_FOUND 127
#define LOGIN_SHELL_CANNOT    126

/* How long a message of failure stays on the screen, unless Enter is pressed. */
#define LOGIN_SHELL_FAILURE_MS 3000

struct login_shell {
    char *const *command;        /* NULL-terminated argv, run as it is; NULL: the login shell */
    int colors;                  /* 256 makes TERM xterm-256color, anything else xterm */
    pid_t server;                /* told to the shell as SKUA_SERVER_PID */
    const char *terminal;        /* pty_path() */
    const struct limits *limits; /* what limits_harden() found: given back */
};

/*
 * The pty's child, a pty_child_fn: context is a struct login_shell. Sets the environment, goes to
 * the home directory (or to / with a notice), shows the message of the day and sessions left alone
 * where a login shell does, and execs.
 *
 * Returns  only if nothing could be run: after the reason was shown for LOGIN_SHELL_FAILURE_MS,
 *          LOGIN_SHELL_NOT_FOUND or LOGIN_SHELL_CANNOT.
 * Source   docs/ARCHITECTURE.md, "A server from start to end".
 */
int login_shell_run(void *context);

#endif
