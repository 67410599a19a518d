/* One datagram a line; what the log does not take at once is dropped. */
#include "rim/audit.h"

#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <syslog.h>
#include <unistd.h>

#include "base/mem.h"

#define SYSTEM_LOG "/dev/log"
#define MINUTE_MS  60000

struct audit {
    const char *name;
    struct sockaddr_un log;
    int fd;             /* -1: none */
    uint64_t minute_ms; /* when the present minute began */
    unsigned lines, left_out;
};

static void
connect_log(struct audit *a)
{
    if (a->fd >= 0)
        close(a->fd);
    a->fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (a->fd >= 0 && connect(a->fd, (struct sockaddr *)&a->log, sizeof a->log) != 0) {
        close(a->fd);
        a->fd = -1;
    }
}

struct audit *
audit_open(const char *name, const char *path)
{
    struct audit *a = mem_new(1, sizeof *a);
    a->name = name;
    a->fd = -1;
    a->log.sun_family = AF_UNIX;
    snprintf(a->log.sun_path, sizeof a->log.sun_path, "%s", path != NULL ? path : SYSTEM_LOG);
    connect_log(a);
    return a;
}

void
audit_close(struct audit *a)
{
    if (a == NULL)
        return;
    if (a->fd >= 0)
        close(a->fd);
    free(a);
}

/* Whether one more line may be written in this minute. */
static bool
may_write(struct audit *a, uint64_t now_ms)
{
    if (a->lines == 0 || now_ms - a->minute_ms >= MINUTE_MS) {
        a->minute_ms = now_ms;
        a->lines = 0;
    }
    if (a->lines < AUDIT_LINES_A_MINUTE) {
        a->lines++;
        return true;
    }
    a->left_out++;
    return false;
}

static size_t
end_of(int len, size_t room)
{
    return len < 0 ? 0 : (size_t)len < room ? (size_t)len : room - 1;
}

void
audit_linef(struct audit *a, uint64_t now_ms, const char *format, ...)
{
    char line[AUDIT_LINE_BYTES];
    va_list args;
    if (!may_write(a, now_ms))
        return;
    size_t len = end_of(snprintf(line, sizeof line, "<%d>%s[%ld]: ", LOG_AUTHPRIV | LOG_INFO,
                                 a->name, (long)getpid()),
                        sizeof line);
    if (a->left_out > 0)
        len += end_of(snprintf(line + len, sizeof line - len, "(%u lines left out) ", a->left_out),
                      sizeof line - len);
    a->left_out = 0;
    va_start(args, format);
    len += end_of(vsnprintf(line + len, sizeof line - len, format, args), sizeof line - len);
    va_end(args);
    for (size_t i = 0; i < len; i++) {
        if (line[i] < ' ' || line[i] > '~')
            line[i] = '?';
    }
    /* The log may have been started anew since: once more by a new socket, and no more. */
    if (send(a->fd, line, len, MSG_DONTWAIT | MSG_NOSIGNAL) < 0) {
        connect_log(a);
        (void)send(a->fd, line, len, MSG_DONTWAIT | MSG_NOSIGNAL);
    }
}
