/* malloc_trim(3) and mallopt(3), of glibc. */
#include "rim/memory.h"

#include <malloc.h>

/*
 * The C library's own are 128 KiB each, a fifth of an idle session. A screen of 80 by 24 is 32 KiB when all
 * of its rows are new.
 */
#define TRIM_BYTES (32 * 1024)
#define PAD_BYTES  4096

/* What is larger goes back at once, wherever it lies: a flood's buffers leave no holes between rows that stay. */
#define MMAP_BYTES (16 * 1024)

void
memory_init(struct memory *m)
{
    *m = (struct memory){ 0 };
    (void)mallopt(M_TRIM_THRESHOLD, TRIM_BYTES);
    (void)mallopt(M_TOP_PAD, PAD_BYTES);
    (void)mallopt(M_MMAP_THRESHOLD, MMAP_BYTES);
}

void
memory_note(struct memory *m, size_t bytes, uint64_t now_ms)
{
    m->work_bytes = m->work_bytes > SIZE_MAX - bytes ? SIZE_MAX : m->work_bytes + bytes;
    m->worked_ms = now_ms;
}

uint64_t
memory_deadline_ms(const struct memory *m)
{
    return m->work_bytes < MEMORY_WORK_BYTES ? UINT64_MAX : m->worked_ms + MEMORY_QUIET_MS;
}

void
memory_rest(struct memory *m, uint64_t now_ms)
{
    if (now_ms < memory_deadline_ms(m))
        return;
    m->work_bytes = 0;
    (void)malloc_trim(0);
}
