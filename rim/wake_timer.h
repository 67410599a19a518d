/*
 * One timer of the kernel on the clock that counts sleep. libuv's own timers stop while the machine
 * sleeps, so a deadline that passed meanwhile would be noticed late; this one fires on waking up.
 */
#ifndef SKUA_RIM_WAKE_TIMER_H
#define SKUA_RIM_WAKE_TIMER_H

#include <stdint.h>

#include "rim/fail.h"

struct wake_timer {
    int fd;               /* readable from the deadline on, until it is set anew */
    uint64_t deadline_ms; /* what it is set to; UINT64_MAX: never */
};

/* A timer that is not set. Ends in wake_timer_close(), which is fine after a failure too. */
enum skua_err wake_timer_open(struct wake_timer *t, struct fail *why);

/* May run twice. */
void wake_timer_close(struct wake_timer *t);

/*
 * Fire at deadline_ms of clock_now_ms(), at once if that has passed; UINT64_MAX: never, which also
 * silences a timer that fired. Asking for what is set already costs no system call.
 */
void wake_timer_set(struct wake_timer *t, uint64_t deadline_ms);

#endif
