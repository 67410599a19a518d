/*
 * One row: from what the consumer holds in it to what it should hold.
 */
#ifndef SKUA_TERM_DISPLAY_LINE_H
#define SKUA_TERM_DISPLAY_LINE_H

#include <stdbool.h>

#include "term/display/brush.h"
#include "term/screen/row.h"

/*
 * What the row above has done to the start of this one. A row that goes on in the next is marked as
 * such only by a real wrap, and that prints the next row's first cell.
 */
struct line_start {
    int done;     /* so many columns are painted already */
    bool spoiled; /* the first column holds a space of ours */
};

/*
 * Paint row y of a screen. `held` and `wanted` have the brush's number of columns. `next` is the row
 * below in the new screen, NULL for the last one. *start is what the row above left here, and then what
 * this row left to the one below.
 */
void line_paint(struct brush *b, int y, const struct row *held, const struct row *wanted,
                const struct row *next, struct line_start *start);

/* Roughly how many bytes line_paint() would take; 0 exactly when both rows show the same. */
int line_cost(const struct row *held, const struct row *wanted);

#endif
