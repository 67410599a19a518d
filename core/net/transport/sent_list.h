/*
 * The states that were sent and that the peer may hold: what a new diff can be based on, and what an
 * acknowledgement can name. The first is the newest that the peer acknowledged.
 */
#ifndef SKUA_NET_TRANSPORT_SENT_LIST_H
#define SKUA_NET_TRANSPORT_SENT_LIST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "net/transport/syncable.h"

/* As stock: with one more, the 16th from the end goes. docs/PROTOCOL.md, "Sender". */
#define SENT_LIST_MAX      32
#define SENT_LIST_CULL_END 16

/* One state, numbered. */
struct sent {
    uint64_t num;
    uint64_t base_num; /* what its diff was based on, when it was last transmitted */
    uint64_t first_ms; /* transmitted for the first time */
    uint64_t last_ms;  /* and for the last time */
    bool left;         /* the last transmission left this machine, as far as we know */
    uint64_t mark;     /* of its last transmission: congestion_note_sent() */
    bool changes;      /* a peer that holds the one before it lacks something */
    struct state state;
};

struct sent_list {
    const struct syncable *object;
    struct sent entry[SENT_LIST_MAX + 1]; /* ascending by num */
    size_t count;                         /* never 0 */
};

/* A list of one: number 0, acknowledged. The reference is taken over; object is borrowed. */
void sent_list_init(struct sent_list *l, const struct syncable *object, struct state first,
                    uint64_t now_ms);

/* Release all states. May run twice. */
void sent_list_fini(struct sent_list *l);

/* The newest acknowledged and the newest of all. Borrowed until the next change. */
static inline struct sent *
sent_list_front(struct sent_list *l)
{
    return &l->entry[0];
}

static inline struct sent *
sent_list_back(struct sent_list *l)
{
    return &l->entry[l->count - 1];
}

/*
 * Note that `state` (its reference is taken over) was sent as num, above all numbers here, as a diff
 * against base_num. Thins the middle when there are too many.
 */
void sent_list_append(struct sent_list *l, uint64_t num, uint64_t base_num, struct state state,
                      bool changes, uint64_t now_ms);

/*
 * The peer holds num. Everything older goes.
 *
 * Returns  false if num is not here: long gone, or never sent. Nothing changed then.
 */
bool sent_list_ack(struct sent_list *l, uint64_t num);

/* Whether the peer is not known to hold what the newest state holds. */
bool sent_list_is_outstanding(const struct sent_list *l);

/*
 * The newest entry that the peer may be expected to hold by now or soon: it was sent less than
 * window_ms ago, against one that is acknowledged or expected in turn. The front if there is no other.
 */
struct sent *sent_list_assumed(struct sent_list *l, uint64_t window_ms, uint64_t now_ms);

/*
 * From when on the newest state is not assumed any more, if nothing is sent or heard. 0 if it is not
 * now; UINT64_MAX if it is acknowledged.
 */
uint64_t sent_list_assumed_until_ms(const struct sent_list *l, uint64_t window_ms, uint64_t now_ms);

#endif
