/*
 * Lines that were sent off, as a line editor gives them back (readline(3), "History"; zshzle(1); fish).
 * Each belongs to a place: what its prompt says of machine and program (prompt_place()).
 */
#ifndef SKUA_TERM_PREDICT_HISTORY_H
#define SKUA_TERM_PREDICT_HISTORY_H

#include <stdbool.h>
#include <stdint.h>

#include "base/view.h"

/* Lines remembered; bytes of one, in UTF-8. */
#define HISTORY_MAX       16
#define HISTORY_MAX_BYTES 512

/* All zeros is the start; ended by history_fini(). */
struct history {
    struct {
        uint8_t *text;
        size_t len;
        uint32_t place;
    } line[HISTORY_MAX]; /* the newest first */
    int count;
};

void history_fini(struct history *h);

/* A line was sent off; a copy is kept. An empty one is in no history; one too long ends what is known. */
void history_push(struct history *h, uint32_t place, struct view text);

/* Nothing is known any more. */
void history_forget(struct history *h);

/* The line that was sent off n lines ago in a place, 1 for the newest; *text borrows. False: not known. */
bool history_nth(const struct history *h, uint32_t place, int n, struct view *text);

#endif
