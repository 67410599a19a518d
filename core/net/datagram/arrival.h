/*
 * How a datagram came in and how one goes out: what travels beside the bytes between the core and
 * whoever has the sockets.
 */
#ifndef SKUA_NET_DATAGRAM_ARRIVAL_H
#define SKUA_NET_DATAGRAM_ARRIVAL_H

#include <stdbool.h>
#include <stdint.h>

#include "base/addr.h"

/* The two low bits of the IPv4 TOS or IPv6 traffic class. RFC 3168 §5. */
#define ECN_NOT_ECT 0
#define ECN_ECT0    2
#define ECN_CE      3

struct arrival {
    uint32_t path;    /* number of the path whose socket it came from */
    struct addr from; /* the sender's address */
    struct addr to;   /* the address of ours that it was sent to; unset if not known */
    uint8_t ecn;      /* ECN_* */
    uint64_t at_ms;   /* on the clock of now_ms: when the kernel got it, if it says; else 0 */
};

struct departure {
    uint32_t path;    /* number of the path whose socket it leaves by */
    struct addr to;   /* where it goes */
    struct addr from; /* the address of ours to send from; unset: the kernel picks */
    uint8_t ecn;      /* ECN_* to mark it with */
    bool is_look;     /* by a path that is not in use: if it can't be sent, nothing is wrong */
};

#endif
