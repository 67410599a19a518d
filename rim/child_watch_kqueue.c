/* kqueue(2), EVFILT_PROC: the queue is the descriptor. Not told of a child that has ended before it was asked. */
#include "rim/child_watch.h"

#include <fcntl.h>
#include <stdint.h>
#include <sys/event.h>
#include <unistd.h>

int
child_watch(pid_t child)
{
    int fd = kqueue();
    if (fd < 0)
        return -1;
    struct kevent event;
    EV_SET(&event, (uintptr_t)child, EVFILT_PROC, EV_ADD, NOTE_EXIT, 0, NULL);
    if (fcntl(fd, F_SETFD, FD_CLOEXEC) < 0 || kevent(fd, &event, 1, NULL, 0, NULL) < 0) {
        close(fd);
        return -1; /* it has ended, or cannot be watched: it is asked */
    }
    return fd;
}
