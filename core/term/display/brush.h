/*
 * The painter's hand: what it knows of the consumer's cursor and rendition while it writes, and the
 * cheapest bytes from there to where it wants to be.
 *
 * Nothing here relies on a pending wrap except brush_print() after the last column, whose caller means
 * the wrap. Every other way on from the last column is an explicit move.
 */
#ifndef SKUA_TERM_DISPLAY_BRUSH_H
#define SKUA_TERM_DISPLAY_BRUSH_H

#include <stdbool.h>

#include "base/buf.h"
#include "term/outer/caps.h"
#include "term/screen/row.h"

/* brush.row when the cursor may be anywhere: the next move is absolute. */
#define BRUSH_LOST (-1)

struct brush {
    const struct caps *caps;
    struct buf *out;
    int rows, cols;
    int row, col;     /* the cursor; col == cols: the last column was printed, a wrap is pending */
    struct style pen; /* its link is borrowed from the screens that are being painted */
    bool visible;     /* the cursor is shown */
    bool veil;        /* hide the cursor before it travels: what flickers on a real terminal */
    bool clusters;    /* the consumer measures by cluster (?2027) */
    bool newline;     /* a line feed also returns (LNM) */
};

/* Whether printing the last column leaves a pending wrap that the next print carries out. */
bool brush_can_wrap(const struct brush *b);

/* Go to (row, col), both inside the screen. */
void brush_move(struct brush *b, int row, int col);

/* How many bytes brush_move() would take. */
size_t brush_move_cost(const struct brush *b, int row, int col);

/* Show or hide the cursor. */
void brush_show(struct brush *b, bool visible);

/* Take up a rendition. */
void brush_style(struct brush *b, const struct style *style);

/*
 * Make the pen one that erases, scrolls and leaves lines behind in bg. On the wire only the background
 * of the pen matters to that; real terminals differ about the rest, so there it is a bare background.
 */
void brush_background(struct brush *b, uint32_t bg);

/*
 * Print the content of one cell where the cursor is, with the pen as it is. Text that is not fit for a
 * terminal (controls) is printed as spaces.
 */
void brush_print(struct brush *b, struct view text, int width);

/* Print count spaces, at most up to the last column. */
void brush_spaces(struct brush *b, int count);

/* Write a sequence that leaves the cursor where it is. */
void brush_csi(struct brush *b, int number, char final);

#endif
