/*
 * Copy bytes both ways between a pair of descriptors and a socket: what ssh wants of a
 * ProxyCommand.
 */
#ifndef SKUA_RIM_RELAY_H
#define SKUA_RIM_RELAY_H

#include "base/addr.h"
#include "rim/fail.h"

/*
 * Connect to an address by TCP; waits as long as the kernel does. *out is closed by the caller.
 * Returns SKUA_ERR_SYSTEM with the address and the reason.
 */
enum skua_err relay_connect(const struct addr *to, int *out, struct fail *why);

/*
 * Copy `in` to `socket` and `socket` to `out` until both have ended. The end of one direction is
 * passed on at once (shutdown, or closing `out`, which is closed in any case), the other goes on.
 * The descriptors become non-blocking, and SIGPIPE is ignored from then on. Returns SKUA_ERR_SYSTEM
 * if the socket broke rather than ended.
 */
enum skua_err relay_run(int in, int out, int socket, struct fail *why);

#endif
