/*
 * The servers that this program can bring along to a host: which, and whether one here is what it should be.
 */
#ifndef SKUA_PROGRAMS_LAUNCH_PAYLOAD_H
#define SKUA_PROGRAMS_LAUNCH_PAYLOAD_H

#include <stdbool.h>

#include "bootstrap/upload_command.h"
#include "rim/fail.h"

/* Past any server that scripts/static makes, some of them with symbols. */
#define PAYLOAD_MAX_BYTES (64 << 20)

/* Made by payload_table.py when this is built: ended by one without machine. */
extern const struct upload_payload payload_table[];

/* The one for a machine, as CONNECT_LINE_NO_SERVER names it; NULL if there is none. */
const struct upload_payload *payload_for(const char *machine);

/* Whether p->path is there at all: packages may bring it apart from this program. */
bool payload_is_here(const struct upload_payload *p);

/*
 * Open p->path and compare its size and SHA-256 with what they were when this was built.
 *
 * fd       on success: at the file's beginning; the caller closes it
 */
enum skua_err payload_open(const struct upload_payload *p, int *fd, struct fail *why);

#endif
