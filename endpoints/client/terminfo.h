/*
 * What the system's terminfo database says of a terminal.
 */
#ifndef SKUA_ENDPOINTS_CLIENT_TERMINFO_H
#define SKUA_ENDPOINTS_CLIENT_TERMINFO_H

#include <stdbool.h>

#include "term/outer/caps.h"

/* The longest string of terminfo that is kept, its ending NUL included; a longer one is left out. */
#define TERMINFO_STRING_MAX 64

/* A terminal as far as its TERM tells. */
struct terminfo_terminal {
    struct caps caps;
    char enter[TERMINFO_STRING_MAX]; /* smcup, for setup_start(); "": there is none */
    char leave[TERMINFO_STRING_MAX]; /* rmcup, for setup_close() */
};

enum terminfo_found {
    TERMINFO_FOUND,
    TERMINFO_UNKNOWN, /* not in the database: described as a plain xterm */
    TERMINFO_POOR, /* in the database, but it cannot move its cursor as ECMA-48 has it (dumb, vt52);
                         described as a plain xterm, which it will not understand */
};

/*
 * How many colours a terminal has, or -1 if the database does not know the terminal or its colours.
 *
 * term    $TERM's value; one that is empty, long or holds a '/' is unknown without being looked for
 * Source  terminfo(5), "colors".
 */
int terminfo_colors(const char *term);

/* Whether the database knows a terminal; what is no name of one (as above) it does not. */
bool terminfo_is_known(const char *term);

/*
 * Describe a terminal. term as above; NULL: not set. *out is always filled in: the caller may go on
 * with an unknown terminal, and should say why it does not with a poor one.
 *
 * Source  terminfo(5); docs/TERMINAL.md, "The user's terminal".
 */
enum terminfo_found terminfo_describe(const char *term, struct terminfo_terminal *out);

#endif
