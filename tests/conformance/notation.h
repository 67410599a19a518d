/*
 * What the scripts of this folder have in common: README.md beside this file has the notation.
 */
#ifndef SKUA_TESTS_CONFORMANCE_NOTATION_H
#define SKUA_TESTS_CONFORMANCE_NOTATION_H

#include <stddef.h>

#include "base/buf.h"
#include "term/screen/record.h"

#define NOTATION_ROWS 4
#define NOTATION_COLS 10

/* Append the bytes that len bytes of text stand for. Ends the process if there is an unknown escape. */
void notation_put_bytes(const char *text, size_t len, struct buf *out);

/* The client of RECORD: one whose terminal can everything. */
extern const struct record notation_record;

#endif
