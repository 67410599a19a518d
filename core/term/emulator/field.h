/*
 * The fields of control strings: text between separators.
 */
#ifndef SKUA_TERM_EMULATOR_FIELD_H
#define SKUA_TERM_EMULATOR_FIELD_H

#include "base/view.h"

/* The text up to the first `separator` (all of it if there is none); *text loses both. */
struct view field_take(struct view *text, char separator);

/* A number of one to nine decimal digits and nothing else, or -1. */
int field_number(struct view field);

/* The value of a hexadecimal digit, or -1. */
int field_hex_digit(uint8_t c);

#endif
