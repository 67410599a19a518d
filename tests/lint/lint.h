/*
 * Lexers that know what may leave us, and nothing else: written from the lists in the documents, not
 * from the painter.
 */
#ifndef SKUA_TESTS_LINT_LINT_H
#define SKUA_TESTS_LINT_LINT_H

#include "base/view.h"
#include "term/outer/caps.h"

/*
 * What is wrong with bytes for a stock peer, or NULL. Source: docs/TERMINAL.md, "The stock-safe subset".
 */
const char *lint_stock(struct view bytes);

/*
 * What is wrong with bytes for a real terminal of these capabilities, or NULL. Source: docs/SECURITY.md,
 * "A hostile server"; docs/TERMINAL.md, "Downgrades".
 */
const char *lint_outer(struct view bytes, const struct caps *caps);

#endif
