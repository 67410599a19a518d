/*
 * Leaving the login that started us. Two forks and a session of its own make the server independent
 * of sshd; the process that was started waits until the session is ready, says so, and exits.
 *
 *     detach_start()  ->  DETACH_WAITING:  return detach_wait()
 *                     ->  DETACH_SESSION:  pty, helper, shell, socket, key, CONNECT line;
 *                         detach_done()
 *
 * The order matters: everything is made in the process that keeps it, so no key is ever in two.
 */
#ifndef SKUA_ENDPOINTS_SERVER_DETACH_H
#define SKUA_ENDPOINTS_SERVER_DETACH_H

#include <stdbool.h>

#include "rim/fail.h"

enum detach_side {
    DETACH_WAITING, /* the process that was started */
    DETACH_SESSION, /* the one that will hold the session */
};

struct detach {
    int fd; /* between the two; -1: closed */
};

/*
 * Fork. Returns in two processes, *side tells which. The session's ignores HUP and PIPE, stands in
 * /, and still has the standard descriptors; in both every descriptor above 2 is closed, so nothing
 * may be open yet. SKUA_ERR_SYSTEM in the one process that there is if it cannot fork.
 */
enum skua_err detach_start(struct detach *d, enum detach_side *side, struct fail *why);

/*
 * In the waiting process: wait for the session's word.
 *
 * name     "skua-server" or "mosh-server": for "[NAME detached, pid = N]", which other programs
 *          read.
 * Returns  the exit status: 0 after the banner went to standard error; 1 with *why filled in if the
 *          session could not be started.
 */
int detach_wait(struct detach *d, const char *name, struct fail *why);

/*
 * In the session: the CONNECT line has been written and flushed. Lets go of the standard
 * descriptors (/dev/null in their place) unless keep_output, then lets the waiting process end.
 */
void detach_done(struct detach *d, bool keep_output);

/*
 * In the session, in place of detach_done(): it could not be started. The waiting process gets *why
 * and reports it; why->text becomes empty here, so that it is printed once.
 */
void detach_failed(struct detach *d, struct fail *why);

#endif
