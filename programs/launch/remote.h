/*
 * A server on another host, started through ssh.
 */
#ifndef SKUA_PROGRAMS_LAUNCH_REMOTE_H
#define SKUA_PROGRAMS_LAUNCH_REMOTE_H

#include "options.h"
#include "rim/fail.h"
#include "session.h"

/*
 * Start a server on o->host and learn its addresses, port and key.
 *
 * o       o->host was checked by host_name_split()
 * self    a path by which ssh can run this program as its ProxyCommand
 * colors  of the user's terminal
 * out     filled in on success; ends in session_fini() in any case
 * Returns 0, or the exit status with *why filled in.
 */
int remote_start(const struct options *o, const char *self, int colors, struct session *out,
                 struct fail *why);

#endif
