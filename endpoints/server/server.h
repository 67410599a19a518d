/*
 * The far end of a session: from parsed options to "the shell has ended". server_run() binds, detaches,
 * prints the CONNECT line and serves until the session is over.
 */
#ifndef SKUA_ENDPOINTS_SERVER_SERVER_H
#define SKUA_ENDPOINTS_SERVER_SERVER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "rim/fail.h"

struct server_options {
    const char *name;             /* called by: "skua-server", "mosh-server": banner and utmp */
    const char *bind_address;     /* numeric; NULL: any address, both families where it can be */
    uint16_t port_low, port_high; /* UDP; 0, 0: the kernel picks */
    int colors;                   /* -c: 256 makes TERM xterm-256color, anything else xterm */
    int verbose;                  /* above 0 standard output and error stay open */
    char *const *command;         /* NULL-terminated argv; NULL: the login shell */
    uint32_t network_timeout_s;   /* end after so long without a new client state; 0: never */
    uint32_t signal_timeout_s;    /* SIGUSR1 ends only a session silent for so long; 0: any */
};

/*
 * Start a server. The locale and its variables are settled before this is called.
 *
 * Returns  in the process that was started: the exit status (0 once the banner is out);
 *          in the detached process: the exit status after the session has ended.
 *          1 with *why filled in if no session could be started; nothing was printed on standard output then.
 * Source   docs/ARCHITECTURE.md, "A server from start to end".
 */
int server_run(const struct server_options *options, struct fail *why);

#endif
