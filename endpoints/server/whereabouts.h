/*
 * Where a session's client is, or that it is silent, told to whoever asks on the host: who(1), by utmp;
 * the system's log; `skua-server list`, by the registry. Each of them may be missing.
 */
#ifndef SKUA_ENDPOINTS_SERVER_WHEREABOUTS_H
#define SKUA_ENDPOINTS_SERVER_WHEREABOUTS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/addr.h"
#include "rim/audit.h"
#include "rim/pty.h"
#include "rim/registry.h"
#include "rim/utmp.h"
#include "session/attachment.h"
#include "control/presence.h"

/* All zeros: nobody is told. */
struct whereabouts {
    struct utmp *utmp;
    struct registry *registry;
    struct audit *audit; /* borrowed */
    struct presence presence;
    bool is_near;
    struct addr peer;
};

/* Begin with utmp: after pty_open(), before pty_fork() and before keys. */
void whereabouts_open(struct whereabouts *w, const struct pty *p);

/*
 * And with the rest: behind the last fork.
 *
 * command  NULL-terminated argv, or NULL for the login shell
 * audit    borrowed until whereabouts_close()
 */
void whereabouts_enter(struct whereabouts *w, const struct pty *p, uint16_t port,
                       char *const *command, struct audit *audit);

/* Tell of the session's attachment, or of none, if that is news. */
void whereabouts_note(struct whereabouts *w, const struct attachment *a, uint64_t now_ms);

/* The session has ended. */
void whereabouts_close(struct whereabouts *w);

#endif
