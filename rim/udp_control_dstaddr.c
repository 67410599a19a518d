/* ip(4) of FreeBSD, OpenBSD and DragonFly; their kernels cut what is too long unless they are told not to. */
#include "rim/udp_control.h"

#include <string.h>
#include <sys/time.h>

static void
set_int(int fd, int level, int option, int value)
{
    (void)setsockopt(fd, level, option, &value, sizeof value);
}

/* Copy a control message's value; false if it is another, or shorter than that. */
static bool
value_of(const struct cmsghdr *c, int level, int type, void *out, size_t len)
{
    if (c->cmsg_level != level || c->cmsg_type != type || c->cmsg_len < CMSG_LEN(len))
        return false;
    memcpy(out, CMSG_DATA(c), len);
    return true;
}

void
udp_control_options(int fd, int family)
{
    set_int(fd, SOL_SOCKET, SO_TIMESTAMP, 1);
    if (family == AF_INET)
        set_int(fd, IPPROTO_IP, IP_RECVDSTADDR, 1);
}

/* OpenBSD and NetBSD have no such option for IPv4. */
void
udp_control_forbid_fragments(int fd)
{
#ifdef IP_DONTFRAG
    set_int(fd, IPPROTO_IP, IP_DONTFRAG, 1);
#endif
#ifdef IPV6_DONTFRAG
    set_int(fd, IPPROTO_IPV6, IPV6_DONTFRAG, 1);
#endif
}

bool
udp_control_asked(const struct cmsghdr *c, struct in_addr *to)
{
    return value_of(c, IPPROTO_IP, IP_RECVDSTADDR, to, sizeof *to);
}

bool
udp_control_tos(const struct cmsghdr *c, uint8_t *tos)
{
    return value_of(c, IPPROTO_IP, IP_RECVTOS, tos, sizeof *tos);
}

bool
udp_control_stamp(const struct cmsghdr *c, struct timespec *at)
{
    struct timeval stamp;
    if (!value_of(c, SOL_SOCKET, SCM_TIMESTAMP, &stamp, sizeof stamp))
        return false;
    *at = (struct timespec){ .tv_sec = stamp.tv_sec, .tv_nsec = (long)stamp.tv_usec * 1000 };
    return true;
}

size_t
udp_control_source(struct in_addr from, int *type, uint8_t value[UDP_CONTROL_SOURCE_MAX_BYTES])
{
    *type = IP_SENDSRCADDR;
    memcpy(value, &from, sizeof from);
    return sizeof from;
}
