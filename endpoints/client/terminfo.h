/*
 * What the system's terminfo database says of a terminal.
 */
#ifndef SKUA_ENDPOINTS_CLIENT_TERMINFO_H
#define SKUA_ENDPOINTS_CLIENT_TERMINFO_H

#include <stdbool.h>

/*
 * How many colours a terminal has, or -1 if the database does not know the terminal or its colours.
 *
 * term    $TERM's value; one that is empty, long or holds a '/' is unknown without being looked for
 * Source  terminfo(5), "colors".
 */
int terminfo_colors(const char *term);

/* Whether the database knows a terminal; what is no name of one (as above) it does not. */
bool terminfo_is_known(const char *term);

#endif
