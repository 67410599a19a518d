/*
 * The command that starts the server, from the options and the environment.
 */
#ifndef SKUA_PROGRAMS_LAUNCH_SERVER_COMMAND_H
#define SKUA_PROGRAMS_LAUNCH_SERVER_COMMAND_H

#include <stdbool.h>

#include "base/buf.h"
#include "bootstrap/upload_command.h"
#include "options.h"
#include "rim/fail.h"

struct server_command {
    int colors;           /* of the user's terminal */
    bool show_connection; /* have SSH_CONNECTION printed first */
    bool probes;          /* no session: for a doctor */
    const struct upload_payload
        *upload;       /* the server that is sent along; NULL: one is looked for */
    const char *token; /* with upload: hexadecimal digits that nobody can know */
};

/*
 * Append the command and a NUL.
 *
 * Returns  SKUA_OK, or SKUA_ERR_TOO_LARGE with *why.
 */
enum skua_err server_command_build(const struct options *o, const struct server_command *wish,
                                   struct buf *out, struct fail *why);

#endif
