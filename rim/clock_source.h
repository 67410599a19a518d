/*
 * Which of the system's clocks goes on while the machine sleeps. Chosen by file: clock_boottime.c where
 * there is CLOCK_BOOTTIME, else clock_monotonic.c. Used by rim/clock.c only.
 */
#ifndef SKUA_RIM_CLOCK_SOURCE_H
#define SKUA_RIM_CLOCK_SOURCE_H

#include <time.h>

clockid_t clock_source(void);

#endif
