/* prctl(2), Linux. */
#include "rim/untraceable.h"

#include <sys/prctl.h>

void
untraceable(void)
{
    prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
}
