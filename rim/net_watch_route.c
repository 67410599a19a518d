/* route(4) of the BSDs and macOS, listening only. */
#include "rim/net_watch.h"

#include <errno.h>
#include <fcntl.h>
#include <net/if.h>
#include <net/route.h>
#include <stdint.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

/* What every message begins with: its length, the version of the rest, its type. */
struct head {
    unsigned short len;
    unsigned char version;
    unsigned char type;
};

enum skua_err
net_watch_open(int *out, struct fail *why)
{
    int fd = socket(PF_ROUTE, SOCK_RAW, AF_UNSPEC);
    if (fd < 0)
        return fail_set(why, SKUA_ERR_SYSTEM, errno, "watch the network for changes");
    int flags = fcntl(fd, F_GETFL);
    if (flags < 0 || fcntl(fd, F_SETFL, flags | O_NONBLOCK) < 0 ||
        fcntl(fd, F_SETFD, FD_CLOEXEC) < 0) {
        int reason = errno;
        close(fd);
        return fail_set(why, SKUA_ERR_SYSTEM, reason, "watch the network for changes");
    }
    *out = fd;
    return SKUA_OK;
}

/* Addresses, links and routes. What is looked up or resolved (RTM_GET, RTM_MISS, RTM_RESOLVE) is no change. */
static bool
is_change(const struct head *message)
{
    switch (message->type) {
    case RTM_ADD:
    case RTM_DELETE:
    case RTM_CHANGE:
    case RTM_NEWADDR:
    case RTM_DELADDR:
    case RTM_IFINFO: return true;
    default: return false;
    }
}

/* A message a read: route(4). */
bool
net_watch_drain(int fd)
{
    uint8_t bytes[2048];
    bool changed = false;
    for (;;) {
        ssize_t got = read(fd, bytes, sizeof bytes);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0 && errno == ENOBUFS) { /* so many that the kernel dropped some */
            changed = true;
            continue;
        }
        if (got <= 0)
            return changed;
        struct head message;
        if ((size_t)got < sizeof message)
            continue;
        memcpy(&message, bytes, sizeof message);
        changed = changed || (message.version == RTM_VERSION && is_change(&message));
    }
}
