/* fork, exec, and a pipe that tells whether exec worked. */
#include "rim/child.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/mem.h"
#include "rim/child_watch.h"
#include "rim/clock.h"
#include "rim/signals.h"

/* How often a system that does not tell of a child's end is asked. */
#define ASK_AGAIN_MS 10

struct child {
    pid_t pid;
    int pidfd; /* readable when it has ended; -1: none, ask */
    bool is_ended;
    struct child_exit how;
};

/* A descriptor above 2 to hand on; the plan's may be 0 to 2 and in each other's way. */
static int
take_for_child(int fd, int own)
{
    if (fd == CHILD_NULL) {
        int null = open("/dev/null", O_RDWR | O_CLOEXEC);
        if (null > STDERR_FILENO || null < 0)
            return null;
        fd = null;
    }
    return fcntl(fd == CHILD_INHERIT ? own : fd, F_DUPFD_CLOEXEC, STDERR_FILENO + 1);
}

static _Noreturn void
be_the_child(const struct child_plan *plan, int report)
{
    signals_default_all();
    int standard[3] = {
        take_for_child(plan->in, STDIN_FILENO),
        take_for_child(plan->out, STDOUT_FILENO),
        take_for_child(plan->err, STDERR_FILENO),
    };
    bool fits = true;
    for (int fd = 0; fd < 3; fd++)
        fits = fits && standard[fd] >= 0 && dup2(standard[fd], fd) == fd;
    /* putenv() and execvp() change nothing, but were declared before there was const. */
    for (const char *const *e = plan->extra; fits && e != NULL && *e != NULL; e++) {
        char *pair;
        memcpy(&pair, e, sizeof pair);
        fits = putenv(pair) == 0;
    }
    char *const *argv;
    memcpy(&argv, &plan->argv, sizeof argv);
    if (fits)
        execvp(argv[0], argv);
    int reason = errno;
    if (write(report, &reason, sizeof reason) < 0)
        _exit(126);
    _exit(127);
}

/* 0 once exec has closed the pipe's other end, else the child's errno. */
static int
read_report(int fd)
{
    int reason = 0;
    ssize_t got;
    do {
        got = read(fd, &reason, sizeof reason);
    } while (got < 0 && errno == EINTR);
    return got == (ssize_t)sizeof reason ? reason : 0;
}

enum skua_err
child_start(const struct child_plan *plan, struct child **out, struct fail *why)
{
    int report[2];
    if (pipe2(report, O_CLOEXEC) < 0)
        return fail_set(why, SKUA_ERR_SYSTEM, errno, "run %s", plan->argv[0]);
    pid_t pid = fork();
    if (pid == 0)
        be_the_child(plan, report[1]);
    int reason = pid < 0 ? errno : 0;
    close(report[1]);
    if (pid > 0)
        reason = read_report(report[0]);
    close(report[0]);
    if (pid > 0 && reason != 0)
        waitpid(pid, NULL, 0);
    if (reason != 0)
        return fail_set(why, SKUA_ERR_SYSTEM, reason, "run %s", plan->argv[0]);
    struct child *c = mem_new(1, sizeof *c);
    c->pid = pid;
    c->pidfd = child_watch(pid);
    *out = c;
    return SKUA_OK;
}

static bool
reap(struct child *c, int options)
{
    int status;
    pid_t got;
    do {
        got = waitpid(c->pid, &status, options);
    } while (got < 0 && errno == EINTR);
    if (got != c->pid)
        return false;
    c->is_ended = true;
    if (WIFSIGNALED(status))
        c->how.signal = WTERMSIG(status);
    c->how.status = WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
    return true;
}

bool
child_wait(struct child *c, uint64_t deadline_ms, struct child_exit *out)
{
    while (!c->is_ended && !reap(c, WNOHANG)) {
        uint64_t now = clock_now_ms();
        if (now >= deadline_ms)
            return false;
        uint64_t left = deadline_ms - now;
        uint64_t most = c->pidfd < 0 ? ASK_AGAIN_MS : INT_MAX;
        struct pollfd p = { .fd = c->pidfd, .events = POLLIN };
        poll(&p, 1, (int)(left < most ? left : most));
    }
    *out = c->how;
    return true;
}

void
child_kill(struct child *c, int signal)
{
    if (!c->is_ended)
        kill(c->pid, signal);
}

pid_t
child_id(const struct child *c)
{
    return c->pid;
}

void
child_release(struct child *c)
{
    if (c->pidfd >= 0)
        close(c->pidfd);
    free(c);
}

void
child_free(struct child *c)
{
    if (c == NULL)
        return;
    if (!c->is_ended) {
        kill(c->pid, SIGKILL);
        reap(c, 0);
    }
    child_release(c);
}
