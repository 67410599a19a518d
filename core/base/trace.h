/*
 * Optional event sink. A machine that is given one reports what it does as single lines; without one
 * nothing is formatted. Lines name the object and never hold keys, keystrokes or screen contents.
 */
#ifndef SKUA_BASE_TRACE_H
#define SKUA_BASE_TRACE_H

#include <stddef.h>

/* Called with one line of text, no newline, valid during the call. */
typedef void trace_line_fn(void *context, const char *line);

struct trace {
    trace_line_fn *line; /* NULL: nobody listens */
    void *context;
};

/* Whether formatting a line is worth it. t may be NULL. */
#define trace_is_on(t) ((t) != NULL && (t)->line != NULL)

/* Format one line of at most 255 bytes (cut) and report it. t may be NULL. */
void
trace_linef(const struct trace *t, const char *format, ...) __attribute__((format(printf, 2, 3)));

#endif
