/*
 * The user's own word on what their terminal can do, for the terminal that nobody knows or that does
 * not do what it says.
 */
#ifndef SKUA_TERM_OUTER_ADJUST_H
#define SKUA_TERM_OUTER_ADJUST_H

#include <stdbool.h>
#include <stdint.h>

#include "base/view.h"
#include "term/outer/caps.h"

/* All zeros: nothing is adjusted. */
struct adjustment {
    uint32_t add, remove; /* enum caps_can; no bit is in both */
    uint32_t colors;      /* 0: as they are */
    bool no_probes;       /* ask the terminal nothing */
};

/*
 * Read a list such as "links,-sync,colors=256": names of abilities, a "-" before one that the terminal
 * lacks ("+" is fine before the others), separated by commas or blanks; the last word on one counts.
 * "-probe": do not ask the terminal. What is not understood is skipped: a list may be shared with
 * versions that know more.
 *
 * Source   docs/TERMINAL.md, "The user's terminal".
 */
struct adjustment adjustment_parse(struct view list);

void adjustment_apply(const struct adjustment *a, struct caps *caps);

#endif
