/*
 * What a line of Python may do, as far as keys typed ahead are concerned: whether it can ask for a secret.
 * As with commands (command.h), what is not known is taken for the worse.
 */
#ifndef SKUA_TERM_PREDICT_STATEMENT_H
#define SKUA_TERM_PREDICT_STATEMENT_H

#include <stdbool.h>

#include "base/view.h"

/* Whether a line is a whole statement that calls nothing but functions known to read no keys. */
bool statement_is_brief(struct view text);

/*
 * How many rows such a line prints, or -1: not known. A value is taken for one row: None is none, and what is
 * long fills several.
 */
int statement_rows(struct view text);

#endif
