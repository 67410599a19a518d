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

/*
 * Append the command and a NUL.
 *
 * colors           of the user's terminal
 * show_connection  have SSH_CONNECTION printed first
 * upload           the server that is sent along, or NULL: one is looked for
 * token            with upload: hexadecimal digits that nobody can know
 * Returns          SKUA_OK, or SKUA_ERR_TOO_LARGE with *why.
 */
enum skua_err server_command_build(const struct options *o, int colors, bool show_connection,
                                   const struct upload_payload *upload, const char *token,
                                   struct buf *out, struct fail *why);

#endif
