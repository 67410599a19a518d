/* One by one, up to what may be open: POSIX has no other way. */
#include "rim/descriptors.h"

#include <sys/resource.h>
#include <unistd.h>

/* A limit beyond this costs more time than what leaked in is worth. */
#define END_MAX 1048576

void
descriptors_close_from(int first)
{
    struct rlimit limit;
    int end = 1024;
    if (getrlimit(RLIMIT_NOFILE, &limit) == 0 && limit.rlim_cur < END_MAX)
        end = (int)limit.rlim_cur;
    for (int fd = first; fd < end; fd++)
        close(fd);
}
