/*
 * The one string that ssh runs on the remote host to start a server.
 */
#ifndef SKUA_BOOTSTRAP_SSH_COMMAND_H
#define SKUA_BOOTSTRAP_SSH_COMMAND_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/view.h"
#include "bootstrap/upload_command.h"

/* Far past what any system takes as one argument (Linux: 128 KiB); the exec then says so. */
#define SSH_COMMAND_MAX_BYTES (1 << 20)

/* To which of the host's addresses the server binds. */
enum ssh_command_bind {
    SSH_COMMAND_BIND_USUAL,   /* skua-server: any, answering from the address asked; else as SSH */
    SSH_COMMAND_BIND_SSH,     /* -s: the one at which sshd was reached */
    SSH_COMMAND_BIND_ANY,     /* no option */
    SSH_COMMAND_BIND_ADDRESS, /* -i ADDRESS */
};

struct ssh_command {
    const char *server; /* --server's text, put as it is; NULL: find a server on the host */
    int colors;         /* of the user's terminal, 0 if unknown */
    enum ssh_command_bind bind;
    const char *bind_address;  /* SSH_COMMAND_BIND_ADDRESS */
    const char *port;          /* "N" or "N:M", or NULL: the server picks */
    const char *const *locale; /* NAME=VALUE, locale_count of them */
    size_t locale_count;
    const char *const *command; /* instead of a login shell; command_count words */
    size_t command_count;
    /* Without `server`: servers that may have been brought along before; ended by one without machine; or NULL. */
    const struct upload_payload *payloads;
    /* In the place of the search: take in this one, called `token` until it is complete; or NULL. */
    const struct upload_payload *upload;
    const char *token; /* hexadecimal digits */
    /* Have facts about the host printed ("SKUA FACT <name> <value>"), and no session started: a Skua server answers probes. */
    bool probes;
    bool show_connection; /* print SSH_CONNECTION in a line for connect_line_parse() first */
};

/* Append text in single quotes, with each single quote in it as '\''. */
void ssh_command_quote(struct buf *out, struct view text);

/*
 * Append the remote command. With c->server it has exactly stock's shape: that text, then each argument
 * in single quotes. Without, it is one `sh -c` that a POSIX shell, fish and csh pass on unharmed: it
 * looks for skua-server and then mosh-server in PATH and in the places where package managers put them,
 * and in c->payloads, and prints "SKUA NO SERVER <system> <machine>" if there is none. Arguments arrive byte for byte.
 *
 * Returns  SKUA_OK, or SKUA_ERR_TOO_LARGE past out's maximum.
 * Source   docs/PROTOCOL.md, "Launch".
 */
enum skua_err ssh_command_build(const struct ssh_command *c, struct buf *out);

#endif
