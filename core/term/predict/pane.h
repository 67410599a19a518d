/*
 * Where on the screen the user types: the columns between borders that programs draw (tmux, vim,
 * dialogs), and the small questions about cells that predictions ask.
 */
#ifndef SKUA_TERM_PREDICT_PANE_H
#define SKUA_TERM_PREDICT_PANE_H

#include <stdbool.h>

#include "term/screen/screen.h"

/* Columns left..left+cols-1. */
struct pane {
    int left, cols;
};

/* The pane that cell (row, col) lies in: the whole width where no border is seen. */
struct pane pane_of(const struct screen *s, int row, int col);

/* Whether nothing is seen in cell x: it is empty, a space or U+00A0, or the right half of a cell. */
bool pane_cell_is_blank(const struct row *r, int x);

/*
 * Whether cell x is written the way that shells write what they suggest behind the cursor: faint, or
 * in some dark grey.
 */
bool pane_cell_is_dim(const struct row *r, int x);

/* What vim and its kin say, in English, where each key typed is text. */
#define PANE_INSERT      "-- INSERT --"
#define PANE_INSERT_COLS ((int)sizeof PANE_INSERT - 1)

/* Whether row r, the last, says so. */
bool pane_says_insert(const struct row *r);

/* Whether two cells read the same: blanks are equal, styles do not count. */
bool pane_cells_match(const struct row *a, int ax, const struct row *b, int bx);

/* The same of whole rows. */
bool pane_rows_match(const struct row *a, const struct row *b);

/* Whether a word, in ASCII, stands somewhere in row r. */
bool pane_has_word(const struct row *r, const char *word);

#endif
