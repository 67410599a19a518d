/*
 * Which sequence numbers were received already: the newest one and a bit for each of the 8192
 * before it. What fell out of the window counts as seen.
 */
#ifndef SKUA_NET_DATAGRAM_REPLAY_H
#define SKUA_NET_DATAGRAM_REPLAY_H

#include <stdbool.h>
#include <stdint.h>

#define REPLAY_WINDOW 8192 /* sequence numbers; docs/SECURITY.md, "Bounds" */

struct replay {
    bool has_any;
    uint64_t newest;
    uint64_t seen[REPLAY_WINDOW / 64]; /* bit sequence % REPLAY_WINDOW */
};

/* A window that has seen nothing. */
void replay_init(struct replay *replay);

/* Whether sequence was neither seen nor is too old to tell. Changes nothing. */
bool replay_is_fresh(const struct replay *replay, uint64_t sequence);

/*
 * An authentic packet with this fresh sequence arrived.
 *
 * Returns  whether it is the newest of all.
 */
bool replay_note(struct replay *replay, uint64_t sequence);

#endif
