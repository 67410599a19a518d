/*
 * The line that the user edits, as it lies on the screen: cells in a row of their own, from where the
 * input begins to where its text ends, folded over the screen's rows. Edits keep the folding right.
 *
 * A line is a small value; its cells are shared until written.
 */
#ifndef SKUA_TERM_PREDICT_LINE_H
#define SKUA_TERM_PREDICT_LINE_H

#include <stdbool.h>

#include "base/view.h"
#include "term/predict/pane.h"
#include "term/screen/screen.h"

struct line {
    struct row *cells; /* counted; cell i is the line's cell i */
    struct pane pane;  /* the columns that it is folded into */
    int top, left;     /* where cell 0 lies; top moves up as the screen scrolls */
    int len;           /* past the last cell of text */
    int room;          /* cells that text may take: what lies behind stays where it is */
    bool yields;       /* what lies behind goes when text comes near: a right prompt */
    int floor;         /* where the last of several lines of a text begins; 0: there is one */
    int cursor;        /* 0..len */
    int from, to;      /* cells that differ from the screen that it was read from */
    int rows;          /* of the screen */
    int bottom;        /* below the last row that a new line pushes down; 0: none is pushed */
    int limit;         /* rows from here on are not the program's; 0: all are */
    int slide;     /* a full field is moved along until the cursor is in this cell; 0: it is not */
    bool has_slid; /* so it was: what is left of cell 0 is not seen */
    int opened;    /* rows put in, above which nothing moved, since the line was read */
    int opened_at; /* the first of them */
    int scrolled;  /* rows that the screen moved up since the line was read */
    struct style lead;   /* of what is left of cell 0 */
    int recalled;        /* it is the one sent off so many lines ago; 0: it is none of them */
    bool start_is_known; /* the user cannot get to the left of cell 0 */
    bool wraps;          /* text goes on in the next row */
    bool sticks;       /* a full row keeps the cursor until more comes: a terminal driver's echo */
    bool entered;      /* the line was sent off: the cursor is below it */
    bool has_tab;      /* some blanks of it are a tabulator's */
    bool is_elsewhere; /* it begins where nothing was read from a screen */
    bool is_ahead;     /* so behind a prompt that has yet to come */
};

/* A second value of the same line; it shares the cells. */
struct line line_copy(const struct line *l);
void line_fini(struct line *l);

/* The screen row of cell i, negative above the screen; its column. */
int line_row(const struct line *l, int i);
int line_col(const struct line *l, int i);

/* The cell at a place of the screen, also outside of the line; one past the last cell of i's row. */
int line_index(const struct line *l, int row, int col);
int line_row_end(const struct line *l, int i);

/* Where the cursor is seen. */
void line_cursor(const struct line *l, int *row, int *col);

/* The first cell of the character before i, 0 at the start; of the one after it. */
int line_before(const struct line *l, int i);
int line_after(const struct line *l, int i);

/*
 * The edits. Those that return false change nothing: what the program would do there is not known.
 */

/* Put a character (UTF-8, 1 or 2 columns) at the cursor; shift: what is right of it makes room. */
bool line_insert(struct line *l, struct view text, int width, bool shift);

/* Put blanks at the cursor, up to the next column that is a multiple of 8: a tabulator's echo. */
bool line_tab(struct line *l);

/* Add marks to the character before the cursor. */
bool line_append(struct line *l, struct view marks);

/* Take cells from..to-1 out; shift: what follows closes up, else blanks are left. */
bool line_remove(struct line *l, int from, int to, bool shift);

/* Move the cursor to cell i. */
bool line_move(struct line *l, int i);

/*
 * Begin another line of a text in the row below, which is empty or is pushed down; the cursor must be
 * at the end of this one.
 */
bool line_break(struct line *l);

/*
 * Begin another line of a text above this one, which begins at the start of its row: it is pushed down
 * with all below.
 */
bool line_break_above(struct line *l);

/* Send the line off: the cursor goes to the row below its end. */
bool line_enter(struct line *l);

/* How a screen compares with a line. */
enum line_match {
    LINE_DIFFERS,
    LINE_TAIL_DIFFERS, /* equal up to the cursor, which is in its place */
    LINE_MATCHES,
};

/* Compare the changed cells and the cursor with s, which was scrolled by shift rows more. */
enum line_match line_compare(const struct line *l, const struct screen *s, int shift);

/* Whether the changed cells alone stand in s so, and text is among them. */
bool line_text_stands(const struct line *l, const struct screen *s, int shift);

/* How many rows higher than expected the whole text of a line stands in s, at least 0; or LINE_NOWHERE. */
#define LINE_NOWHERE (-1)
int line_find(const struct line *l, const struct screen *s);

/* Count as changed only what differs from base, an earlier state of the same line. */
void line_rebase(struct line *l, const struct line *base);

/* Take over how s shows those cells that read the same. */
void line_adopt(struct line *l, const struct screen *s);

#endif
