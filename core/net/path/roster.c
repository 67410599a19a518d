/* A short list, moved together when one leaves. */
#include "net/path/roster.h"

#include <string.h>

void
roster_init(struct roster *r)
{
    *r = (struct roster){ .next_id = 1 };
}

void
roster_init_fixed(struct roster *r, uint32_t id, enum path_family family)
{
    *r = (struct roster){ .count = 1, .next_id = id + 1 };
    path_init(&r->slot[0], id, family);
    r->slot[0].state = PATH_STATE_UP;
}

static void
retire_oldest(struct roster *r, uint32_t keep)
{
    for (size_t i = 0; i < r->count; i++) {
        struct path *path = &r->slot[i];
        if (path->state == PATH_STATE_RETIRED || path->id == keep)
            continue;
        path->state = PATH_STATE_RETIRED;
        return;
    }
}

struct path *
roster_add(struct roster *r, uint32_t peer, enum path_family family, uint32_t keep, uint64_t now_ms)
{
    if (r->count == ROSTER_SLOTS)
        return NULL;
    if (roster_live_count(r) == ROSTER_PATHS_MAX)
        retire_oldest(r, keep);
    struct path *path = &r->slot[r->count++];
    path_init(path, r->next_id++, family);
    path->peer = peer;
    path->wanted_ms = now_ms;
    return path;
}

void
roster_remove(struct roster *r, const struct path *path)
{
    size_t index = (size_t)(path - r->slot);
    r->count--;
    memmove(&r->slot[index], &r->slot[index + 1], (r->count - index) * sizeof r->slot[0]);
}

const struct path *
roster_look_up(const struct roster *r, uint32_t id)
{
    for (size_t i = 0; i < r->count; i++)
        if (r->slot[i].id == id && r->slot[i].state != PATH_STATE_RETIRED)
            return &r->slot[i];
    return NULL;
}

struct path *
roster_find(struct roster *r, uint32_t id)
{
    const struct path *found = roster_look_up(r, id);
    return found != NULL ? &r->slot[found - r->slot] : NULL;
}

size_t
roster_live_count(const struct roster *r)
{
    size_t live = 0;
    for (size_t i = 0; i < r->count; i++)
        live += r->slot[i].state != PATH_STATE_RETIRED;
    return live;
}
