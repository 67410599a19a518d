/*
 * Tokens of a terminal's output: stricter than any terminal, and apart from our own parser.
 */
#ifndef SKUA_TESTS_LINT_LEXER_H
#define SKUA_TESTS_LINT_LEXER_H

#include <stdbool.h>
#include <stdint.h>

#include "base/view.h"

#define LEXER_PARAMS_MAX 32

struct token {
    enum { TEXT, CONTROL, ESCAPE, CSI, OSC } kind;
    uint8_t byte;         /* of a control or an escape; the final of a CSI */
    uint8_t prefix;       /* private marker of a CSI, or 0 */
    uint8_t intermediate; /* of a CSI, or 0 */
    struct view body;     /* parameters or string */
    uint32_t param[LEXER_PARAMS_MAX];
    int params;
    bool has_colon, ends_in_bel;
};

/* What is still to be read, and what is wrong with it. */
struct lexer {
    struct view rest;
    const char *wrong; /* NULL: nothing so far */
};

/* Take one token off l->rest, which is not empty. Sets l->wrong if it is none. */
struct token lexer_next(struct lexer *l);

#endif
