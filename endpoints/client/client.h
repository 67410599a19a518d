/*
 * The user's end of a session: from "address, port and key are known" to an exit status. The terminal
 * is set up, the session runs until it ends, and the terminal is given back as it was on every way out.
 */
#ifndef SKUA_ENDPOINTS_CLIENT_CLIENT_H
#define SKUA_ENDPOINTS_CLIENT_CLIENT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "net/crypto/key.h"
#include "rim/fail.h"
#include "term/predict/preference.h"

/* How many addresses of the server are tried at most; more are ignored. */
#define CLIENT_ADDRESSES_MAX 8

struct client_options {
    const char *name;                            /* called by: "skua", "mosh", "mosh-client" */
    const char *addresses[CLIENT_ADDRESSES_MAX]; /* numeric, scope allowed; best first */
    size_t address_count;                        /* at least 1 */
    uint16_t port;                               /* UDP, the server's */
    struct key key;                              /* wiped by client_run() once it is in use */
    struct predict_preference predict;
    const char *escape_key; /* MOSH_ESCAPE_KEY's value; NULL: the default, Ctrl-^ */
    bool title_prefix;      /* put "[name] " before the window title */
    bool term_init;         /* enter and leave the alternate screen of the terminal */
    const char *advice;     /* what to do if the server is never heard; NULL: nothing special */
    bool is_metered;        /* signs of life are as seldom as they can be */
    const char *record;     /* file to record what is seen in; NULL: none */
    int verbose;            /* 0: quiet; 1: instructions to standard error; 2: everything */
};

/*
 * Run a session on standard input and output until it ends.
 *
 * Returns the exit status: 0 for a session that ended in order, 1 with *why filled in for one that could
 *         not start or that broke off. Messages are the caller's to print (fail_text()).
 * Source  docs/ARCHITECTURE.md, "A client from start to end".
 */
int client_run(struct client_options *options, struct fail *why);

#endif
