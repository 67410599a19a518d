/*
 * The user's sessions on this host that nobody is attached to, told at a login.
 */
#ifndef SKUA_ENDPOINTS_SERVER_UNATTACHED_H
#define SKUA_ENDPOINTS_SERVER_UNATTACHED_H

#include "base/buf.h"

#define UNATTACHED_MAX_BYTES 1024

/*
 * Append one line that names them, coloured, and an empty line; nothing if there is none. By the
 * registry; of sessions that are not in it, as stock's, by utmp.
 *
 * user      the name in utmp
 * terminal  the caller's own, which is left out
 */
void unattached_notice(struct buf *out, const char *user, const char *terminal);

#endif
