/* ip(4) of macOS and NetBSD; the rest is in udp_control_bsd.c. */
#include "rim/udp_control.h"

#include <string.h>

#include "rim/udp_option.h"

void
udp_control_options(int fd, int family)
{
    udp_option_set(fd, SOL_SOCKET, SO_TIMESTAMP, 1);
    if (family == AF_INET)
        udp_option_set(fd, IPPROTO_IP, IP_RECVPKTINFO, 1);
}

bool
udp_control_asked(const struct cmsghdr *c, struct in_addr *to)
{
    struct in_pktinfo info;
    if (!udp_option_value(c, IPPROTO_IP, IP_PKTINFO, &info, sizeof info))
        return false;
    *to = info.ipi_addr;
    return true;
}

size_t
udp_control_source(struct in_addr from, int *type, uint8_t value[UDP_CONTROL_SOURCE_MAX_BYTES])
{
    struct in_pktinfo info = { .ipi_addr = from };
    *type = IP_PKTINFO;
    memcpy(value, &info, sizeof info);
    return sizeof info;
}
