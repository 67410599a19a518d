/*
 * Reading a line from a screen: where the input begins is known, more or less, and where its text ends
 * is looked for.
 */
#ifndef SKUA_TERM_PREDICT_LINE_SOURCE_H
#define SKUA_TERM_PREDICT_LINE_SOURCE_H

#include <stdbool.h>

#include "term/predict/line.h"
#include "term/screen/screen.h"

/* How to read a line from a screen. */
struct line_source {
    int row, col;        /* where the input begins: at the cursor, or before it */
    bool start_is_known; /* that this is so; else it only begins no later */
    bool wraps, sticks;
    bool spills; /* an editor's text, which may go on in empty rows below */
    bool slides; /* irssi's field, which moves along */
    bool has_slid;
    int bottom; /* a new line pushes a text down to here, exclusive; 0: not known */
    int limit;  /* rows from here on are not the program's; 0: all are */
    int gap;    /* so many blanks part the line from what is none of its own */
};

/*
 * Read the line that the cursor of s is in. Returns false if the cursor is not in it, if either end is
 * inside of a wide character, or if it is longer than we follow. Ends in line_fini().
 */
bool line_source_read(struct line *l, const struct screen *s, const struct line_source *source);

#endif
