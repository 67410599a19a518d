/*
 * What the system's terminfo database says of a terminal.
 */
#ifndef SKUA_ENDPOINTS_CLIENT_TERMINFO_H
#define SKUA_ENDPOINTS_CLIENT_TERMINFO_H

/*
 * How many colours a terminal has, or -1 if the database does not know the terminal or its colours.
 *
 * term    $TERM's value; one that is empty, long or holds a '/' is unknown without being looked for
 * Source  terminfo(5), "colors".
 */
int terminfo_colors(const char *term);

#endif
