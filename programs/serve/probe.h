/*
 * `skua-server probe`: the far end of `skua doctor`. It answers datagrams, and says over ssh which came.
 */
#ifndef SKUA_PROGRAMS_SERVE_PROBE_H
#define SKUA_PROGRAMS_SERVE_PROBE_H

#include "endpoints/server/server.h"
#include "rim/fail.h"

/* Datagrams up to this size are counted for the doctor. */
#define PROBE_SMALL_BYTES 100

/* Longer than any doctor takes. */
#define PROBE_LIFE_MS 60000

/*
 * Bind as a session would, print the CONNECT line, and answer each authentic probe once, with its own size,
 * until standard input has a line or ends, or PROBE_LIFE_MS go by. Then print what came.
 *
 * Returns  the exit status, with *why filled in if it is not 0
 */
int probe_run(const struct server_options *o, struct fail *why);

#endif
