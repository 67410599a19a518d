/*
 * Window and icon titles, and xterm's stack of them. Source: docs/TERMINAL.md, "Titles".
 */
#ifndef SKUA_TERM_EMULATOR_TITLE_H
#define SKUA_TERM_EMULATOR_TITLE_H

#include <stdbool.h>

#include "base/view.h"

struct emulator;
struct payload;

#define TITLE_MAX_POINTS 254
#define TITLE_STACK_MAX  10

struct title_stack {
    int count;
    struct {
        bool has_title, has_icon;
        struct payload *title, *icon; /* counted; NULL: none, as it will be again */
    } entry[TITLE_STACK_MAX];
};

/* Empty the stack. */
void title_stack_fini(struct title_stack *t);

/*
 * Set the title, the icon, or both to text, cut to `points` code points. Our own roles also cut at a
 * cluster and leave out controls and bidi overrides.
 */
void title_set(struct emulator *e, struct view text, int points, bool title, bool icon);

/* CSI 22 t and 23 t: which is 0 for both, 1 for the icon, 2 for the title. A full stack loses its oldest. */
void title_push(struct emulator *e, int which);
void title_pop(struct emulator *e, int which);

#endif
