/* The only door to the allocator in the core. Memory is given back with free(). */
#include "base/mem.h"

#include <stdint.h>
#include <stdlib.h>

void *
mem_new(size_t count, size_t size)
{
    void *p = calloc(count > 0 ? count : 1, size > 0 ? size : 1);
    if (p == NULL)
        abort();
    return p;
}

void *
mem_resize(void *p, size_t count, size_t size)
{
    if (size != 0 && count > SIZE_MAX / size)
        abort();
    size_t bytes = count * size;
    void *grown = realloc(p, bytes > 0 ? bytes : 1);
    if (grown == NULL)
        abort();
    return grown;
}

void
mem_wipe(void *p, size_t len)
{
    volatile unsigned char *byte = p;
    while (len-- > 0)
        *byte++ = 0;
}
