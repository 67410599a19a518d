/*
 * Padding that hides how long an instruction is: 0 to 16 bytes that do not compress, new for each.
 */
#ifndef SKUA_NET_TRANSPORT_CHAFF_H
#define SKUA_NET_TRANSPORT_CHAFF_H

#include <stdint.h>

#include "base/view.h"

#define CHAFF_MAX_BYTES 16

struct chaff {
    uint64_t random;
    uint8_t bytes[CHAFF_MAX_BYTES];
};

/* The same seed gives the same chaff. */
void chaff_init(struct chaff *c, uint64_t seed);

/* The next padding: borrowed until the one after. Source: docs/PROTOCOL.md, "Instruction". */
struct view chaff_next(struct chaff *c);

#endif
