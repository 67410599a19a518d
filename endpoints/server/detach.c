/* fork, setsid, fork; and one message back. */
#include "endpoints/server/detach.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/types.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

#include "rim/descriptors.h"
#include "rim/scope.h"
#include "rim/signals.h"

/* What the session tells the waiting process. */
struct word {
    pid_t pid;
    struct fail why; /* code SKUA_OK: it runs */
};

static void
tell(struct detach *d, const struct fail *why)
{
    struct word word = { .pid = getpid(), .why = *why };
    (void)send(d->fd, &word, sizeof word, MSG_NOSIGNAL);
    close(d->fd);
    d->fd = -1;
}

enum skua_err
detach_start(struct detach *d, enum detach_side *side, struct fail *why)
{
    descriptors_close_from(STDERR_FILENO + 1);
    int ends[2];
    if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends) < 0)
        return fail_set(why, SKUA_ERR_SYSTEM, errno, "detach");
    pid_t first = fork();
    if (first != 0) {
        int reason = errno;
        close(ends[1]);
        d->fd = ends[0];
        *side = DETACH_WAITING;
        if (first < 0) {
            close(d->fd);
            return fail_set(why, SKUA_ERR_SYSTEM, reason, "fork the server");
        }
        waitpid(first, NULL, 0); /* it ends as soon as it has forked */
        return SKUA_OK;
    }
    close(ends[0]);
    d->fd = ends[1];
    *side = DETACH_SESSION;
    setsid();
    /*
     * Not a session leader any more after the second fork: no terminal can become ours by accident.
     */
    pid_t second = fork();
    if (second < 0) {
        struct fail failed;
        fail_set(&failed, SKUA_ERR_SYSTEM, errno, "fork the server");
        tell(d, &failed);
    }
    if (second != 0)
        _exit(second < 0);
    signals_ignore(SIGHUP);
    signals_ignore(SIGPIPE);
    if (chdir("/") < 0)
        return SKUA_OK; /* then we keep a directory busy, no more */
    return SKUA_OK;
}

static void
print_banner(const char *name, pid_t pid)
{
    fprintf(stderr,
            "\n%s (Skua %s) [build skua %s]\n"
            "Copyright 2026 The Skua authors\n"
            "ISC License: free software without any warranty.\n"
            "\n[%s detached, pid = %d]\n",
            name, SKUA_VERSION, SKUA_VERSION, name, (int)pid);
    fflush(stderr);
    /* sshd may close the terminal as soon as we exit: what is in it must be out by then. */
    if (isatty(STDOUT_FILENO))
        tcdrain(STDOUT_FILENO);
    if (isatty(STDERR_FILENO))
        tcdrain(STDERR_FILENO);
}

int
detach_wait(struct detach *d, const char *name, struct fail *why)
{
    struct word word;
    ssize_t got;
    do {
        got = recv(d->fd, &word, sizeof word, 0);
    } while (got < 0 && errno == EINTR);
    close(d->fd);
    d->fd = -1;
    if (got != (ssize_t)sizeof word) {
        fail_set(why, SKUA_ERR_CLOSED, 0, "the session ended while it was being started");
        return 1;
    }
    if (word.why.code != SKUA_OK) {
        word.why.text[sizeof word.why.text - 1] = '\0';
        if (why != NULL)
            *why = word.why;
        return 1;
    }
    print_banner(name, word.pid);
    if (scope_is_lasting())
        (void)scope_leave(word.pid, NULL);
    return 0;
}

void
detach_done(struct detach *d, bool keep_output)
{
    if (!keep_output)
        descriptors_null_standard();
    struct fail none = { 0 };
    tell(d, &none);
}

void
detach_failed(struct detach *d, struct fail *why)
{
    tell(d, why);
    *why = (struct fail){ .code = why->code };
}
