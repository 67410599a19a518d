/* Sizes are asked of the allocator when memory goes back, so nothing is kept beside it. */
#include "allocations.h"

#include <malloc.h>

static size_t live_bytes, asked;

void *__real_calloc(size_t count, size_t size);
void *__real_realloc(void *p, size_t size);
void __real_free(void *p);
void *__wrap_calloc(size_t count, size_t size);
void *__wrap_realloc(void *p, size_t size);
void __wrap_free(void *p);

static void
count(void *p)
{
    asked++;
    live_bytes += malloc_usable_size(p);
}

void *
__wrap_calloc(size_t number, size_t size)
{
    void *p = __real_calloc(number, size);
    count(p);
    return p;
}

void *
__wrap_realloc(void *p, size_t size)
{
    live_bytes -= malloc_usable_size(p);
    p = __real_realloc(p, size);
    count(p);
    return p;
}

void
__wrap_free(void *p)
{
    live_bytes -= malloc_usable_size(p);
    __real_free(p);
}

size_t
allocations_live_bytes(void)
{
    return live_bytes;
}

size_t
allocations_count(void)
{
    return asked;
}
