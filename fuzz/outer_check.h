/*
 * What may reach the user's real terminal: the painter's alphabet and nothing else, whatever a server
 * or a program said. Source: docs/SECURITY.md, "A hostile server".
 */
#ifndef SKUA_FUZZ_OUTER_CHECK_H
#define SKUA_FUZZ_OUTER_CHECK_H

#include "base/view.h"

/*
 * Ends the process unless painted is a row of complete items from the list: valid UTF-8 without
 * controls and without code points that turn the line; BS, CR, LF, BEL; RI; CSI sequences that move,
 * erase, scroll, style, set one of the named modes; titles, links with a scheme that opens a page,
 * clipboard writes in base64.
 */
void outer_check(struct view painted);

#endif
