/* What the two files of the model of stock share. */
#ifndef SKUA_TESTS_SIM_PREDICTION_STOCK_INTERNAL_H
#define SKUA_TESTS_SIM_PREDICTION_STOCK_INTERNAL_H

#include <stdbool.h>

#include "stock.h"
#include "term/text/utf8.h"

#define STOCK_OLDS_MAX    12 /* different contents remembered of a cell */
#define STOCK_CURSORS_MAX 256
#define STOCK_GLYPH_BYTES 31

struct stock_glyph {
    uint8_t len;
    uint8_t text[STOCK_GLYPH_BYTES];
};

struct stock_place {
    bool active;
    uint64_t due;   /* client state from whose echo on a verdict is possible */
    uint64_t epoch; /* hidden until this is confirmed */
    uint64_t born_ms;
};

struct stock_cell {
    struct stock_place place;
    bool unknown; /* something changes here, but to what? */
    struct stock_glyph want;
    int olds;
    struct stock_glyph old[STOCK_OLDS_MAX];
};

struct stock_cursor {
    struct stock_place place;
    int row, col;
};

enum stock_parsing { STOCK_GROUND, STOCK_ESCAPE, STOCK_CSI };

struct stock {
    enum predict_display display;
    int rows, cols;
    struct stock_cell *cell;
    bool *row_is_active; /* may hold an active cell */
    struct stock_cursor cursor[STOCK_CURSORS_MAX];
    int cursors;
    struct predict_sync sync;
    uint64_t epoch, confirmed_epoch;
    bool slow_link;
    int glitch;
    uint64_t last_quick_ms;
    struct utf8_decoder utf8;
    enum stock_parsing parsing;
};

struct stock_cell *stock_cell(struct stock *k, int y, int x);
struct stock_glyph stock_glyph_of(const struct screen *s, int y, int x);
bool stock_glyphs_match(const struct stock_glyph *a, const struct stock_glyph *b);

/* Whether g stood in the cell before. */
bool stock_is_old(const struct stock_cell *c, const struct stock_glyph *g);

bool stock_is_active(const struct stock *k);

/* What is typed from now on is hidden until it is proved. */
void stock_doubt(struct stock *k);

/* No guess is left. */
void stock_wipe(struct stock *k);

/* Judge all guesses by s. */
void stock_cull(struct stock *k, const struct screen *s, uint64_t now_ms);

#endif
