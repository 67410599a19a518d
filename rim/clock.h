/*
 * The time that everything is measured in: milliseconds of a clock that goes on while the machine
 * sleeps. And the hints that this process did not live through all of it: asleep, or a clone.
 */
#ifndef SKUA_RIM_CLOCK_H
#define SKUA_RIM_CLOCK_H

#include <stdbool.h>
#include <stdint.h>
#include <time.h>

/* Steps between two clocks that are taken for a discontinuity: docs/SECURITY.md, "Clones". */
#define CLOCK_SLEEP_STEP_MS 1000 /* BOOTTIME against MONOTONIC */
#define CLOCK_WALL_STEP_MS  5000 /* REALTIME against BOOTTIME */

/* Milliseconds of CLOCK_BOOTTIME. Never goes back; counts sleep (CLOCK_MONOTONIC does not). */
uint64_t clock_now_ms(void);

/* The three clocks, read as close together as can be. In milliseconds. */
struct clock_reading {
    int64_t boot_ms, monotonic_ms, wall_ms;
};

struct clock_reading clock_read(void);

/*
 * Whether the clocks drifted apart between two readings as they do when the machine slept, was
 * restored from a snapshot, or had its wall clock set. Who sees true skips sequence numbers and
 * probes the path.
 */
bool clock_jumped(const struct clock_reading *before, const struct clock_reading *after);

/*
 * The clock_now_ms() value for a wall-clock instant that the kernel stamped, given a reading taken
 * after it. An instant that lies ahead of the reading, or more than 10 s behind it, becomes the
 * reading's own time.
 */
uint64_t clock_of_wall(const struct timespec *wall, const struct clock_reading *now);

#endif
