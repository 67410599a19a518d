/* Lines to standard error, each by one write(2). */
#include "rim/log.h"

#include <stdarg.h>
#include <stdio.h>
#include <unistd.h>

#define LINE_BYTES 512

static const char *log_name;
static int log_verbosity;

void
log_open(const char *name, int verbosity)
{
    log_name = name;
    log_verbosity = verbosity;
}

bool
log_shows(enum log_level level)
{
    return (int)level <= log_verbosity;
}

static size_t
written(int len, size_t room)
{
    if (len < 0)
        return 0;
    return (size_t)len < room ? (size_t)len : room - 1;
}

__attribute__((format(printf, 1, 0))) static void
put_line(const char *format, va_list args)
{
    char line[LINE_BYTES];
    size_t len = 0;
    if (log_name != NULL)
        len = written(snprintf(line, sizeof line, "%s: ", log_name), sizeof line);
    len += written(vsnprintf(line + len, sizeof line - len, format, args), sizeof line - len);
    for (size_t i = 0; i < len; i++) {
        if ((unsigned char)line[i] < ' ' || line[i] == 0x7f)
            line[i] = '?';
    }
    line[len++] = '\n'; /* in place of the NUL */
    if (write(STDERR_FILENO, line, len) < 0)
        return; /* nobody listens, and there is nobody to tell */
}

void
log_linef(enum log_level level, const char *format, ...)
{
    if (!log_shows(level))
        return;
    va_list args;
    va_start(args, format);
    put_line(format, args);
    va_end(args);
}

static void
trace_to_log(void *context, const char *line)
{
    (void)context;
    log_linef(LOG_WARN, "%s", line); /* log_trace() has decided that it is shown */
}

struct trace
log_trace(enum log_level level)
{
    return (struct trace){ .line = log_shows(level) ? trace_to_log : NULL };
}
