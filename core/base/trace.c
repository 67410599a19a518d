/* Formatting of trace lines. */
#include "base/trace.h"

#include <stdarg.h>
#include <stdio.h>

void
trace_linef(const struct trace *t, const char *format, ...)
{
    if (!trace_is_on(t))
        return;
    char line[256];
    va_list args;
    va_start(args, format);
    vsnprintf(line, sizeof line, format, args);
    va_end(args);
    t->line(t->context, line);
}
