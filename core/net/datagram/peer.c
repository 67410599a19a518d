/* RFC 9000 §8: servers send at most three times what they received; §9.3: after a move, too. */
#include "net/datagram/peer.h"

bool
peer_follow(struct peer *peer, const struct addr *from, const struct addr *local, uint64_t now_ms)
{
    peer->local = *local;
    if (addr_equal(&peer->addr, from))
        return false;
    *peer = (struct peer){ .addr = *from, .local = *local, .moved_ms = now_ms };
    return true;
}

void
peer_note_received(struct peer *peer, size_t bytes)
{
    peer->received_bytes += bytes;
}

void
peer_note_sent(struct peer *peer, size_t bytes)
{
    peer->sent_bytes += bytes;
}

void
peer_note_unsent(struct peer *peer, size_t bytes)
{
    peer->sent_bytes -= bytes < peer->sent_bytes ? bytes : peer->sent_bytes;
}

size_t
peer_allowance_bytes(const struct peer *peer)
{
    if (peer->is_proved)
        return SIZE_MAX;
    uint64_t all = PEER_ALLOWANCE_FACTOR * peer->received_bytes + PEER_ALLOWANCE_BYTES;
    return peer->sent_bytes < all ? (size_t)(all - peer->sent_bytes) : 0;
}

void
peer_prove(struct peer *peer, uint64_t first_sent_ms)
{
    if (addr_is_set(&peer->addr) && first_sent_ms > peer->moved_ms)
        peer->is_proved = true;
}

void
peer_forget(struct peer *peer)
{
    *peer = (struct peer){ .is_proved = false };
}
