/*
 * One place to sleep. A session pump says which descriptors it cares about, asks to be woken at a
 * deadline, and afterwards looks at what is ready:
 *
 *     loop_wait(loop, deadline_ms);
 *     if (loop_ready(tty_watch) & LOOP_READ) ...
 *
 * Readiness is level-triggered: what is not dealt with is reported again. Signals arrive as a
 * readable descriptor (rim/signals.h). A loop is made after the last fork and never crosses one.
 */
#ifndef SKUA_RIM_LOOP_H
#define SKUA_RIM_LOOP_H

#include <stdbool.h>
#include <stdint.h>

#include "rim/fail.h"

/* Interests, and what loop_ready() reports; a set of bits. */
#define LOOP_READ  1U
#define LOOP_WRITE 2U

struct loop;
struct loop_watch;

/*
 * A new loop with nothing to watch. Ends in loop_free(). Returns SKUA_ERR_SYSTEM without
 * descriptors.
 */
enum skua_err loop_new(struct loop **out, struct fail *why);

/*
 * End a loop and all of its watches; their descriptors stay open, they are the caller's. NULL is
 * fine.
 */
void loop_free(struct loop *loop);

/*
 * Watch a descriptor; one watch for each. Makes it non-blocking, which every holder of the same
 * open file description sees: reopen what is shared (rim/tty.h does). The loop owns the watch, the
 * caller the descriptor.
 *
 * interest  LOOP_READ, LOOP_WRITE, both, or 0 to begin later.
 * Returns   SKUA_ERR_SYSTEM for what cannot be waited for (a plain file) or is watched already.
 */
enum skua_err
loop_add(struct loop *loop, int fd, unsigned interest, struct loop_watch **out, struct fail *why);

/* Change what is waited for; costs nothing if it is the same. 0: nothing, not even a hangup. */
void loop_want(struct loop_watch *watch, unsigned interest);

/* Stop watching, before the descriptor is closed. The watch is gone. NULL is fine. */
void loop_remove(struct loop_watch *watch);

/*
 * Sleep until a watched descriptor is ready or clock_now_ms() reaches deadline_ms, sleep of the
 * machine included. A deadline that has passed polls only; UINT64_MAX is never.
 * Returns whether any watch is ready.
 */
bool loop_wait(struct loop *loop, uint64_t deadline_ms);

/*
 * What the last loop_wait() found: those bits of the interest on which read or write will not
 * block. Hangups and errors are reported as the interests, so that the read or write tells what
 * happened.
 */
unsigned loop_ready(const struct loop_watch *watch);

#endif
