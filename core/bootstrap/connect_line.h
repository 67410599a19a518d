/*
 * One line that came back over ssh: words for the launcher, or text for the user.
 */
#ifndef SKUA_BOOTSTRAP_CONNECT_LINE_H
#define SKUA_BOOTSTRAP_CONNECT_LINE_H

#include <stdint.h>

#include "base/view.h"
#include "bootstrap/numeric_address.h"
#include "net/crypto/key.h"

/* Bytes of each word on the remote system when it has no server. */
#define CONNECT_LINE_SYSTEM_MAX 31

enum connect_line_kind {
    CONNECT_LINE_TEXT,           /* nothing of ours: for the user */
    CONNECT_LINE_ADDRESS,        /* our proxy reached this address */
    CONNECT_LINE_UNREACHED,      /* our proxy could not connect, and has said why */
    CONNECT_LINE_CONNECTION,     /* the address at which sshd was reached */
    CONNECT_LINE_START,          /* a server runs: port and key */
    CONNECT_LINE_NO_SERVER,      /* our remote command found no server */
    CONNECT_LINE_BAD_ADDRESS,    /* ours by its first words, but not well-formed: */
    CONNECT_LINE_BAD_CONNECTION, /*   fatal, the user gets a message and not the line */
    CONNECT_LINE_BAD_PORT,
    CONNECT_LINE_BAD_KEY,
};

struct connect_line {
    enum connect_line_kind kind;
    struct numeric_address address; /* ADDRESS, CONNECTION */
    uint16_t port;                  /* START: 1..65535 */
    struct key key;                 /* START: the caller wipes it */
    /* NO_SERVER; each may be empty: */
    char system[CONNECT_LINE_SYSTEM_MAX + 1];  /* "debian", "Darwin" */
    char machine[CONNECT_LINE_SYSTEM_MAX + 1]; /* "Linux-x86_64" */
};

/*
 * Parse one line without its newline. Carriage returns before it and blanks and carriage returns after
 * it do not count; the first word must then stand at the very beginning.
 *
 *   MOSH IP <address>|none <token>  token as given here; without it (or with an empty token) it is text
 *   MOSH SSH_CONNECTION <client> <port> <server> <port>
 *   MOSH CONNECT <port> <key>       decimal without sign or leading zero; key_parse()'s 22 characters
 *   SKUA NO SERVER [<system> [<machine>]]
 *
 * Source  docs/PROTOCOL.md, "Launch".
 */
struct connect_line connect_line_parse(struct view line, struct view token);

#endif
