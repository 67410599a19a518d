/* Tab stops as a bitmap over every column there can be: a resize moves nothing. */
#include "term/emulator/tabs.h"

#include <string.h>

#define TAB_EVERY 8

static bool
has_stop(const struct tabs *t, int col)
{
    return (t->stop[col / 8] >> col % 8 & 1) != 0;
}

void
tabs_init(struct tabs *t)
{
    tabs_clear_all(t);
    for (int col = 0; col < SCREEN_MAX_COLS; col += TAB_EVERY)
        tabs_set(t, col);
    t->are_default = true;
}

void
tabs_set(struct tabs *t, int col)
{
    t->stop[col / 8] = (uint8_t)(t->stop[col / 8] | 1 << col % 8);
}

void
tabs_clear(struct tabs *t, int col)
{
    t->stop[col / 8] = (uint8_t)(t->stop[col / 8] & ~(1 << col % 8));
}

void
tabs_clear_all(struct tabs *t)
{
    memset(t->stop, 0, sizeof t->stop);
    t->are_default = false;
}

void
tabs_resize(struct tabs *t, int old_cols, int cols)
{
    for (int col = old_cols; col < cols; col++) {
        if (t->are_default && col % TAB_EVERY == 0)
            tabs_set(t, col);
        else
            tabs_clear(t, col);
    }
}

int
tabs_next(const struct tabs *t, int col, int last)
{
    for (col++; col < last && !has_stop(t, col);)
        col++;
    return col < last ? col : last;
}

int
tabs_previous(const struct tabs *t, int col)
{
    for (col--; col > 0 && !has_stop(t, col);)
        col--;
    return col > 0 ? col : 0;
}
