/* The processor's seconds that this process has used: what is left of noise when others run beside it. */
#ifndef SKUA_BENCH_STOPWATCH_H
#define SKUA_BENCH_STOPWATCH_H

#include <time.h>

static inline double
stopwatch_s(void)
{
    struct timespec now;
    (void)clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

#endif
