/*
 * A command line as a user writes it, cut into words as a POSIX shell would; nothing is expanded.
 */
#ifndef SKUA_BOOTSTRAP_SHELL_WORDS_H
#define SKUA_BOOTSTRAP_SHELL_WORDS_H

#include <stddef.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/view.h"

/*
 * Split text at blanks and newlines. 'x' is literal; in "x" a backslash quotes " \ $ and ` only;
 * elsewhere it quotes any character.
 *
 * out    cleared, then each word and a NUL; count of them in *count, 0 for blank text
 *
 * Returns  SKUA_OK; SKUA_ERR_MALFORMED for an open quote, a backslash at the end, or a NUL in text;
 *          SKUA_ERR_TOO_LARGE past out's maximum.
 * Source   POSIX.1-2017, XCU 2.2.
 */
enum skua_err shell_words_split(struct view text, struct buf *out, size_t *count);

#endif
