/*
 * Lines for people on standard error: the one thing of the process that every file may use. A line
 * names its object and never holds keys, keystrokes or screen contents.
 */
#ifndef SKUA_RIM_LOG_H
#define SKUA_RIM_LOG_H

#include <stdbool.h>

#include "base/trace.h"

enum log_level {
    LOG_WARN,  /* always shown: something is not as asked */
    LOG_INFO,  /* -v: instructions sent and received, addresses, paths */
    LOG_DEBUG, /* -v -v: everything */
};

/*
 * Begin every line with "name: " and show levels up to that verbosity (0: LOG_WARN). name is
 * borrowed for good. Without it lines have no name and warnings are shown.
 */
void log_open(const char *name, int verbosity);

/* Whether a line of that level would be shown. */
bool log_shows(enum log_level level);

/*
 * One line, no newline in the format; at most 511 bytes (cut), written in one piece, controls as
 * '?'.
 */
void log_linef(enum log_level level, const char *format, ...) __attribute__((format(printf, 2, 3)));

/*
 * A sink for the core's machines, showing their lines at that level; its line is NULL if they would
 * not be shown, so that nothing is formatted.
 */
struct trace log_trace(enum log_level level);

#endif
