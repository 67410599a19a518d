/*
 * What a command line that was sent to a shell may start, as far as keys typed ahead are concerned: a
 * program that asks for a secret, or none. Words are compared, nothing is expanded: what is not known is
 * taken for the worse.
 */
#ifndef SKUA_TERM_PREDICT_COMMAND_H
#define SKUA_TERM_PREDICT_COMMAND_H

#include "base/view.h"
#include "term/predict/line.h"

enum command_kind {
    COMMAND_UNKNOWN,
    COMMAND_HARMLESS, /* all that it runs reads no secrets: ls, cd, echo */
    COMMAND_ASKS,     /* something in it is known to ask for secrets: sudo, ssh */
};

/* The kind of a command line in ASCII or UTF-8. */
enum command_kind command_kind_of(struct view text);

/* The same of the text of a line. One too long to read is of unknown kind. */
enum command_kind command_kind_of_line(const struct line *l);

#endif
