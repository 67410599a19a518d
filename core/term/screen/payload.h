/*
 * Immutable bytes that are shared and counted: titles, clipboard contents, link targets.
 */
#ifndef SKUA_TERM_SCREEN_PAYLOAD_H
#define SKUA_TERM_SCREEN_PAYLOAD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/view.h"

struct payload {
    uint32_t refs;
    size_t len;
    uint8_t bytes[];
};

/* A payload with a copy of the bytes and one reference, the caller's. The caller bounds the size. */
struct payload *payload_new(struct view bytes);

/* One more reference. NULL is fine and gives NULL. */
struct payload *payload_ref(struct payload *p);

/* One reference less; freed with the last. NULL is fine. */
void payload_unref(struct payload *p);

/* Put p's bytes in *slot: the old reference is given up, a new one taken. p may be NULL. */
void payload_set(struct payload **slot, struct payload *p);

/* The bytes, borrowed; empty for NULL. */
struct view payload_view(const struct payload *p);

/* Whether the bytes are the same; NULL equals the empty payload. */
bool payload_equal(const struct payload *a, const struct payload *b);

#endif
