/*
 * How much of what the peer sends gets lost, told by the gaps in its sequence numbers. What we send
 * mostly goes through the same air, so it is also the first guess of how much of that does.
 */
#ifndef SKUA_NET_PATH_LOSS_H
#define SKUA_NET_PATH_LOSS_H

#include <stdbool.h>
#include <stdint.h>

/*
 * More than so many in a row tell of an outage, or of a peer that skipped numbers; they are taken for
 * so many.
 */
#define LOSS_GAP_MAX 8

/* All zeros: nothing is known, nothing was lost. */
struct loss {
    uint32_t micro; /* of 1,000,000, smoothed over some 32 packets */
    bool has_any;
    uint64_t newest;
};

/*
 * An authentic packet with this sequence arrived, which is the first of its number. One below the newest
 * was counted as lost before, and is taken back.
 */
void loss_note(struct loss *loss, uint64_t sequence);

/* Of 1000. */
uint32_t loss_permille(const struct loss *loss);

#endif
