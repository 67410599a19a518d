/*
 * Who is logged in, as far as utmp knows: used to tell a user of sessions that nobody is attached
 * to.
 */
#ifndef SKUA_RIM_LOGINS_H
#define SKUA_RIM_LOGINS_H

#include <stddef.h>

/* More than anybody reads at a login. */
#define LOGINS_MAX 32

/* One record: "pts/7", "mosh [1234]". */
struct login {
    char line[33];
    char host[257];
};

/*
 * The user's sessions without a client: records on terminals that still exist whose host text is
 * "mosh [PID]" or "skua [PID]".
 *
 * own_line  The caller's own terminal ("/dev/pts/7"), left out.
 * Returns   how many were written to out; 0 on systems without utmp.
 */
size_t logins_unattached(const char *user, const char *own_line, struct login out[LOGINS_MAX]);

#endif
