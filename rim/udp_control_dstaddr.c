/* ip(4) of FreeBSD, OpenBSD and DragonFly; the rest is in udp_control_bsd.c. */
#include "rim/udp_control.h"

#include <string.h>

#include "rim/udp_option.h"

void
udp_control_options(int fd, int family)
{
    udp_option_set(fd, SOL_SOCKET, SO_TIMESTAMP, 1);
    if (family == AF_INET)
        udp_option_set(fd, IPPROTO_IP, IP_RECVDSTADDR, 1);
}

bool
udp_control_asked(const struct cmsghdr *c, struct in_addr *to)
{
    return udp_option_value(c, IPPROTO_IP, IP_RECVDSTADDR, to, sizeof *to);
}

size_t
udp_control_source(struct in_addr from, int *type, uint8_t value[UDP_CONTROL_SOURCE_MAX_BYTES])
{
    *type = IP_SENDSRCADDR;
    memcpy(value, &from, sizeof from);
    return sizeof from;
}
