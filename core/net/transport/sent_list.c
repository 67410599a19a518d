/*
 * A lost diff takes with it every state that was based on it. So what is assumed of an entry is what is
 * assumed of its base, and one lost state does not cast doubt on those that never needed it.
 */
#include "net/transport/sent_list.h"

#include <assert.h>
#include <string.h>

void
sent_list_init(struct sent_list *l, const struct syncable *object, struct state first,
               uint64_t now_ms)
{
    *l = (struct sent_list){ .object = object, .count = 1 };
    l->entry[0] = (struct sent){ .first_ms = now_ms, .last_ms = now_ms, .state = first };
}

static void
remove_range(struct sent_list *l, size_t at, size_t count)
{
    for (size_t i = at; i < at + count; i++)
        l->object->release(l->object->object, &l->entry[i].state);
    memmove(&l->entry[at], &l->entry[at + count], (l->count - at - count) * sizeof l->entry[0]);
    l->count -= count;
}

void
sent_list_fini(struct sent_list *l)
{
    remove_range(l, 0, l->count);
}

void
sent_list_append(struct sent_list *l, uint64_t num, uint64_t base_num, struct state state,
                 bool changes, uint64_t now_ms)
{
    assert(num > sent_list_back(l)->num);
    l->entry[l->count++] = (struct sent){
        .num = num,
        .base_num = base_num,
        .first_ms = now_ms,
        .last_ms = now_ms,
        .left = true,
        .changes = changes,
        .state = state,
    };
    if (l->count > SENT_LIST_MAX) {
        size_t culled = l->count - SENT_LIST_CULL_END;
        if (l->entry[culled].changes)
            l->entry[culled + 1].changes = true;
        remove_range(l, culled, 1);
    }
}

static size_t
find(const struct sent_list *l, uint64_t num)
{
    size_t i = 0;
    while (i < l->count && l->entry[i].num != num)
        i++;
    return i;
}

bool
sent_list_ack(struct sent_list *l, uint64_t num)
{
    size_t at = find(l, num);
    if (at == l->count)
        return false;
    remove_range(l, 0, at);
    return true;
}

bool
sent_list_is_outstanding(const struct sent_list *l)
{
    for (size_t i = 1; i < l->count; i++) {
        if (l->entry[i].changes)
            return true;
    }
    return false;
}

/* until[i]: from when on entry i is not assumed any more; 0 if that is now. */
static void
assume(const struct sent_list *l, uint64_t window_ms, uint64_t now_ms, uint64_t *until)
{
    until[0] = UINT64_MAX;
    for (size_t i = 1; i < l->count; i++) {
        const struct sent *s = &l->entry[i];
        until[i] = s->left && now_ms - s->last_ms < window_ms ? s->last_ms + window_ms : 0;
        if (s->base_num <= l->entry[0].num)
            continue;
        size_t base = find(l, s->base_num); /* may have been culled: nobody knows then */
        uint64_t of_base = base < i ? until[base] : 0;
        if (of_base < until[i])
            until[i] = of_base;
    }
}

struct sent *
sent_list_assumed(struct sent_list *l, uint64_t window_ms, uint64_t now_ms)
{
    uint64_t until[SENT_LIST_MAX + 1];
    assume(l, window_ms, now_ms, until);
    size_t i = l->count - 1;
    while (until[i] == 0)
        i--;
    return &l->entry[i];
}

uint64_t
sent_list_assumed_until_ms(const struct sent_list *l, uint64_t window_ms, uint64_t now_ms)
{
    uint64_t until[SENT_LIST_MAX + 1];
    assume(l, window_ms, now_ms, until);
    return until[l->count - 1];
}
