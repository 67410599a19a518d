/*
 * The remote halves of bringing a server along: a script that takes one in and starts it, and the part of the
 * search that finds it the next time.
 */
#ifndef SKUA_BOOTSTRAP_UPLOAD_COMMAND_H
#define SKUA_BOOTSTRAP_UPLOAD_COMMAND_H

#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"

/* What the script ends with when it has said why it took nothing in. */
#define UPLOAD_COMMAND_REFUSED 73

/* A server for one kind of machine. All texts are of letters, digits and . _ - only. */
struct upload_payload {
    const char *machine; /* "Linux-x86_64": uname -s, '-', uname -m; NULL ends a table */
    const char *folder;  /* below ~/.cache/skua: "0.1.0-x86_64-0123456789abcdef" */
    const char *sha256;  /* 64 lower-case hexadecimal digits */
    uint64_t bytes;
    const char *path; /* on this machine */
};

/*
 * Functions that both halves need, for the beginning of a script: o FOLDER, whether a folder is the user's
 * alone; h FILE, its SHA-256.
 */
void upload_command_put_functions(struct buf *out);

/*
 * Start the server that was brought along before, if its folder, kind and SHA-256 are right. Goes before
 * what is done when there is no server.
 *
 * payloads  ended by one without machine
 */
void upload_command_put_search(const struct upload_payload *payloads, struct buf *out);

/*
 * Take in p from standard input, then start it. The first argument of the script must be a random word of
 * hexadecimal digits; it is shifted away. Ends with UPLOAD_COMMAND_REFUSED and a line, and leaves nothing,
 * if what arrives is not p, or cannot be kept or run. Keeps the newest three folders.
 *
 * Source   docs/SECURITY.md, "Upload".
 */
void upload_command_put_intake(const struct upload_payload *p, struct buf *out);

#endif
