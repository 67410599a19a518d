/* The self-pipe: flags that cannot overflow, and a byte that wakes the loop. */
#include "rim/signals.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/mem.h"

#ifndef NSIG
#define NSIG 65
#endif

/* As many as one process of ours catches, and some. */
#define CAUGHT_MAX 16

/* What the handler can reach. */
static volatile sig_atomic_t arrived[NSIG];
static volatile sig_atomic_t wake_fd = -1;

struct signals {
    int pipe[2];
    sigset_t caught;
    size_t count;
    struct {
        int number;
        struct sigaction action;
    } before[CAUGHT_MAX];
};

static void
note(int number)
{
    int saved = errno;
    arrived[number] = 1;
    /* A full pipe is as good as one more byte: the loop wakes up anyway. */
    if (write((int)wake_fd, "", 1) < 0)
        errno = saved;
    errno = saved;
}

enum skua_err
signals_open(const int *numbers, size_t count, struct signals **out, struct fail *why)
{
    struct signals *s = mem_new(1, sizeof *s);
    sigemptyset(&s->caught);
    if (pipe2(s->pipe, O_CLOEXEC | O_NONBLOCK) < 0) {
        int reason = errno;
        free(s);
        return fail_set(why, SKUA_ERR_SYSTEM, reason, "make a pipe for signals");
    }
    wake_fd = s->pipe[1];
    struct sigaction action = { .sa_handler = note, .sa_flags = SA_RESTART };
    sigfillset(&action.sa_mask);
    for (size_t i = 0; i < count; i++) {
        int number = numbers[i];
        bool is_one = number > 0 && number < NSIG && i < CAUGHT_MAX;
        if (!is_one || sigaction(number, &action, &s->before[i].action) < 0) {
            signals_close(s);
            return fail_set(why, SKUA_ERR_SYSTEM, EINVAL, "catch signal %d", number);
        }
        s->before[s->count++].number = number;
        arrived[number] = 0;
        sigaddset(&s->caught, number);
    }
    sigprocmask(SIG_UNBLOCK, &s->caught, NULL);
    *out = s;
    return SKUA_OK;
}

void
signals_close(struct signals *s)
{
    if (s == NULL)
        return;
    for (size_t i = 0; i < s->count; i++)
        sigaction(s->before[i].number, &s->before[i].action, NULL);
    wake_fd = -1;
    close(s->pipe[0]);
    close(s->pipe[1]);
    free(s);
}

int
signals_fd(const struct signals *s)
{
    return s->pipe[0];
}

void
signals_drain(struct signals *s)
{
    char bytes[256];
    while (read(s->pipe[0], bytes, sizeof bytes) > 0)
        continue;
}

bool
signals_take(struct signals *s, int number)
{
    (void)s;
    if (number <= 0 || number >= NSIG || arrived[number] == 0)
        return false;
    arrived[number] = 0;
    return true;
}

void
signals_ignore(int number)
{
    signal(number, SIG_IGN);
}

void
signals_suspend(void)
{
    struct sigaction before, action = { .sa_handler = SIG_DFL };
    sigemptyset(&action.sa_mask);
    sigset_t stop, mask;
    sigemptyset(&stop);
    sigaddset(&stop, SIGTSTP);
    sigaction(SIGTSTP, &action, &before);
    sigprocmask(SIG_UNBLOCK, &stop, &mask);
    kill(0, SIGTSTP); /* delivered to ourselves before it returns */
    sigprocmask(SIG_SETMASK, &mask, NULL);
    sigaction(SIGTSTP, &before, NULL);
}

void
signals_default_all(void)
{
    struct sigaction action = { .sa_handler = SIG_DFL };
    sigemptyset(&action.sa_mask);
    for (int number = 1; number < NSIG; number++)
        sigaction(number, &action, NULL); /* KILL and STOP refuse: fine */
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
}
