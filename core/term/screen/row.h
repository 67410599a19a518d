/*
 * One line of cells. A row stands alone: everything that its cells show is in it, so it can be shared
 * with any screen, projected, or kept as history with no table beside it. Rows are counted and copied
 * when written: only a row with one reference may be changed (screen_row_mut() sees to it).
 */
#ifndef SKUA_TERM_SCREEN_ROW_H
#define SKUA_TERM_SCREEN_ROW_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/view.h"
#include "term/screen/cell.h"
#include "term/screen/style.h"

/*
 * What a row may hold beyond a stock peer's means. Set when such a cell is written and cleared only
 * when the row is made anew: a zero mask is exact, a set bit means "look".
 */
enum row_beyond {
    ROW_BEYOND_ATTRS = 1 << 0,     /* attributes outside STYLE_STOCK_MASK, or underline styles */
    ROW_BEYOND_UNDERLINE = 1 << 1, /* an underline colour */
    ROW_BEYOND_LINK = 1 << 2,      /* hyperlinks */
    ROW_BEYOND_TEXT = 1 << 3,      /* clusters, or code points of disputed width: anything but
                                      one code point below U+0300 or a plain wide ideograph */
    ROW_BEYOND_PROTECTED = 1 << 4, /* DECSCA */
    ROW_BEYOND_MARK = 1 << 5,      /* a prompt mark */
};

/* What the shell said about this line (OSC 133); docs/TERMINAL.md, "Prompt marks". */
enum row_mark {
    ROW_MARK_NONE,
    ROW_MARK_PROMPT,
    ROW_MARK_INPUT,
    ROW_MARK_OUTPUT,
};

/* What does not fit in a cell. Belongs to exactly one row; several cells may point to it. */
struct row_extra {
    uint32_t underline;                /* colour */
    struct payload *link;              /* counted; NULL: none */
    uint8_t len;                       /* bytes of text; 0: an empty cell */
    uint8_t text[CELL_TEXT_MAX_BYTES]; /* base and marks, UTF-8 */
};

struct row {
    uint32_t refs;
    uint16_t cols;
    bool wrapped;   /* this line goes on in the next one */
    uint8_t mark;   /* enum row_mark */
    uint8_t beyond; /* enum row_beyond */
    uint16_t extra_count, extra_cap;
    struct row_extra *extra;
    struct cell cell[]; /* cols of them */
};

/* A row of cols erased cells with one reference. cols is 1..SCREEN_MAX_COLS. */
struct row *row_new(int cols, uint32_t bg);

/* One more reference; one less (freed with the last; NULL is fine). */
struct row *row_ref(struct row *r);
void row_unref(struct row *r);

/*
 * A copy with one reference and `cols` columns: cut, or filled with cells erased in bg. A cut or
 * filled row is not wrapped.
 */
struct row *row_copy(const struct row *r, int cols, uint32_t bg);

/* Whether both hold the same: cells with all their extras, wrap flag, mark. Shared rows are equal. */
bool row_equal(const struct row *a, const struct row *b);

/* Whether cell ax of a and cell bx of b show the same: content, width and style. */
bool row_cell_equal(const struct row *a, int ax, const struct row *b, int bx);

/*
 * The content of cell x as UTF-8: empty for an erased cell or a right half. Written into scratch where
 * the cell holds a plain code point, else borrowed from the row.
 */
struct view row_text(const struct row *r, int x, uint8_t scratch[4]);

/* The style of cell x; its link is borrowed from the row. */
struct style row_style(const struct row *r, int x);

/*
 * Write one cell of a row that has one reference. text is 0..CELL_TEXT_MAX_BYTES bytes of valid UTF-8
 * (empty: an erased cell). The right half of a wide cell is the caller's to write.
 */
void
row_set(struct row *r, int x, struct view text, enum cell_width width, const struct style *style);

/*
 * Write runs from column x on, for which the row has the room; the style has no link and no underline
 * colour. The same as row_set() for each character.
 *
 * row_fill_ascii   bytes 20..7E, a cell each.
 * row_fill         code points, each with its right half if it is wide, up to one that does not fit
 *                  before column `end` or that width_common() does not know. Returns how many; *behind
 *                  is the column behind them.
 */
void row_fill_ascii(struct row *r, int x, struct view text, const struct style *style);
size_t row_fill(struct row *r, int x, int end, const uint32_t *points, size_t count,
                const struct style *style, int *behind);

/*
 * Add marks to the content of cell x. Returns false, and changes nothing, if that would pass
 * CELL_TEXT_MAX_BYTES.
 */
bool row_append(struct row *r, int x, struct view marks);

/* Erase cells from..to-1 in bg. Does not repair halves, does not touch the wrap flag. */
void row_erase(struct row *r, int from, int to, uint32_t bg);

/* Move count cells from column `from` to column `to` inside the row; they may overlap. */
void row_move(struct row *r, int to, int from, int count);

/* Copy cell sx of src to cell x of r, extras included. */
void row_put(struct row *r, int x, const struct row *src, int sx);

#endif
