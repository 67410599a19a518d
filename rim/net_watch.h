/*
 * Word from the kernel that addresses or routes of this machine changed: the moment to probe a path
 * again.
 */
#ifndef SKUA_RIM_NET_WATCH_H
#define SKUA_RIM_NET_WATCH_H

#include <stdbool.h>

#include "rim/fail.h"

/*
 * A descriptor, for loop_add(), that is readable after changes. Close it with close().
 * Returns SKUA_ERR_SYSTEM where the system does not tell; a session then works by its timers.
 */
enum skua_err net_watch_open(int *out, struct fail *why);

/*
 * Take what there is to read. Returns whether an address, a route or a link changed since the last
 * time.
 */
bool net_watch_drain(int fd);

#endif
