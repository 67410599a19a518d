/*
 * A session that was started: what a client needs, and the program that started it.
 */
#ifndef SKUA_PROGRAMS_LAUNCH_SESSION_H
#define SKUA_PROGRAMS_LAUNCH_SESSION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "bootstrap/connect_line.h"
#include "bootstrap/numeric_address.h"
#include "endpoints/client/client.h"
#include "net/crypto/key.h"
#include "options.h"
#include "rim/child.h"
#include "rim/fail.h"
#include "rim/resolve.h"

/* What a doctor wants of a start, in the place of a session. */
struct examination {
    struct buf text;          /* what was printed, a line each; the caller's */
    int asks, answers;        /* standard input and output of the far end; -1: none */
    bool has_login, has_none; /* the login worked; there is no server */
    char system[CONNECT_LINE_SYSTEM_MAX + 1]; /* of a host without a server */
};

struct session {
    struct examination *examination; /* NULL: a session is wanted. Given by the caller */
    struct numeric_address address[CLIENT_ADDRESSES_MAX]; /* best first */
    size_t address_count;
    uint16_t port;
    struct key key;
    const char *advice;  /* for the case that the server is never heard; static; NULL: none */
    struct child *child; /* ssh, perhaps still at its last words; freed by session_fini() */
};

/* Add an address at the end, unless it is there or there are too many. */
void session_add(struct session *s, const struct numeric_address *address);

/* The same for one in the rim's form. */
void session_add_addr(struct session *s, const struct addr *address);

/* End the program that started it, if it is still there, and wipe the key. May run twice. */
void session_fini(struct session *s);

/*
 * Be the client: of o->client if that is given, which takes this process's place; else here.
 *
 * command_line  argc words and a NULL, for o->client to show in lists of processes
 * Returns       the exit status, with *why filled in if the session could not start or broke off; why->code
 *               is SKUA_OK if there is nothing to say.
 */
int session_run(struct session *s, const struct options *o, int argc, char *const *argv,
                struct fail *why);

#endif
