/* /dev/null in the place of what is missing or not wanted. */
#include "rim/descriptors.h"

#include <fcntl.h>
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
