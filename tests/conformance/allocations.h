/*
 * What the core has of the heap: the linker puts our functions between it and the allocator
 * (--wrap=calloc,realloc,free).
 */
#ifndef SKUA_TESTS_CONFORMANCE_ALLOCATIONS_H
#define SKUA_TESTS_CONFORMANCE_ALLOCATIONS_H

#include <stddef.h>

/* Bytes that are out now, as the allocator rounds them; how often it was asked so far. */
size_t allocations_live_bytes(void);
size_t allocations_count(void);

#endif
