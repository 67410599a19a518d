/*
 * The simplest object to keep equal: a number. Its diff is "+", eight bytes of difference and eight of
 * result, and as much padding as the test wants, so that applying it to a wrong base is noticed.
 */
#ifndef SKUA_TESTS_UNIT_NET_TRANSPORT_COUNTER_H
#define SKUA_TESTS_UNIT_NET_TRANSPORT_COUNTER_H

#include "test.h"

#include "base/reader.h"
#include "net/transport/syncable.h"

struct counter {
    int held;             /* references out */
    size_t padding_bytes; /* of each diff */
    size_t per_step;      /* and so many for each step of difference */
    uint64_t forgotten;   /* the highest told to forget_before() */
    enum skua_err refuse; /* apply() returns this, unless SKUA_OK */
    uint64_t applied;
};

static inline bool
counter_equal(void *object, const struct state *a, const struct state *b)
{
    (void)object;
    return a->position == b->position;
}

static inline void
counter_diff(void *object, const struct state *from, uint64_t from_num, const struct state *to,
             struct buf *out)
{
    (void)from_num;
    struct counter *c = object;
    if (from->position == to->position)
        return;
    buf_put_u8(out, '+');
    buf_put_u64(out, to->position - from->position);
    buf_put_u64(out, to->position);
    uint64_t random = to->position * 2654435761u + 1;
    uint64_t steps = to->position > from->position ? to->position - from->position : 1;
    for (size_t i = 0; i < c->padding_bytes + c->per_step * steps; i++) {
        random = random * 6364136223846793005u + 1442695040888963407u;
        buf_put_u8(out, (uint8_t)(random >> 56));
    }
}

static inline enum skua_err
counter_apply(void *object, const struct state *from, struct view diff, struct state *out,
              uint64_t now_ms)
{
    (void)now_ms;
    struct counter *c = object;
    if (c->refuse != SKUA_OK)
        return c->refuse;
    uint64_t to = from->position;
    struct reader r = reader_of(diff);
    if (reader_u8(&r) == '+') { /* else fields that a counter does not know */
        uint64_t step = reader_u64(&r);
        uint64_t result = reader_u64(&r);
        if (r.failed || result - step != from->position)
            return SKUA_ERR_MALFORMED;
        to = result;
    }
    c->held++;
    c->applied++;
    *out = (struct state){ .position = to };
    return SKUA_OK;
}

static inline struct state
counter_keep(void *object, const struct state *s)
{
    ((struct counter *)object)->held++;
    return *s;
}

static inline void
counter_release(void *object, struct state *s)
{
    ((struct counter *)object)->held--;
    *s = (struct state){ 0 };
}

static inline void
counter_forget_before(void *object, const struct state *s)
{
    ((struct counter *)object)->forgotten = s->position;
}

static inline struct syncable
counter_syncable(struct counter *c)
{
    return (struct syncable){ .object = c,
                              .equal = counter_equal,
                              .diff = counter_diff,
                              .apply = counter_apply,
                              .keep = counter_keep,
                              .release = counter_release,
                              .forget_before = counter_forget_before };
}

/* A state with one reference. */
static inline struct state
counter_at(struct counter *c, uint64_t position)
{
    c->held++;
    return (struct state){ .position = position };
}

#endif
