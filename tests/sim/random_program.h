/* The program of paint/program.h, for a world that throws other dice. */
#ifndef SKUA_TESTS_SIM_RANDOM_PROGRAM_H
#define SKUA_TESTS_SIM_RANDOM_PROGRAM_H

#include <stdint.h>

#include "base/buf.h"

/* Append what it writes in one go to a window of rows and cols; everything follows from the seed. */
void random_program_write(uint64_t seed, int rows, int cols, struct buf *out);

#endif
