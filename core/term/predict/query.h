/*
 * What a statement of SQL typed at psql's prompt may start, as far as keys typed ahead are concerned.
 */
#ifndef SKUA_TERM_PREDICT_QUERY_H
#define SKUA_TERM_PREDICT_QUERY_H

#include <stdbool.h>

#include "base/view.h"

/*
 * Whether a line in UTF-8 is a whole statement that gives the prompt back as it was, by itself: it asks for
 * nothing, and what it prints is too short for a pager, in which keys are commands.
 */
bool query_is_brief(struct view text);

/* How many rows such a statement prints, if all goes well, or -1: not known. */
int query_rows(struct view text);

#endif
