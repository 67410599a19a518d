/*
 * Memory for one message, with an end: protobuf-c asks here, and past the stated maximum it is told
 * that there is none. Everything goes at once with the arena.
 */
#ifndef SKUA_NET_WIRE_ARENA_H
#define SKUA_NET_WIRE_ARENA_H

#include <stdbool.h>
#include <stddef.h>

#include <protobuf-c/protobuf-c.h>

struct arena;

/* An arena that hands out at most max bytes. Ends in arena_free(). */
struct arena *arena_new(size_t max);

/* Free the arena and all that it handed out. NULL is fine. */
void arena_free(struct arena *a);

/*
 * len bytes, undefined, aligned for any type; valid until arena_free(). NULL, and arena_is_spent() from
 * then on, if the maximum would be passed.
 */
void *arena_take(struct arena *a, size_t len);

/* Whether something was refused. */
bool arena_is_spent(const struct arena *a);

/* What protobuf-c is given. Borrows a. What is freed through it stays until arena_free(). */
ProtobufCAllocator arena_allocator(struct arena *a);

#endif
