/* splitmix64. Chaff lies inside the encryption: it has to vary, not to be secret. */
#include "net/transport/chaff.h"

#include <stddef.h>

void
chaff_init(struct chaff *c, uint64_t seed)
{
    *c = (struct chaff){ .random = seed };
}

static uint64_t
next_random(struct chaff *c)
{
    uint64_t x = c->random += UINT64_C(0x9e3779b97f4a7c15);
    x = (x ^ x >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
    x = (x ^ x >> 27) * UINT64_C(0x94d049bb133111eb);
    return x ^ x >> 31;
}

struct view
chaff_next(struct chaff *c)
{
    size_t len = (size_t)(next_random(c) % (CHAFF_MAX_BYTES + 1));
    for (size_t i = 0; i < len; i++)
        c->bytes[i] = (uint8_t)next_random(c);
    return view_of(c->bytes, len);
}
