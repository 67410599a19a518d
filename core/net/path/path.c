/* Bookkeeping for one socket. What to do about it is decided by race (client) and link. */
#include "net/path/path.h"

void
path_init(struct path *path, uint32_t id, enum path_family family)
{
    *path = (struct path){ .id = id, .family = family, .state = PATH_STATE_WANTED };
    rtt_init(&path->rtt);
    mtu_init(&path->mtu, family);
}

bool
path_is_open(const struct path *path)
{
    return path->state == PATH_STATE_UP || path->state == PATH_STATE_DOWN;
}

void
path_note_sent(struct path *path, uint64_t now_ms)
{
    path->sent_before_ms = path->last_sent_ms;
    path->failures_before = path->send_failures;
    path->last_sent_ms = now_ms;
    path->send_failures = 0;
}

void
path_note_heard(struct path *path, uint64_t now_ms)
{
    path->has_heard = true;
    path->last_heard_ms = now_ms;
}

static void
take_back(struct path *path)
{
    path->last_sent_ms = path->sent_before_ms;
    if (path->failures_before < UINT32_MAX)
        path->failures_before++;
    path->send_failures = path->failures_before;
}

void
path_note_event(struct path *path, enum path_event what, uint64_t now_ms)
{
    switch (what) {
    case PATH_UP: path->state = PATH_STATE_UP; break;
    case PATH_DOWN:
        if (path->state == PATH_STATE_UP)
            path->state = PATH_STATE_DOWN;
        break;
    case PATH_UNSENT: take_back(path); break;
    case PATH_TOO_BIG:
        take_back(path);
        mtu_shrink(&path->mtu, now_ms);
        break;
    case PATH_MOVED:
    case PATH_REFUSED: break;
    }
}
