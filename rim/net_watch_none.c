/* A system that does not tell: sessions work by their timers. */
#include "rim/net_watch.h"

enum skua_err
net_watch_open(int *out, struct fail *why)
{
    (void)out;
    return fail_set(why, SKUA_ERR_SYSTEM, 0, "this system does not tell of changes of the network");
}

bool
net_watch_drain(int fd)
{
    (void)fd;
    return false;
}
