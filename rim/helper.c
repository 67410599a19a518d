/* fork, and lines over a socket pair (which unlike a pipe can be written to without SIGPIPE). */
#include "rim/helper.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/mem.h"
#include "rim/descriptors.h"
#include "rim/signals.h"

struct helper {
    int fd;
    pid_t pid;
};

/* Hand on the complete lines in text; what is left moves to its start. Returns its length. */
static size_t
hand_on(char *text, size_t len, helper_line_fn *run, void *context)
{
    char *line = text, *end;
    while ((end = memchr(line, '\n', len - (size_t)(line - text))) != NULL) {
        *end = '\0';
        run(context, line);
        line = end + 1;
    }
    size_t left = len - (size_t)(line - text);
    memmove(text, line, left);
    return left;
}

static void
serve(int fd, helper_line_fn *run, void *context)
{
    char text[HELPER_LINE_BYTES];
    size_t len = 0;
    for (;;) {
        ssize_t got = read(fd, text + len, sizeof text - len);
        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0)
            break;
        len = hand_on(text, len + (size_t)got, run, context);
        if (len == sizeof text)
            len = 0; /* no line of ours is so long */
    }
    run(context, NULL);
}

static _Noreturn void
be_the_helper(helper_line_fn *run, void *context, int fd, int keep_fd)
{
    static const int deaf_to[] = { SIGINT, SIGTERM, SIGHUP, SIGPIPE };
    signals_default_all();
    for (size_t i = 0; i < sizeof deaf_to / sizeof deaf_to[0]; i++)
        signals_ignore(deaf_to[i]);
    setsid();
    descriptors_null_standard();
    /* Both keep their numbers: the caller's context knows keep_fd by its own. */
    int last = fd > keep_fd ? fd : keep_fd;
    for (int other = STDERR_FILENO + 1; other < last; other++) {
        if (other != fd && other != keep_fd)
            close(other);
    }
    descriptors_close_from(last + 1);
    serve(fd, run, context);
    _exit(0);
}

enum skua_err
helper_start(helper_line_fn *run, void *context, int keep_fd, struct helper **out, struct fail *why)
{
    int ends[2];
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) < 0)
        return fail_set(why, SKUA_ERR_SYSTEM, errno, "make a pipe for a helper");
    pid_t pid = fork();
    if (pid == 0)
        be_the_helper(run, context, ends[0], keep_fd);
    int reason = errno;
    close(ends[0]);
    if (pid < 0) {
        close(ends[1]);
        return fail_set(why, SKUA_ERR_SYSTEM, reason, "fork a helper");
    }
    struct helper *h = mem_new(1, sizeof *h);
    h->fd = ends[1];
    h->pid = pid;
    *out = h;
    return SKUA_OK;
}

void
helper_tell(struct helper *h, const char *line)
{
    char text[HELPER_LINE_BYTES];
    int len = snprintf(text, sizeof text, "%s\n", line);
    if (len > 0 && (size_t)len < sizeof text)
        (void)send(h->fd, text, (size_t)len, MSG_NOSIGNAL | MSG_DONTWAIT);
}

void
helper_stop(struct helper *h)
{
    if (h == NULL)
        return;
    close(h->fd);
    waitpid(h->pid, NULL, WNOHANG); /* most often it is still at its last chore: init reaps it */
    free(h);
}
