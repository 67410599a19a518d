/* procctl(2), FreeBSD. Given up again at exec, as Linux's is. */
#include "rim/untraceable.h"

#include <stddef.h>
#include <sys/procctl.h>
#include <sys/types.h>
#include <sys/wait.h>

void
untraceable(void)
{
    int none = PROC_TRACE_CTL_DISABLE_EXEC;
    procctl(P_PID, 0, PROC_TRACE_CTL, &none);
}
