/*
 * One line of a configuration in ssh_config's manner: a keyword and its value.
 */
#ifndef SKUA_BOOTSTRAP_CONFIG_LINE_H
#define SKUA_BOOTSTRAP_CONFIG_LINE_H

#include <stdbool.h>

#include "base/err.h"
#include "base/view.h"

/* Longer than any line with a use; ssh's own limit is of this order. */
#define CONFIG_LINE_MAX_BYTES 4096

struct config_line {
    struct view keyword;                   /* borrowed; empty: a blank line, or a comment */
    char value[CONFIG_LINE_MAX_BYTES + 1]; /* without its quotes; may be empty */
};

/*
 * Parse a line without its newline; a carriage return at its end does not count.
 *
 * Blanks, or blanks and one '=', end the keyword. A value in double quotes ends at the second one, with \"
 * and \\ standing for " and \; else it is what is left, up to blanks before a '#' or at the end.
 *
 * problem  on error: what is wrong, for people; static
 * Returns  SKUA_OK; SKUA_ERR_TOO_LARGE, or SKUA_ERR_MALFORMED for NULs, an open quote, text behind a quoted
 *          value, and no value at all. *out is written only on success.
 * Source   ssh_config(5), whose users this is for.
 */
enum skua_err config_line_parse(struct view line, struct config_line *out, const char **problem);

/* Whether the keyword is that one, in any case. */
bool config_line_is(const struct config_line *line, const char *keyword);

#endif
