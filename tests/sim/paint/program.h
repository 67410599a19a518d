/*
 * A program at the pty that does what programs do, at random: text of all kinds, moves, erasing,
 * scrolling, modes, titles. What it writes goes through our own emulator, so the screens are ones that
 * a server may hold.
 */
#ifndef SKUA_TESTS_SIM_PAINT_PROGRAM_H
#define SKUA_TESTS_SIM_PAINT_PROGRAM_H

#include "base/buf.h"
#include "dice.h"

/* Append what it writes in one go: one to `most` acts on a window of rows and cols. */
void program_write(struct dice *d, int rows, int cols, int most, struct buf *out);

#endif
