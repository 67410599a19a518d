/*
 * A socket address as the core sees it: bytes that can be compared and handed back. The rim alone
 * knows what they mean (a struct sockaddr_in or sockaddr_in6); the simulator invents its own.
 */
#ifndef SKUA_BASE_ADDR_H
#define SKUA_BASE_ADDR_H

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#define ADDR_MAX_BYTES 28 /* sizeof(struct sockaddr_in6) */

struct addr {
    uint8_t len; /* 0: no address */
    uint8_t bytes[ADDR_MAX_BYTES];
};

static inline bool
addr_is_set(const struct addr *a)
{
    return a->len != 0;
}

static inline bool
addr_equal(const struct addr *a, const struct addr *b)
{
    return a->len == b->len && memcmp(a->bytes, b->bytes, a->len) == 0;
}

#endif
