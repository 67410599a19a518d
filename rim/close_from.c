/* close_range(2): Linux, with glibc 2.34 or musl 1.2.5; FreeBSD since 12.2. */
#include "rim/descriptors.h"

#include <sys/resource.h>
#include <unistd.h>

void
descriptors_close_from(int first)
{
    if (close_range((unsigned)first, ~0U, 0) == 0)
        return;
    /* A kernel before 5.9, or one that forbids it. */
    struct rlimit limit;
    int end = 1024;
    if (getrlimit(RLIMIT_NOFILE, &limit) == 0 && limit.rlim_cur < 1048576)
        end = (int)limit.rlim_cur;
    for (int fd = first; fd < end; fd++)
        close(fd);
}
