/*
 * The session's record in utmp, which who(1) shows: made at the start, its host text changed as the
 * client comes and goes, removed at the end, also when this process is killed. A helper holds it:
 * rim/helper.h.
 */
#ifndef SKUA_RIM_UTMP_H
#define SKUA_RIM_UTMP_H

#include "rim/fail.h"
#include "rim/pty.h"

struct utmp;

/*
 * Add a record for the pty. Fork order: after pty_open(), before pty_fork() and before keys.
 *
 * host     "mosh [1234]"; at most HELPER_LINE_BYTES - 1 bytes.
 * Returns  SKUA_ERR_SYSTEM without a process to spare. On systems without utmp nothing is recorded,
 *          silently.
 */
enum skua_err utmp_open(const struct pty *p, const char *host, struct utmp **out, struct fail *why);

/* Change the record's host text; nothing happens if it is the same. u may be NULL. */
void utmp_set_host(struct utmp *u, const char *host);

/* Remove the record. NULL is fine. */
void utmp_close(struct utmp *u);

#endif
