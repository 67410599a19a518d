/*
 * A peer that has the key and says what the tape says: packets in order, with any instruction, any
 * diff, or any bytes inside.
 */
#ifndef SKUA_FUZZ_PEER_H
#define SKUA_FUZZ_PEER_H

#include "base/buf.h"
#include "base/reader.h"
#include "net/crypto/key.h"
#include "net/datagram/packet.h"

struct peer;

/* What it says goes in this direction. */
struct peer *peer_new(enum packet_direction direction);
void peer_free(struct peer *p);

/* The key of every such conversation. */
const struct key *peer_key(void);

/*
 * The next datagram, in out: cleared, then filled. The tape says how honest it is, and what of it is
 * not.
 *
 * diff  what an instruction carries, where the tape does not say otherwise
 */
void peer_next(struct peer *p, struct reader *tape, struct view diff, struct buf *out);

#endif
