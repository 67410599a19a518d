/*
 * POSIX. On macOS this clock counts sleep: clock_gettime(3) there. Where it does not, a client finds out
 * that it slept by the wall clock alone, clock_jumped().
 */
#include "rim/clock_source.h"

clockid_t
clock_source(void)
{
    return CLOCK_MONOTONIC;
}
