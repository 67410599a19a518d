/*
 * Whether a server is brought along to a host that has none.
 */
#ifndef SKUA_PROGRAMS_LAUNCH_UPLOAD_H
#define SKUA_PROGRAMS_LAUNCH_UPLOAD_H

#include "bootstrap/upload_command.h"
#include "options.h"
#include "start.h"

/* How long one may take to arrive. */
#define UPLOAD_MS 600000

/* What may be on the host from an earlier time; NULL: nothing is to be looked for. */
const struct upload_payload *upload_searched(const struct options *o);

/*
 * The server to bring to o->host, where start found none; NULL if there is none for its kind of machine, or
 * it is not wanted: by --upload, without a terminal, or by the user who is asked here.
 */
const struct upload_payload *upload_choose(const struct options *o, const struct start *start);

#endif
