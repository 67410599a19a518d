/*
 * Allocate or abort. The bounds that callers check before they ask keep a peer away from here; when
 * the machine itself is out of memory, abort() lets the rim restore the terminal and end the process.
 */
#ifndef SKUA_BASE_MEM_H
#define SKUA_BASE_MEM_H

#include <stddef.h>

/* count * size zeroed bytes. Never NULL: aborts if there is no memory or the product overflows. */
void *mem_new(size_t count, size_t size);

/* p (or NULL) resized to count * size bytes, contents kept, new bytes undefined. Never NULL. */
void *mem_resize(void *p, size_t count, size_t size);

/* Overwrite len bytes at p with zeroes in a way that the compiler keeps. */
void mem_wipe(void *p, size_t len);

#endif
