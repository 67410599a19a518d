/*
 * From a running ssh (or, with --local, a server) to the line that starts a session.
 */
#ifndef SKUA_PROGRAMS_LAUNCH_START_H
#define SKUA_PROGRAMS_LAUNCH_START_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "bootstrap/connect_line.h"
#include "bootstrap/remote_output.h"
#include "bootstrap/upload_command.h"
#include "net/crypto/key.h"
#include "options.h"
#include "rim/child.h"
#include "rim/fail.h"

/* How long a host may take from the first word of our remote command to a session's start. */
#define START_AFTER_LOGIN_MS 30000

/* Enough for the last line of text. */
#define START_TEXT_BYTES 256

enum start_end {
    START_STARTED,     /* port and key are there */
    START_ENDED,       /* the output or the program ended first */
    START_BAD,         /* the host said something that cannot be: *why tells */
    START_LATE,        /* limit_ms went by */
    START_INTERRUPTED, /* a signal asked us to leave */
};

/* What was learnt. */
struct start {
    enum start_end end;
    bool has_reached, has_connection, has_no_server;
    bool is_unreached;                        /* our proxy has told the user why */
    struct numeric_address reached;           /* by our own proxy */
    struct numeric_address connection;        /* sshd's word */
    char system[CONNECT_LINE_SYSTEM_MAX + 1]; /* of a host without a server */
    char machine[CONNECT_LINE_SYSTEM_MAX + 1];
    uint64_t limit_ms;  /* from the login to START_LATE */
    bool says_bad_port; /* a server too old for ranges of ports */
    bool says_no_utf8;  /* one that finds no UTF-8 locale */
    uint16_t port;
    struct key key; /* START_STARTED only; the caller wipes it */
    bool has_exit;  /* the program has ended: */
    struct child_exit exit;
    char last_text[START_TEXT_BYTES]; /* the last line that was shown */
};

/* Borrowed, but for fd. */
struct start_plan {
    const struct options *options; /* for the label and the host's name */
    struct child *child;           /* what was started; stays the caller's */
    int fd;                        /* the reading end of the pipe that is its output and errors */
    struct view token;             /* what our proxy will say; empty: none was started */
    const struct upload_payload *upload; /* the server that the program brings along, or NULL */
    struct buf
        *text; /* takes what is not for us, a line each, in the place of standard output; or NULL */
    bool keep_fd; /* leave fd open after START_STARTED, for the caller to close */
};

/*
 * Read until one of `enum start_end`, showing what is not for us on standard output, and on the terminal
 * that a login brought no server yet. A program that did not start a session is asked to end, then made
 * to.
 *
 * Returns  SKUA_OK with *out filled in, whatever its end; SKUA_ERR_SYSTEM if we cannot listen at all.
 */
enum skua_err start_read(const struct start_plan *plan, struct start *out, struct fail *why);

#endif
