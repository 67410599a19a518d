/*
 * Keys that a terminal reports as sequences because a program asked it to (kitty's keyboard protocol,
 * xterm's modifyOtherKeys), for those who look for a key that used to be one byte.
 */
#ifndef SKUA_TERM_INPUT_REPORT_H
#define SKUA_TERM_INPUT_REPORT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/view.h"

/* The longest that is looked at; longer ones carry text of several code points. */
#define REPORT_MAX_BYTES 64

/* A key that has no byte of its own: F5, Alt and a letter, Shift alone. */
#define REPORT_NO_BYTE (-1)

struct report {
    size_t len;    /* of the sequence */
    int byte;      /* what a terminal sends for it otherwise, 0..127, or REPORT_NO_BYTE */
    bool is_press; /* false: released, or repeated while it is held */
};

/*
 * Read the report that bytes begin with: CSI code[:shifted[:base]][;modifiers[:event][;text]] u, or
 * CSI 27 ; modifiers ; code ~. Returns whether there is one, whole.
 *
 * Source   https://sw.kovidgoyal.net/kitty/keyboard-protocol/; xterm's ctlseqs, "modifyOtherKeys".
 */
bool report_parse(struct view bytes, struct report *out);

#endif
