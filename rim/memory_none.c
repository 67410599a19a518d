/* A C library that needs no telling: musl's, and those of the BSDs, give back what is free by themselves. */
#include "rim/memory.h"

void
memory_init(struct memory *m)
{
    *m = (struct memory){ 0 };
}

void
memory_note(struct memory *m, size_t bytes, uint64_t now_ms)
{
    (void)m;
    (void)bytes;
    (void)now_ms;
}

uint64_t
memory_deadline_ms(const struct memory *m)
{
    (void)m;
    return UINT64_MAX;
}

void
memory_rest(struct memory *m, uint64_t now_ms)
{
    (void)m;
    (void)now_ms;
}
