/* POSIX: posix_openpt() takes two flags, and ptsname() keeps the name until it is called again. */
#include "rim/pty_master.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static int
refused(int fd, int reason)
{
    close(fd);
    errno = reason;
    return -1;
}

int
pty_master_open(char *path, size_t len)
{
    int fd = posix_openpt(O_RDWR | O_NOCTTY);
    if (fd < 0)
        return -1;
    int flags = fcntl(fd, F_GETFL);
    if (flags < 0 || fcntl(fd, F_SETFL, flags | O_NONBLOCK) < 0 ||
        fcntl(fd, F_SETFD, FD_CLOEXEC) < 0)
        return refused(fd, errno);
    if (grantpt(fd) < 0 || unlockpt(fd) < 0)
        return refused(fd, errno);
    const char *name = ptsname(fd);
    size_t bytes = name == NULL ? 0 : strlen(name) + 1;
    if (bytes == 0 || bytes > len)
        return refused(fd, ENAMETOOLONG);
    memcpy(path, name, bytes);
    return fd;
}
