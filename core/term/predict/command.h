/*
 * What a command line that was sent to a shell may start, as far as keys typed ahead are concerned: a
 * program that asks for a secret, or none. Words are compared, nothing is expanded: what is not known is
 * taken for the worse.
 */
#ifndef SKUA_TERM_PREDICT_COMMAND_H
#define SKUA_TERM_PREDICT_COMMAND_H

#include <stdbool.h>
#include <stdint.h>

#include "base/view.h"
#include "term/predict/line.h"

/* Longer command lines are not read. */
#define COMMAND_MAX_BYTES 4096

enum command_kind {
    COMMAND_UNKNOWN,
    COMMAND_HARMLESS, /* all that it runs reads no secrets: ls, cd, echo */
    COMMAND_ASKS,     /* something in it is known to ask for secrets: sudo, ssh */
};

/* The kind of a command line in ASCII or UTF-8. */
enum command_kind command_kind_of(struct view text);

/*
 * Whether a command line is sure to give the shell back by itself, with its prompt at the start of a row:
 * it is harmless and complete, reads no terminal, waits for nothing, and ends what it writes.
 */
bool command_is_brief(struct view text);

/*
 * How many rows a brief command line prints, each as long as itself at most, or -1: not known. Only a simple
 * command, of which the shell expands nothing, tells.
 */
int command_rows(struct view text);

/*
 * Whether a line typed into a chat client is said, or shown by a command of its own, and asks for nothing: "/oper" may
 * ask for a password.
 */
bool command_is_chat(struct view text);

/* Whether it changes the directory, which the prompt may show. */
bool command_goes_elsewhere(struct view text);

/* The text of a line into *out, which borrows from text. Returns false where it is longer than that. */
bool command_text(const struct line *l, uint8_t text[COMMAND_MAX_BYTES], struct view *out);

/* The kind of the text of a line. One too long to read is of unknown kind. */
enum command_kind command_kind_of_line(const struct line *l);

/* A text as a number, which another is not likely to have; 0: it is empty. */
uint32_t command_hash(struct view text);

#endif
