/* Linux since 2.6.39, OpenBSD since 6.3: clock_gettime(2). */
#include "rim/clock_source.h"

clockid_t
clock_source(void)
{
    return CLOCK_BOOTTIME;
}
