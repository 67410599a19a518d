/* Two kinds of dice do not fit into one file. */
#include "random_program.h"

#include "paint/program.h"

#define ACTS_MAX 12

void
random_program_write(uint64_t seed, int rows, int cols, struct buf *out)
{
    struct dice dice = { .state = seed };
    program_write(&dice, rows, cols, ACTS_MAX, out);
}
