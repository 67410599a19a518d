/*
 * The user's keys as the program's modes want them. The user's terminal is always in application
 * cursor mode, so its arrows arrive as SS3; a program that did not ask for that gets CSI.
 * One of these lives in each attachment.
 */
#ifndef SKUA_TERM_INPUT_TRANSLATE_H
#define SKUA_TERM_INPUT_TRANSLATE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/view.h"

/* The modes of the program's screen that change what keys mean. */
struct translate_modes {
    bool application_cursor; /* ?1 */
    bool newline;            /* LNM: Enter sends CR LF */
    bool focus_events;       /* ?1004: focus reports are dropped while it is off */
};

/* How long a held "ESC O" waits for its letter. docs/TERMINAL.md, "Keys". */
#define TRANSLATE_HOLD_MS 50

struct translate {
    uint8_t state; /* private */
    uint64_t held_since_ms;
};

/* The initial value is all zeros. */

/*
 * Translate bytes of the user's input, appending to out.
 * Source: docs/TERMINAL.md, "Keys".
 */
void translate_bytes(struct translate *t, struct view in, const struct translate_modes *modes,
                     struct buf *out, uint64_t now_ms);

/* Let go of what is held for longer than TRANSLATE_HOLD_MS, appending it to out. */
void translate_flush(struct translate *t, struct buf *out, uint64_t now_ms);

/* When translate_flush() has something to do. UINT64_MAX: never. */
uint64_t translate_deadline_ms(const struct translate *t);

#endif
