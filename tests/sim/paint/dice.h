/* Chance from a seed: the same on every machine. SplitMix64, as Java's SplittableRandom has it. */
#ifndef SKUA_TESTS_SIM_PAINT_DICE_H
#define SKUA_TESTS_SIM_PAINT_DICE_H

#include <stdbool.h>
#include <stdint.h>

struct dice {
    uint64_t state;
};

static inline uint64_t
dice_word(struct dice *d)
{
    uint64_t z = d->state += 0x9e3779b97f4a7c15u;
    z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9u;
    z = (z ^ z >> 27) * 0x94d049bb133111ebu;
    return z ^ z >> 31;
}

/* 0..sides-1 */
static inline int
dice_below(struct dice *d, int sides)
{
    return (int)(dice_word(d) % (uint64_t)sides);
}

/* True once in `sides` throws. */
static inline bool
dice_hits(struct dice *d, int sides)
{
    return dice_below(d, sides) == 0;
}

#endif
