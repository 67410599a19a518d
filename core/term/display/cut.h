/*
 * Rows and renditions cut to what a consumer can hold.
 */
#ifndef SKUA_TERM_DISPLAY_CUT_H
#define SKUA_TERM_DISPLAY_CUT_H

#include <stdbool.h>

#include "term/outer/caps.h"
#include "term/screen/row.h"

/* A stock peer keeps so many bytes of a cell. docs/TERMINAL.md, "Printing". */
#define CUT_STOCK_TEXT_MAX 32

/* What of a rendition the consumer has. The link stays borrowed from where it was. */
struct style cut_style(const struct style *style, const struct caps *caps);

/*
 * The row as the consumer can hold it, as a new reference: r itself where nothing has to be cut.
 * is_last: r is the bottom row of its screen, which cannot go on in a next one.
 */
struct row *cut_row(struct row *r, bool is_last, const struct caps *caps);

#endif
