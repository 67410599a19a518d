/*
 * The launcher as ssh's ProxyCommand: it makes the connection, and so knows to which address.
 */
#ifndef SKUA_PROGRAMS_LAUNCH_PROXY_H
#define SKUA_PROGRAMS_LAUNCH_PROXY_H

#include "options.h"
#include "rim/fail.h"

/* The variable that brings a run's token to its proxy, and the bytes that the token is made of. */
#define PROXY_TOKEN_VARIABLE "SKUA_PROXY_TOKEN"
#define PROXY_TOKEN_BYTES    16
#define PROXY_TOKEN_CHARS    (2 * PROXY_TOKEN_BYTES)

/*
 * Connect to o->host at the port in o->words[0], say to which address on standard error with the token,
 * and copy between the connection and standard input and output until both have ended.
 *
 * Without a port: print the addresses of o->host on standard output, one a line, the best first. That
 * is how a launcher looks a name up beside its own work.
 *
 * Returns  0, or 255 with *why filled in.
 */
int proxy_run(const struct options *o, struct fail *why);

#endif
