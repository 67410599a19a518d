/*
 * One cell of a row: plain, 16 bytes, no pointer. What is rare lies in the row's extras.
 */
#ifndef SKUA_TERM_SCREEN_CELL_H
#define SKUA_TERM_SCREEN_CELL_H

#include <assert.h>
#include <stdbool.h>
#include <stdint.h>

/*
 * cell.text: 0 for an empty (erased, never written) cell, a code point from U+0020 on, or CELL_EXTRA
 * and an index into the row's extras. An empty cell is not equal to one that holds a space.
 */
#define CELL_EXTRA 0x80000000u

/* Content of one cell: a base and its marks, UTF-8. docs/TERMINAL.md, "Bounds". */
#define CELL_TEXT_MAX_BYTES 64

enum cell_width {
    CELL_RIGHT_HALF = 0, /* belongs to the wide cell on its left; text is 0 */
    CELL_NARROW = 1,
    CELL_WIDE = 2, /* the next cell is its right half, in a screen that the pty role made */
};

struct cell {
    uint32_t text;
    uint32_t fg, bg; /* colours: style.h */
    uint16_t attrs;  /* enum style_attr */
    uint8_t width;   /* enum cell_width */
    uint8_t unused;  /* 0, so that cells compare as bytes */
};

_Static_assert(sizeof(struct cell) == 16, "rows are sized and compared by this");

/* Whether nothing was written here: only the background shows. */
static inline bool
cell_is_empty(const struct cell *c)
{
    return c->text == 0 && c->width != CELL_RIGHT_HALF;
}

/* Whether the content needs the row's extras to be read. */
static inline bool
cell_has_extra(const struct cell *c)
{
    return (c->text & CELL_EXTRA) != 0;
}

/* An erased cell: the background colour of the pen at that moment and nothing else of it. */
static inline struct cell
cell_erased(uint32_t bg)
{
    return (struct cell){ .bg = bg, .width = CELL_NARROW };
}

#endif
