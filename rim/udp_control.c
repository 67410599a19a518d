/* ip(7), ipv6(7), socket(7) of Linux. */
#include "rim/udp_control.h"

#include <string.h>

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
    set_int(fd, SOL_SOCKET, SO_TIMESTAMPNS, 1);
    set_int(fd, IPPROTO_IP, IP_MTU_DISCOVER, IP_PMTUDISC_DONT);
    if (family == AF_INET)
        set_int(fd, IPPROTO_IP, IP_PKTINFO, 1);
    else
        set_int(fd, IPPROTO_IPV6, IPV6_MTU_DISCOVER, IPV6_PMTUDISC_DONT);
}

void
udp_control_forbid_fragments(int fd)
{
    set_int(fd, IPPROTO_IP, IP_MTU_DISCOVER, IP_PMTUDISC_PROBE);
    set_int(fd, IPPROTO_IPV6, IPV6_MTU_DISCOVER, IPV6_PMTUDISC_PROBE);
}

bool
udp_control_asked(const struct cmsghdr *c, struct in_addr *to)
{
    struct in_pktinfo info;
    if (!value_of(c, IPPROTO_IP, IP_PKTINFO, &info, sizeof info))
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
    return value_of(c, IPPROTO_IP, IP_TOS, tos, sizeof *tos);
}

bool
udp_control_stamp(const struct cmsghdr *c, struct timespec *at)
{
    return value_of(c, SOL_SOCKET, SCM_TIMESTAMPNS, at, sizeof *at);
}

size_t
udp_control_source(struct in_addr from, int *type, uint8_t value[UDP_CONTROL_SOURCE_MAX_BYTES])
{
    struct in_pktinfo info = { .ipi_spec_dst = from };
    *type = IP_PKTINFO;
    memcpy(value, &info, sizeof info);
    return sizeof info;
}
