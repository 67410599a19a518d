/*
 * What an object offers so that the transport can keep it equal at two ends.
 *
 * The transport deals in states: immutable values whose meaning only the object knows. It numbers them,
 * decides which to send against which, and remembers those that the peer may still hold.
 */
#ifndef SKUA_NET_TRANSPORT_SYNCABLE_H
#define SKUA_NET_TRANSPORT_SYNCABLE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/view.h"

/* One immutable value. Either word may be unused by an object. */
struct state {
    void *value;       /* counted by the object */
    uint64_t position; /* a place in a log */
};

struct syncable {
    void *object; /* given to each call; borrowed for the transport's life */

    /* Whether a peer that holds a needs nothing to hold b. */
    bool (*equal)(void *object, const struct state *a, const struct state *b);

    /*
     * Append the inner message that turns `from` into `to`; nothing if they are equal. `from` is the
     * state numbered from_num: number 0 is what both ends start with, unsent.
     * Sets out->overflow if it does not fit: the transport then leaves it for later.
     */
    void (*diff)(void *object, const struct state *from, uint64_t from_num, const struct state *to,
                 struct buf *out);

    /*
     * Apply an inner message from the peer (not empty) to `from`; *out is a new state, owned by the
     * caller. Writes *out only on success. The bytes may be anything.
     */
    enum skua_err (*apply)(void *object, const struct state *from, struct view diff,
                           struct state *out, uint64_t now_ms);

    /* Another reference to s; and the end of one. */
    struct state (*keep)(void *object, const struct state *s);
    void (*release)(void *object, struct state *s);

    /* No state older than s will be named again: what only such states need may go. */
    void (*forget_before)(void *object, const struct state *s);
};

#endif
