/*
 * Chunks in a list, each twice the one before, so that a small message costs one allocation and a
 * large one a few. What a chunk holds is charged when the chunk is made.
 */
#include "net/wire/arena.h"

#include <stdint.h>
#include <stdlib.h>

#include "base/mem.h"

#define CHUNK_FIRST_BYTES 2048
#define CHUNK_LAST_BYTES  (1024 * 1024)

struct chunk {
    struct chunk *next;
    size_t size, used;
    max_align_t bytes[]; /* size bytes */
};

struct arena {
    struct chunk *newest;
    size_t left;       /* bytes that chunks may still be made of */
    size_t next_chunk; /* size of the next one, if that is enough */
    bool spent;
};

struct arena *
arena_new(size_t max)
{
    struct arena *a = mem_new(1, sizeof *a);
    a->left = max;
    a->next_chunk = CHUNK_FIRST_BYTES;
    return a;
}

void
arena_free(struct arena *a)
{
    if (a == NULL)
        return;
    while (a->newest != NULL) {
        struct chunk *c = a->newest;
        a->newest = c->next;
        free(c);
    }
    free(a);
}

static bool
add_chunk(struct arena *a, size_t needed)
{
    if (needed > a->left)
        return false;
    size_t size = needed > a->next_chunk ? needed : a->next_chunk;
    if (size > a->left)
        size = a->left;
    struct chunk *c = mem_resize(NULL, sizeof *c + size, 1);
    *c = (struct chunk){ .next = a->newest, .size = size };
    a->newest = c;
    a->left -= size;
    if (a->next_chunk < CHUNK_LAST_BYTES)
        a->next_chunk *= 2;
    return true;
}

void *
arena_take(struct arena *a, size_t len)
{
    const size_t align = _Alignof(max_align_t);
    if (len > a->left && (a->newest == NULL || len > a->newest->size)) {
        a->spent = true;
        return NULL;
    }
    size_t rounded = (len + align - 1) / align * align;
    if (a->newest == NULL || rounded > a->newest->size - a->newest->used) {
        if (!add_chunk(a, rounded)) {
            a->spent = true;
            return NULL;
        }
    }
    uint8_t *at = (uint8_t *)a->newest->bytes + a->newest->used;
    a->newest->used += rounded;
    return at;
}

bool
arena_is_spent(const struct arena *a)
{
    return a->spent;
}

static void *
allocate(void *arena, size_t size)
{
    return arena_take(arena, size);
}

static void
release(void *arena, void *pointer)
{
    (void)arena;
    (void)pointer;
}

ProtobufCAllocator
arena_allocator(struct arena *a)
{
    return (ProtobufCAllocator){ .alloc = allocate, .free = release, .allocator_data = a };
}
