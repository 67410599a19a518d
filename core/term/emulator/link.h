/*
 * Hyperlinks (OSC 8): each distinct one is held once, and only so many of them.
 * Source: the "Hyperlinks in terminal emulators" note (egmontkob); docs/TERMINAL.md, "Hyperlinks".
 */
#ifndef SKUA_TERM_EMULATOR_LINK_H
#define SKUA_TERM_EMULATOR_LINK_H

#include <stddef.h>
#include <stdint.h>

#include "base/view.h"

struct emulator;
struct payload;

#define LINKS_MAX          4096
#define LINKS_MAX_BYTES    (1024 * 1024)
#define LINK_URI_MAX_BYTES 2083
#define LINK_ID_MAX_BYTES  250

/*
 * Every link that a cell may point to, one reference each: "id=X;URI" where the program gave an id,
 * "n=7;URI" with a number of ours where it gave none. Two links are the same where both are.
 */
struct links {
    struct payload **entry;
    size_t count, capacity;
    size_t bytes;
    uint64_t unnamed; /* links that were numbered so far */
};

void links_fini(struct links *l);

/*
 * Set the pen's link from the text behind "8;": parameters, ';', URI. An empty URI ends the link; what
 * is malformed, too long, or finds the table full of links in use leaves the text without one.
 */
void link_set(struct emulator *e, struct view text);

#endif
