/*
 * A server on this machine, started without ssh.
 */
#ifndef SKUA_PROGRAMS_LAUNCH_LOCAL_H
#define SKUA_PROGRAMS_LAUNCH_LOCAL_H

#include "options.h"
#include "rim/fail.h"
#include "session.h"

/*
 * Start a server bound to o->host, which must be a numeric address, in the user's home folder.
 * Arguments and result are those of remote_start().
 */
int local_start(const struct options *o, int colors, struct session *out, struct fail *why);

#endif
