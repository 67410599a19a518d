/* rtnetlink(7), listening only. */
#include "rim/net_watch.h"

#include <errno.h>
#include <linux/netlink.h>
#include <linux/rtnetlink.h>
#include <stdint.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum skua_err
net_watch_open(int *out, struct fail *why)
{
    int fd = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC | SOCK_NONBLOCK, NETLINK_ROUTE);
    if (fd < 0)
        return fail_set(why, SKUA_ERR_SYSTEM, errno, "watch the network for changes");
    struct sockaddr_nl groups = {
        .nl_family = AF_NETLINK,
        .nl_groups = RTMGRP_LINK | RTMGRP_IPV4_IFADDR | RTMGRP_IPV6_IFADDR | RTMGRP_IPV4_ROUTE |
                     RTMGRP_IPV6_ROUTE,
    };
    if (bind(fd, (struct sockaddr *)&groups, sizeof groups) < 0) {
        int reason = errno;
        close(fd);
        return fail_set(why, SKUA_ERR_SYSTEM, reason, "watch the network for changes");
    }
    *out = fd;
    return SKUA_OK;
}

/* Routes that the kernel copies for its own cache come and go with traffic: no change. */
static bool
is_change(const struct nlmsghdr *message)
{
    if (message->nlmsg_type != RTM_NEWROUTE && message->nlmsg_type != RTM_DELROUTE)
        return message->nlmsg_type >= RTM_BASE;
    struct rtmsg route;
    if (message->nlmsg_len < NLMSG_LENGTH(sizeof route))
        return false;
    memcpy(&route, (const uint8_t *)message + NLMSG_HDRLEN, sizeof route);
    return (route.rtm_flags & RTM_F_CLONED) == 0;
}

bool
net_watch_drain(int fd)
{
    _Alignas(struct nlmsghdr) uint8_t bytes[8192];
    bool changed = false;
    for (;;) {
        ssize_t got = recv(fd, bytes, sizeof bytes, MSG_DONTWAIT);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0 && errno == ENOBUFS) { /* so many that the kernel dropped some */
            changed = true;
            continue;
        }
        if (got <= 0)
            return changed;
        size_t left = (size_t)got, at = 0;
        while (left >= sizeof(struct nlmsghdr)) {
            struct nlmsghdr *message = (struct nlmsghdr *)(void *)(bytes + at);
            size_t step = NLMSG_ALIGN((size_t)message->nlmsg_len);
            if (message->nlmsg_len < sizeof *message || message->nlmsg_len > left)
                break;
            changed = changed || is_change(message);
            at += step;
            left = step < left ? left - step : 0;
        }
    }
}
