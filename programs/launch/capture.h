/*
 * Run a program to its end and read what it prints: questions to ssh and to a client.
 */
#ifndef SKUA_PROGRAMS_LAUNCH_CAPTURE_H
#define SKUA_PROGRAMS_LAUNCH_CAPTURE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "rim/child.h"
#include "rim/fail.h"

/* A program whose output we read while it runs; its input is /dev/null. */
struct capture {
    struct child *child;
    int fd; /* -1: none */
};

/*
 * Start argv. with_errors: its standard error is ours, else /dev/null. Ends in capture_end().
 * Returns SKUA_ERR_SYSTEM if it cannot be run.
 */
enum skua_err
capture_start(const char *const *argv, bool with_errors, struct capture *out, struct fail *why);

/*
 * Append its output to out, up to out's maximum, until it closes it, and wait for its end.
 *
 * Returns  whether it ended before deadline_ms (clock_now_ms()); *how is written then. What was printed
 *          until the deadline is in out in any case.
 */
bool capture_read(struct capture *c, uint64_t deadline_ms, struct buf *out, struct child_exit *how);

/* Kill it if it still runs, and forget it. Fine on { .fd = -1 } and twice. */
void capture_end(struct capture *c);

#endif
