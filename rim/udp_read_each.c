/* recvmsg() of POSIX, one after the other. */
#include "rim/udp_read.h"

int
udp_read(int fd, struct udp_incoming *messages, int count)
{
    int read = 0;
    while (read < count) {
        ssize_t got = recvmsg(fd, &messages[read].header, MSG_DONTWAIT);
        if (got < 0)
            return read > 0 ? read : -1;
        messages[read++].len = (unsigned)got;
    }
    return read;
}
