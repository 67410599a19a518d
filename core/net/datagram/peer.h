/*
 * Where the server's peer is, as far as the server knows. It follows the newest authentic packet at
 * once, but an address that has not proved itself gets little: somebody in between could have
 * sent the client's packet on from an address that is not his.
 */
#ifndef SKUA_NET_DATAGRAM_PEER_H
#define SKUA_NET_DATAGRAM_PEER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/addr.h"

/* docs/SECURITY.md, "On-path". */
#define PEER_ALLOWANCE_BYTES  16384
#define PEER_ALLOWANCE_FACTOR 3

struct peer {
    struct addr addr;  /* unset: no peer */
    struct addr local; /* the address of ours that it talks to; may be unset */
    bool is_proved;
    uint64_t moved_ms;
    uint64_t received_bytes; /* from addr, since it moved there */
    uint64_t sent_bytes;     /* to addr, since it moved there */
};

/* The newest authentic packet came from here. Returns whether that is another address. */
bool
peer_follow(struct peer *peer, const struct addr *from, const struct addr *local, uint64_t now_ms);

/* An authentic packet of so many bytes came from the peer's address. */
void peer_note_received(struct peer *peer, size_t bytes);

/* So many bytes were handed out for the peer's address; or the OS refused them afterwards. */
void peer_note_sent(struct peer *peer, size_t bytes);
void peer_note_unsent(struct peer *peer, size_t bytes);

/* Bytes that may still be sent there. SIZE_MAX: no limit, the address is proved. */
size_t peer_allowance_bytes(const struct peer *peer);

/*
 * A packet from the peer's address acknowledged something sent for the first time at first_sent_ms.
 * If that was after the move, only somebody who receives there can have known it.
 */
void peer_prove(struct peer *peer, uint64_t first_sent_ms);

/* There is no peer any more. */
void peer_forget(struct peer *peer);

#endif
