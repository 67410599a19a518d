/*
 * The escape key: what the user types to talk to the client and not to the remote program. Bytes in;
 * bytes to send and commands out.
 *
 * A control escape key works anywhere, a printable one only after CR or LF. After it the menu is up
 * until the next key, which is a command, the key for a literal escape byte, or anything else: then
 * both are sent. A key counts whether it comes as a byte or, because a program asked for that, as a
 * report (term/input/report.h).
 */
#ifndef SKUA_SESSION_ESCAPE_H
#define SKUA_SESSION_ESCAPE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/view.h"

/* No escape key at all. */
#define ESCAPE_NONE    0
#define ESCAPE_DEFAULT 0x1e /* Ctrl-^ */

enum escape_command {
    ESCAPE_NOTHING,
    ESCAPE_QUIT,    /* "." */
    ESCAPE_SUSPEND, /* Ctrl-Z */
    ESCAPE_STATUS,  /* "s"; with extras only, as is the next */
    ESCAPE_HELP,    /* "?" */
};

struct escape {
    uint8_t key;     /* ESCAPE_NONE, or 1..127 */
    bool extras;     /* ESC cancels, "s" and "?" are commands */
    bool menu;       /* the escape key was typed: the menu is up */
    bool after_line; /* private: the last byte was CR or LF */
};

/*
 * The escape key that a value of MOSH_ESCAPE_KEY names: NULL (unset), more than one byte, a byte from
 * 128 on, and the keys that a terminal cannot spare (0x03 0x04 0x0a 0x0c 0x0d) give ESCAPE_DEFAULT;
 * the empty string gives ESCAPE_NONE.
 */
uint8_t escape_key_of(const char *value);

/* An escape machine for a key. extras: the commands that stock does not have. */
struct escape escape_start(uint8_t key, bool extras);

/*
 * Take typed bytes up to the first command, or all of them. What goes to the remote program is
 * appended to send. Returns the number of bytes taken and puts the command, or ESCAPE_NOTHING, in
 * *command; the caller acts and comes again with the rest.
 */
size_t
escape_type(struct escape *e, struct view typed, struct buf *send, enum escape_command *command);

/* Append the menu's text: what may be typed now. No quit hint belongs to it. */
void escape_menu(const struct escape *e, struct buf *out);

/* Append the hint " [To quit: KEY .]"; nothing without an escape key. */
void escape_quit_hint(const struct escape *e, struct buf *out);

#endif
