/* pidfd_open(2): Linux since 5.3. */
#include "rim/child_watch.h"

#include <sys/syscall.h>
#include <unistd.h>

int
child_watch(pid_t child)
{
    return (int)syscall(SYS_pidfd_open, child, 0);
}
