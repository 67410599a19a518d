/*
 * The two screens of a program, and the saved cursor of each.
 * Source: xterm ctlseqs (47, 1047, 1048, 1049); docs/TERMINAL.md, "Alternate screen".
 */
#ifndef SKUA_TERM_EMULATOR_ALTERNATE_H
#define SKUA_TERM_EMULATOR_ALTERNATE_H

#include <stdbool.h>

#include "term/emulator/charset.h"
#include "term/screen/screen.h"

struct emulator;

/* What DECSC keeps. All zeros: never saved, which restores home and defaults. */
struct saved_cursor {
    bool is_set;
    int row, col;
    bool pending_wrap; /* never set by stock's rules */
    bool autowrap;     /* used by stock's rules alone */
    bool origin;
    struct style pen; /* without a link */
    struct charsets charsets;
};

struct alternate {
    struct saved_cursor saved[2]; /* of the main screen, of the alternate one */
    struct screen *hidden;        /* rows of the screen that is not shown; NULL: never switched */
};

/* Let go of what is hidden. */
void alternate_fini(struct alternate *a);

/* DECSC and DECRC on the slot of the screen that is shown. */
void alternate_save_cursor(struct emulator *e);
void alternate_restore_cursor(struct emulator *e);

/* Forget the saved cursor of the screen that is shown. */
void alternate_forget_cursor(struct emulator *e);

/* DECSET and DECRST of 47, 1047, 1048 or 1049. */
void alternate_set(struct emulator *e, int mode, bool on);

/* Show the main screen, without restoring anything. */
void alternate_leave(struct emulator *e);

/* Resize both screens, each by its own rule. */
void alternate_resize(struct emulator *e, int rows, int cols);

#endif
