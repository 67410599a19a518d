/*
 * The peer's newest timestamp, on its way back: held until our next datagram and echoed there once,
 * moved by the time that it was held, so that the peer measures the network and not us.
 */
#ifndef SKUA_NET_DATAGRAM_ECHO_H
#define SKUA_NET_DATAGRAM_ECHO_H

#include <stdbool.h>
#include <stdint.h>

#define ECHO_HOLD_MAX_MS 1000 /* held for this long or longer: not echoed */
#define ECHO_MARK_DELAY_MS                                                                         \
    500 /* what a congestion mark adds to the round trip that the peer sees */

struct echo {
    bool is_held;
    uint16_t timestamp;
    uint64_t at_ms;
};

/*
 * Hold this timestamp instead of any other.
 *
 * marked  its packet came with congestion experienced: an honest echo would hide it
 * at_ms   when the packet arrived
 */
void echo_hold(struct echo *echo, uint16_t timestamp, bool marked, uint64_t at_ms);

/* The reply for a datagram that leaves now, or TIMESTAMP_NONE. Nothing is held afterwards. */
uint16_t echo_take(struct echo *echo, uint64_t now_ms);

#endif
