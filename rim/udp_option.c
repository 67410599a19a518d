#include "rim/udp_option.h"

#include <string.h>

void
udp_option_set(int fd, int level, int option, int value)
{
    (void)setsockopt(fd, level, option, &value, sizeof value);
}

bool
udp_option_value(const struct cmsghdr *c, int level, int type, void *out, size_t len)
{
    if (c->cmsg_level != level || c->cmsg_type != type || c->cmsg_len < CMSG_LEN(len))
        return false;
    memcpy(out, CMSG_DATA(c), len);
    return true;
}
