/*
 * Seeded random numbers for simulations: the same seed, the same run. splitmix64 (Steele, Lea, Flood:
 * "Fast splittable pseudorandom number generators", OOPSLA 2014).
 */
#ifndef SKUA_TESTS_SIM_DICE_H
#define SKUA_TESTS_SIM_DICE_H

#include <stdbool.h>
#include <stdint.h>

struct dice {
    uint64_t state;
};

static inline uint64_t
dice_u64(struct dice *d)
{
    uint64_t z = d->state += UINT64_C(0x9e3779b97f4a7c15);
    z = (z ^ z >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ z >> 27) * UINT64_C(0x94d049bb133111eb);
    return z ^ z >> 31;
}

/* 0..below-1; 0 for below 0. */
static inline uint32_t
dice_below(struct dice *d, uint32_t below)
{
    return below == 0 ? 0 : (uint32_t)(dice_u64(d) % below);
}

/* True with a probability in thousandths. */
static inline bool
dice_permille(struct dice *d, uint32_t permille)
{
    return dice_below(d, 1000) < permille;
}

#endif
