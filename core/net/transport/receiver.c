/*
 * What an instruction asks is checked against the list before the list changes, so that a bad one
 * costs nothing but itself. Its base is at or above what it throws away, therefore the base survives
 * the throwing, and so does everything newer: the list is never empty.
 */
#include "net/transport/receiver.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

#define FIRST_CAPACITY 8

struct received {
    uint64_t num, at_ms;
    struct state state;
};

struct receiver {
    const struct syncable *object;
    struct received *entry; /* ascending by num */
    size_t count, cap;
    uint64_t quench_until_ms;
};

struct receiver *
receiver_new(const struct syncable *object, struct state first, uint64_t now_ms)
{
    struct receiver *r = mem_new(1, sizeof *r);
    r->object = object;
    r->cap = FIRST_CAPACITY;
    r->entry = mem_new(r->cap, sizeof *r->entry);
    r->entry[0] = (struct received){ .at_ms = now_ms, .state = first };
    r->count = 1;
    return r;
}

void
receiver_free(struct receiver *r)
{
    if (r == NULL)
        return;
    for (size_t i = 0; i < r->count; i++)
        r->object->release(r->object->object, &r->entry[i].state);
    free(r->entry);
    free(r);
}

/* The first entry whose number is at least num; count if there is none. */
static size_t
lower_bound(const struct receiver *r, uint64_t num)
{
    size_t low = 0, high = r->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (r->entry[middle].num < num)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static bool
holds(const struct receiver *r, uint64_t num)
{
    size_t at = lower_bound(r, num);
    return at < r->count && r->entry[at].num == num;
}

/* Whether a peer that never throws anything away is to wait. Says yes once in RECEIVER_QUENCH_MS. */
static bool
is_quenched(struct receiver *r, uint64_t throwaway_num, uint64_t now_ms)
{
    size_t left = r->count - lower_bound(r, throwaway_num);
    if (left <= RECEIVER_STATES_MAX)
        return false;
    if (now_ms < r->quench_until_ms || left >= RECEIVER_STATES_LIMIT)
        return true;
    r->quench_until_ms = now_ms + RECEIVER_QUENCH_MS;
    return false;
}

static void
throw_away(struct receiver *r, uint64_t num)
{
    size_t gone = lower_bound(r, num);
    if (gone == 0)
        return;
    for (size_t i = 0; i < gone; i++)
        r->object->release(r->object->object, &r->entry[i].state);
    r->count -= gone;
    memmove(r->entry, r->entry + gone, r->count * sizeof *r->entry);
    r->object->forget_before(r->object->object, &r->entry[0].state);
}

static void
insert(struct receiver *r, uint64_t num, struct state state, uint64_t now_ms)
{
    if (r->count == r->cap) {
        r->cap *= 2;
        r->entry = mem_resize(r->entry, r->cap, sizeof *r->entry);
    }
    size_t at = lower_bound(r, num);
    memmove(&r->entry[at + 1], &r->entry[at], (r->count - at) * sizeof *r->entry);
    r->entry[at] = (struct received){ .num = num, .at_ms = now_ms, .state = state };
    r->count++;
}

static enum skua_err
check(struct receiver *r, const struct instruction *in, uint64_t now_ms)
{
    if (holds(r, in->new_num))
        return SKUA_ERR_DUPLICATE;
    if (receiver_newest_num(r) == INSTRUCTION_SHUTDOWN)
        return SKUA_ERR_CLOSED;
    if (in->throwaway_num > in->old_num)
        return SKUA_ERR_MALFORMED;
    if (in->new_num < in->old_num || !holds(r, in->old_num))
        return SKUA_ERR_STALE;
    return is_quenched(r, in->throwaway_num, now_ms) ? SKUA_ERR_FULL : SKUA_OK;
}

enum skua_err
receiver_take(struct receiver *r, const struct instruction *in, uint64_t now_ms)
{
    enum skua_err err = check(r, in, now_ms);
    if (err != SKUA_OK)
        return err;

    const struct syncable *o = r->object;
    const struct state *base = &r->entry[lower_bound(r, in->old_num)].state;
    struct state state;
    if (in->diff.len == 0)
        state = o->keep(o->object, base);
    else if ((err = o->apply(o->object, base, in->diff, &state, now_ms)) != SKUA_OK)
        return err;

    throw_away(r, in->throwaway_num);
    insert(r, in->new_num, state, now_ms);
    return SKUA_OK;
}

const struct state *
receiver_newest(const struct receiver *r)
{
    return &r->entry[r->count - 1].state;
}

uint64_t
receiver_newest_num(const struct receiver *r)
{
    return r->entry[r->count - 1].num;
}

uint64_t
receiver_newest_ms(const struct receiver *r)
{
    return r->entry[r->count - 1].at_ms;
}

const struct state *
receiver_oldest(const struct receiver *r)
{
    return &r->entry[0].state;
}

size_t
receiver_count(const struct receiver *r)
{
    return r->count;
}
