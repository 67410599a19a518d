/* /dev/null and close_range(2). */
#include "rim/descriptors.h"

#include <fcntl.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <unistd.h>

void
descriptors_fill_standard(void)
{
    /* open() gives the lowest free number: stop at the first above standard error. */
    int fd;
    do {
        fd = open("/dev/null", O_RDWR);
    } while (fd >= 0 && fd <= STDERR_FILENO);
    if (fd > STDERR_FILENO)
        close(fd);
}

void
descriptors_null_standard(void)
{
    int null = open("/dev/null", O_RDWR | O_CLOEXEC);
    for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++) {
        if (null >= 0)
            dup2(null, fd);
        else
            close(fd);
    }
    if (null > STDERR_FILENO)
        close(null);
}

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
