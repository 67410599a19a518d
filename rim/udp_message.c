/* Control messages: RFC 3542 §6 for IPv6, udp_control.h for IPv4 and times. */
#include "rim/udp_message.h"

#include <netinet/in.h>
#include <string.h>
#include <time.h>

#include "rim/udp_control.h"
#include "rim/udp_option.h"

#define ECN_MASK 3

static void
parse_v4_info(struct in_addr asked, struct addr *to)
{
    struct sockaddr_in v4 = { .sin_family = AF_INET, .sin_addr = asked };
    sockaddr_fold((struct sockaddr *)&v4, sizeof v4, to);
}

static void
parse_v6_info(const struct cmsghdr *c, struct addr *to)
{
    struct in6_pktinfo info;
    if (!udp_option_value(c, IPPROTO_IPV6, IPV6_PKTINFO, &info, sizeof info) ||
        IN6_IS_ADDR_MULTICAST(&info.ipi6_addr))
        return;
    struct sockaddr_in6 v6 = {
        .sin6_family = AF_INET6,
        .sin6_addr = info.ipi6_addr,
        .sin6_scope_id = (uint32_t)info.ipi6_ifindex,
    };
    sockaddr_fold((struct sockaddr *)&v6, sizeof v6, to);
}

static void
parse_one(const struct cmsghdr *c, const struct clock_reading *read_at, struct udp_arrival *how)
{
    uint8_t tos;
    int traffic_class;
    struct timespec stamp;
    struct in_addr asked;
    if (udp_control_asked(c, &asked))
        parse_v4_info(asked, &how->to);
    else if (c->cmsg_level == IPPROTO_IPV6 && c->cmsg_type == IPV6_PKTINFO)
        parse_v6_info(c, &how->to);
    else if (udp_control_tos(c, &tos))
        how->ecn = tos & ECN_MASK;
    else if (udp_option_value(c, IPPROTO_IPV6, IPV6_TCLASS, &traffic_class, sizeof traffic_class))
        how->ecn = (uint8_t)(traffic_class & ECN_MASK);
    else if (udp_control_stamp(c, &stamp))
        how->at_ms = clock_of_wall(&stamp, read_at);
}

void
udp_message_parse(struct msghdr *message, const struct clock_reading *read_at,
                  struct udp_arrival *how)
{
    for (struct cmsghdr *c = CMSG_FIRSTHDR(message); c != NULL; c = CMSG_NXTHDR(message, c))
        parse_one(c, read_at, how);
}

/* Append one control message; there is room for all that udp_message_build() writes. */
static void
append(struct msghdr *message, struct udp_control *control, int level, int type, const void *value,
       size_t len)
{
    size_t at = message->msg_controllen;
    message->msg_control = control->bytes;
    message->msg_controllen = at + CMSG_SPACE(len);
    struct cmsghdr header = {
        .cmsg_len = CMSG_LEN(len),
        .cmsg_level = level,
        .cmsg_type = type,
    };
    memcpy(control->bytes + at, &header, sizeof header);
    memcpy(control->bytes + at + CMSG_LEN(0), value, len);
}

static void
append_source(struct msghdr *message, struct udp_control *control, int family,
              const struct addr *from)
{
    struct sockaddr_any source;
    if (!sockaddr_unfold(from, family, &source))
        return;
    if (family == AF_INET) {
        struct sockaddr_in v4;
        memcpy(&v4, &source.storage, sizeof v4);
        int type;
        uint8_t value[UDP_CONTROL_SOURCE_MAX_BYTES];
        size_t len = udp_control_source(v4.sin_addr, &type, value);
        append(message, control, IPPROTO_IP, type, value, len);
        return;
    }
    struct sockaddr_in6 v6;
    memcpy(&v6, &source.storage, sizeof v6);
    /* A mapped source works too: Linux reads it for a mapped target. */
    struct in6_pktinfo info = { .ipi6_addr = v6.sin6_addr, .ipi6_ifindex = v6.sin6_scope_id };
    append(message, control, IPPROTO_IPV6, IPV6_PKTINFO, &info, sizeof info);
}

static bool
is_mapped(const struct sockaddr_any *a)
{
    struct sockaddr_in6 v6;
    memcpy(&v6, &a->storage, sizeof v6);
    return v6.sin6_family == AF_INET6 && IN6_IS_ADDR_V4MAPPED(&v6.sin6_addr);
}

void
udp_message_build(struct msghdr *message, struct udp_control *control, int family,
                  const struct sockaddr_any *to, const struct addr *from, uint8_t ecn)
{
    _Static_assert(CMSG_SPACE(sizeof(struct in6_pktinfo)) + CMSG_SPACE(sizeof(int)) <=
                       UDP_CONTROL_BYTES,
                   "all that is appended fits");
    *control = (struct udp_control){ 0 };
    message->msg_controllen = 0;
    if (from != NULL)
        append_source(message, control, family, from);
    if (ecn == UDP_ECN_ECT0)
        return;
    int bits = ecn & ECN_MASK;
    if (family == AF_INET || is_mapped(to))
        append(message, control, IPPROTO_IP, IP_TOS, &bits, sizeof bits);
    else
        append(message, control, IPPROTO_IPV6, IPV6_TCLASS, &bits, sizeof bits);
}
