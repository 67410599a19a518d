/*
 * A token bucket: how many packets may go at once, and how fast they come back. Counted in tokens and
 * not in time, so that what was spent while the pace was a guess comes back at the measured one.
 */
#ifndef SKUA_NET_TRANSPORT_BUCKET_H
#define SKUA_NET_TRANSPORT_BUCKET_H

#include <stdint.h>

struct bucket {
    uint64_t burst;       /* tokens when full */
    uint64_t step_ms;     /* in which one comes back */
    uint64_t out;         /* thousandths of tokens spent and not back */
    uint64_t refilled_ms; /* as of then */
};

/* A full one. burst and step_ms are not 0. */
void bucket_init(struct bucket *b, uint64_t burst, uint64_t step_ms);

/* One comes back in step_ms (not 0) from now on. */
void bucket_set_step(struct bucket *b, uint64_t step_ms, uint64_t now_ms);

/* When it has a token. */
uint64_t bucket_due_ms(const struct bucket *b, uint64_t now_ms);

/* Take so many; there may be fewer, and the rest is owed. */
void bucket_take(struct bucket *b, uint64_t tokens, uint64_t now_ms);

/* Whatever is owed, there is one now. */
void bucket_grant(struct bucket *b);

#endif
