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

/* How many rows such a line prints, each hardly longer than itself, or -1: not known. */
int statement_rows(struct view text);

#endif
