/*
 * Tab stops: one bit a column. Source: ECMA-48 §7.3.5; docs/TERMINAL.md, "Tabs".
 */
#ifndef SKUA_TERM_EMULATOR_TABS_H
#define SKUA_TERM_EMULATOR_TABS_H

#include <stdbool.h>
#include <stdint.h>

#include "term/screen/screen.h"

struct tabs {
    uint8_t stop[SCREEN_MAX_COLS / 8];
    bool are_default; /* columns beyond the old edge have stops as well */
};

/* A stop every eight columns, column 0 with them. */
void tabs_init(struct tabs *t);

/* The stop at col, 0..SCREEN_MAX_COLS-1. */
void tabs_set(struct tabs *t, int col);
void tabs_clear(struct tabs *t, int col);

/* No stops any more, in columns to come neither. */
void tabs_clear_all(struct tabs *t);

/* Columns from old_cols on are new: they have default stops or none. */
void tabs_resize(struct tabs *t, int old_cols, int cols);

/* The first stop right of col, at most last; the first stop left of it, at least 0. */
int tabs_next(const struct tabs *t, int col, int last);
int tabs_previous(const struct tabs *t, int col);

#endif
