/* The paths of a client's link: in the order in which they were wanted, none missing in between. */
#ifndef SKUA_NET_PATH_ROSTER_H
#define SKUA_NET_PATH_ROSTER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "net/path/path.h"

#define ROSTER_PATHS_MAX 10                     /* open at once; docs/PROTOCOL.md, "Port hopping" */
#define ROSTER_SLOTS     (2 * ROSTER_PATHS_MAX) /* with those that wait to be closed */

struct roster {
    struct path slot[ROSTER_SLOTS]; /* oldest first */
    size_t count;
    uint32_t next_id;
};

/* Empty; numbers begin at 1. */
void roster_init(struct roster *r);

/* One path that is open, under this number. */
void roster_init_fixed(struct roster *r, uint32_t id, enum path_family family);

/*
 * One more path, to that of the server's addresses, in PATH_STATE_WANTED. When ROSTER_PATHS_MAX are there,
 * the oldest is retired, but not the one numbered keep.
 *
 * Returns  NULL while so many wait to be opened or closed that there is no slot; else borrowed until the
 *          next change.
 */
struct path *roster_add(struct roster *r, uint32_t peer, enum path_family family, uint32_t keep,
                        uint64_t now_ms);

/* Forget this path. */
void roster_remove(struct roster *r, const struct path *path);

/* The path with this number, or NULL: there is none, or it is retired. Borrowed until the next change. */
struct path *roster_find(struct roster *r, uint32_t id);
const struct path *roster_look_up(const struct roster *r, uint32_t id);

/* How many are not retired. */
size_t roster_live_count(const struct roster *r);

#endif
