/* ip(7), ipv6(7), socket(7) of Linux. */
#include "rim/udp_control.h"

#include <string.h>

#include "rim/udp_option.h"

void
udp_control_options(int fd, int family)
{
    udp_option_set(fd, SOL_SOCKET, SO_TIMESTAMPNS, 1);
    udp_option_set(fd, IPPROTO_IP, IP_MTU_DISCOVER, IP_PMTUDISC_DONT);
    if (family == AF_INET)
        udp_option_set(fd, IPPROTO_IP, IP_PKTINFO, 1);
    else
        udp_option_set(fd, IPPROTO_IPV6, IPV6_MTU_DISCOVER, IPV6_PMTUDISC_DONT);
}

void
udp_control_forbid_fragments(int fd)
{
    udp_option_set(fd, IPPROTO_IP, IP_MTU_DISCOVER, IP_PMTUDISC_PROBE);
    udp_option_set(fd, IPPROTO_IPV6, IPV6_MTU_DISCOVER, IPV6_PMTUDISC_PROBE);
}

bool
udp_control_asked(const struct cmsghdr *c, struct in_addr *to)
{
    struct in_pktinfo info;
    if (!udp_option_value(c, IPPROTO_IP, IP_PKTINFO, &info, sizeof info))
        return false;
    /*
     * spec_dst, not the header's destination: that can be a broadcast, which nothing can be sent
     * from.
     */
    *to = info.ipi_spec_dst;
    return true;
}

bool
udp_control_tos(const struct cmsghdr *c, uint8_t *tos)
{
    return udp_option_value(c, IPPROTO_IP, IP_TOS, tos, sizeof *tos);
}

bool
udp_control_stamp(const struct cmsghdr *c, struct timespec *at)
{
    return udp_option_value(c, SOL_SOCKET, SCM_TIMESTAMPNS, at, sizeof *at);
}

size_t
udp_control_source(struct in_addr from, int *type, uint8_t value[UDP_CONTROL_SOURCE_MAX_BYTES])
{
    struct in_pktinfo info = { .ipi_spec_dst = from };
    *type = IP_PKTINFO;
    memcpy(value, &info, sizeof info);
    return sizeof info;
}
