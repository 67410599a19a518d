/*
 * How large a datagram may be on one path. Every decision about size is made here: the budget of
 * the family at first, the floor when something said or showed that large ones do not arrive, and
 * the budget again after a while, because paths change.
 */
#ifndef SKUA_NET_PATH_MTU_H
#define SKUA_NET_PATH_MTU_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* UDP payload: 1280 less IP and UDP headers, v6 with room for extensions. */
#define MTU_BUDGET_V4_BYTES 1252
#define MTU_BUDGET_V6_BYTES 1216
#define MTU_FLOOR_BYTES     500
#define MTU_RAISE_MS        600000 /* RFC 8899 §5.1.1, PMTU_RAISE_TIMER */

/* What the socket speaks. A dual-stack socket is PATH_FAMILY_V6. */
enum path_family { PATH_FAMILY_V4, PATH_FAMILY_V6 };

struct mtu {
    size_t full_bytes;
    bool shrunk;
    uint64_t shrunk_ms;
};

/* The family's budget. */
void mtu_init(struct mtu *mtu, enum path_family family);

/*
 * Large datagrams do not get through: the OS said so, or large ones go unanswered while small ones
 * arrive. The budget is MTU_FLOOR_BYTES until MTU_RAISE_MS later. Whatever size a router claims
 * (0, 68, a forgery), the floor is the floor.
 */
void mtu_shrink(struct mtu *mtu, uint64_t now_ms);

/* UDP payload bytes that a datagram may have now. */
size_t mtu_budget_bytes(const struct mtu *mtu, uint64_t now_ms);

#endif
