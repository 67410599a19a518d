/* recvmmsg(2): Linux. */
#include "rim/udp_read.h"

#include <stddef.h>

_Static_assert(sizeof(struct udp_incoming) == sizeof(struct mmsghdr) &&
                   offsetof(struct udp_incoming, len) == offsetof(struct mmsghdr, msg_len),
               "ours is the system's");

int
udp_read(int fd, struct udp_incoming *messages, int count)
{
    return recvmmsg(fd, (struct mmsghdr *)(void *)messages, (unsigned)count, MSG_DONTWAIT, NULL);
}
