/*
 * Every change of a screen that has an invariant to keep. A struct edit is a screen being changed and
 * the hidden state that decides how: margins, wrap pending, modes, and where a combining mark goes.
 * The emulator and the predictor change screens through it and in no other way.
 *
 * Invariants, under rules that repair: a wide cell is followed by its right half in the same row and
 * inside the same margins; a right half follows a wide cell; so no wide cell is in the last column.
 * Always: the cursor is on the screen, the region is on the screen and not empty.
 * Printing is edit_print.h. Source: docs/TERMINAL.md, "Editing".
 */
#ifndef SKUA_TERM_SCREEN_EDIT_H
#define SKUA_TERM_SCREEN_EDIT_H

#include <stdbool.h>
#include <stdint.h>

#include "term/screen/screen.h"
#include "term/text/grapheme.h"

/* Where stock's semantics and ours differ. */
struct edit_rules {
    bool repairs_halves;         /* a wide cell that loses one half loses both */
    bool mark_skips_erased_base; /* a mark whose base was erased goes to the cursor's cell */
    bool origin_holds_print;     /* printing outside of the region in origin mode jumps into it */
    int marks_below_bytes;       /* content as long as this takes no more marks */
};

extern const struct edit_rules edit_rules_skua, edit_rules_stock;

struct edit {
    struct screen *screen; /* the owner's only reference, borrowed */
    const struct edit_rules *rules;
    int top, bottom; /* scroll region, both ends included */
    int left, right; /* columns of it */
    bool pending_wrap;
    bool autowrap;            /* DECAWM */
    bool insert;              /* IRM */
    bool origin;              /* DECOM */
    bool counts_scrolled_off; /* this is the main screen of a program: rows leave into history */
    bool has_join;            /* join_row and join_col name a cell */
    int join_row, join_col;   /* where a combining mark goes */
    struct grapheme cluster;  /* of the text printed last, with modes.clusters */
};

/* Hidden state at its defaults: full region, autowrap on, the rest off. screen is borrowed. */
void edit_init(struct edit *e, struct screen *screen, const struct edit_rules *rules);

/* The region becomes the whole screen. */
void edit_reset_margins(struct edit *e);

/*
 * Put the cursor there, clamped to the screen, or in origin mode to the region. Wrap is not pending
 * afterwards, and a combining mark goes to the cursor's cell. Any values will do.
 */
void edit_move(struct edit *e, int row, int col);

/* Down one row, scrolling the region if the cursor is in its last row. The mirror of it upwards. */
void edit_index(struct edit *e);
void edit_reverse_index(struct edit *e);

/* Move the region's rows; blank ones come in. What leaves the top is counted as scrolled off. */
void edit_scroll_up(struct edit *e, int rows);
void edit_scroll_down(struct edit *e, int rows);

/* At the cursor's row, inside the region; nothing if the cursor is outside of it. */
void edit_insert_lines(struct edit *e, int rows);
void edit_delete_lines(struct edit *e, int rows);

/* At a cell, up to the right margin (the screen's edge for a cell outside of the margins). */
void edit_insert_cells(struct edit *e, int row, int col, int cells);
void edit_delete_cells(struct edit *e, int row, int col, int cells);

/*
 * Erase columns from..to-1 of a row, or all of rows from..to-1, in the pen's background. Values beyond
 * the screen are clamped. Whole rows lose their prompt mark as well.
 */
void edit_erase(struct edit *e, int row, int from, int to);
void edit_erase_rows(struct edit *e, int from, int to);

/* As edit_erase(), but cells that are protected (DECSCA) stay as they are. */
void edit_erase_unprotected(struct edit *e, int row, int from, int to);

/*
 * Row y for writing cells from..to-1: it is unshared, and wide cells that cross either end are
 * repaired. Afterwards the caller says edit_close() with the same numbers.
 */
struct row *edit_open(struct edit *e, int y, int from, int to);
void edit_close(struct edit *e, int y, int from, int to);

/*
 * Change the size, at the bottom and on the right (screen_resize()); the region is reset if it changes
 * at all. Wrap stays pending under stock's rules; else a wider row lets the cursor go on to the column
 * after the last, and a narrower one forgets it.
 */
void edit_resize(struct edit *e, int rows, int cols);

/*
 * Make room at the bottom for a shorter screen: rows leave at the top, as many of `rows` as keep the
 * cursor on the screen. They are counted as scrolled off. Returns how many left.
 */
int edit_push_top(struct edit *e, int rows);

#endif
