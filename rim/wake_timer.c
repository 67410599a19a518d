/* timerfd on CLOCK_BOOTTIME. */
#include "rim/wake_timer.h"

#include <errno.h>
#include <sys/timerfd.h>
#include <unistd.h>

/* Past this a deadline is as good as never, and its seconds fit any time_t: 10,000 days. */
#define FAR_MS (UINT64_C(10000) * 86400 * 1000)

enum skua_err
wake_timer_open(struct wake_timer *t, struct fail *why)
{
    int fd = timerfd_create(CLOCK_BOOTTIME, TFD_NONBLOCK | TFD_CLOEXEC);
    int reason = errno;
    *t = (struct wake_timer){ .fd = fd, .deadline_ms = UINT64_MAX };
    return fd >= 0 ? SKUA_OK : fail_set(why, SKUA_ERR_SYSTEM, reason, "make a timer");
}

void
wake_timer_close(struct wake_timer *t)
{
    if (t->fd >= 0)
        close(t->fd);
    *t = (struct wake_timer){ .fd = -1, .deadline_ms = UINT64_MAX };
}

void
wake_timer_set(struct wake_timer *t, uint64_t deadline_ms)
{
    if (deadline_ms == t->deadline_ms)
        return;
    t->deadline_ms = deadline_ms;
    struct itimerspec when = { 0 }; /* all zeroes disarm it */
    if (deadline_ms < FAR_MS) {
        when.it_value.tv_sec = (time_t)(deadline_ms / 1000);
        when.it_value.tv_nsec = (long)(deadline_ms % 1000) * 1000000;
        if (deadline_ms == 0)
            when.it_value.tv_nsec = 1; /* long past: fires at once */
    }
    timerfd_settime(t->fd, TFD_TIMER_ABSTIME, &when, NULL);
}
