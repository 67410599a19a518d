/*
 * The newest instruction with a diff, as it was packed, and whether it may be sent again verbatim: as a
 * second copy on suspicion, or to fill in the fragments of it that were lost.
 */
#ifndef SKUA_NET_TRANSPORT_PACKED_H
#define SKUA_NET_TRANSPORT_PACKED_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "net/transport/sent_list.h"

struct packed {
    bool is_kept;
    bool is_small; /* cut smaller than the path asked for */
    uint64_t num, base_num;
    size_t bytes, fragments, piece_bytes;
};

/*
 * Whether a copy helps a peer that did not get the first: one datagram, and nothing that changes
 * anything was sent since.
 */
bool packed_can_copy(const struct packed *p, const struct sent_list *sent);

/* Whether it is still what the newest state needs, cut for this path. */
bool packed_can_repeat(const struct packed *p, const struct sent_list *sent, size_t piece_bytes);

#endif
