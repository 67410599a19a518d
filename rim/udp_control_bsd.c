/* What ip(4) of macOS and of all BSDs has in common; their kernels cut what is too long unless they are told not to. */
#include <sys/time.h>

#include "rim/udp_control.h"
#include "rim/udp_option.h"

/* OpenBSD and NetBSD have no such option for IPv4. */
void
udp_control_forbid_fragments(int fd)
{
#ifdef IP_DONTFRAG
    udp_option_set(fd, IPPROTO_IP, IP_DONTFRAG, 1);
#endif
#ifdef IPV6_DONTFRAG
    udp_option_set(fd, IPPROTO_IPV6, IPV6_DONTFRAG, 1);
#endif
}

bool
udp_control_tos(const struct cmsghdr *c, uint8_t *tos)
{
    return udp_option_value(c, IPPROTO_IP, IP_RECVTOS, tos, sizeof *tos);
}

bool
udp_control_stamp(const struct cmsghdr *c, struct timespec *at)
{
    struct timeval stamp;
    if (!udp_option_value(c, SOL_SOCKET, SCM_TIMESTAMP, &stamp, sizeof stamp))
        return false;
    *at = (struct timespec){ .tv_sec = stamp.tv_sec, .tv_nsec = (long)stamp.tv_usec * 1000 };
    return true;
}
