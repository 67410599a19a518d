/*
 * kqueue(2) of the BSDs and macOS: the queue itself is the descriptor, readable when its one timer has fired. It
 * counts what is left to the deadline, which on most of them stops in sleep: after that the session's first
 * event of any kind, or the end of the count, finds the deadline passed.
 */
#include "rim/wake_timer.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/event.h>
#include <unistd.h>

#include "rim/clock.h"

#define TIMER 1

/* Past this a deadline is as good as never; it fits 32 bits. */
#define FAR_MS (UINT64_C(20) * 86400 * 1000)

enum skua_err
wake_timer_open(struct wake_timer *t, struct fail *why)
{
    int fd = kqueue();
    int reason = errno;
    *t = (struct wake_timer){ .fd = fd, .deadline_ms = UINT64_MAX };
    if (fd < 0)
        return fail_set(why, SKUA_ERR_SYSTEM, reason, "make a timer");
    fcntl(fd, F_SETFD, FD_CLOEXEC);
    return SKUA_OK;
}

void
wake_timer_close(struct wake_timer *t)
{
    if (t->fd >= 0)
        close(t->fd);
    *t = (struct wake_timer){ .fd = -1, .deadline_ms = UINT64_MAX };
}

static void
change(int fd, unsigned short flags, intptr_t left_ms)
{
    struct kevent event;
    EV_SET(&event, TIMER, EVFILT_TIMER, flags, 0, left_ms, NULL);
    (void)kevent(fd, &event, 1, NULL, 0, NULL); /* EV_DELETE of one that is not set fails: fine */
}

void
wake_timer_set(struct wake_timer *t, uint64_t deadline_ms)
{
    if (deadline_ms == t->deadline_ms)
        return;
    t->deadline_ms = deadline_ms;
    change(t->fd, EV_DELETE, 0); /* also takes back that it fired */
    uint64_t now_ms = clock_now_ms();
    uint64_t left_ms = deadline_ms > now_ms ? deadline_ms - now_ms : 1;
    if (left_ms < FAR_MS)
        change(t->fd, EV_ADD | EV_ONESHOT, (intptr_t)left_ms);
}
