/* A C library that needs no telling: musl's, and those of the BSDs, give back what is free by themselves. */
#include "rim/memory.h"

void
memory_init(struct memory *m)
{
    *m = (struct memory){ 0 };
}

void
memory_note(struct memory *m, size_t bytes)
{
    (void)m;
    (void)bytes;
}

void
memory_rest(struct memory *m, uint64_t quiet_ms)
{
    (void)m;
    (void)quiet_ms;
}
