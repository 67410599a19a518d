/*
 * What the link knows about the way to the peer, as a plain value: the transport paces itself by it
 * and never sees a packet or a socket.
 */
#ifndef SKUA_NET_PATH_TIMING_H
#define SKUA_NET_PATH_TIMING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct link_timing {
    uint64_t srtt_ms;          /* smoothed round trip, rounded up; 1000 before the first sample */
    uint64_t rto_ms;           /* retransmission timeout, 50..60000 */
    uint64_t send_interval_ms; /* half a round trip, 20..250; 250 before the first sample */
    bool has_sample;           /* the three above are measured, not guessed */
    uint64_t rtt_ms;           /* the newest sample, as it was; 0 before the first */
    uint64_t rtt_samples;      /* how many there were */

    size_t piece_bytes; /* of an instruction, at most, in one datagram: budget - 38 */
    bool has_peer;      /* there is an address to send to and a path to send on */

    /*
     * Datagram bytes that may still be sent before the peer has proved that it is at its new
     * address; SIZE_MAX when it has. When this is small, prefer a small state that the peer can
     * acknowledge over a large one that cannot arrive whole. Always SIZE_MAX at the client.
     */
    size_t allowance_bytes;

    bool has_heard;         /* an authentic packet arrived, ever */
    uint64_t last_heard_ms; /* when the newest one did; 0 before */

    uint32_t loss_permille; /* of the peer's packets that did not come; the guess for ours */

    uint32_t send_failures; /* datagrams in a row that the OS refused; 0: the last one went out */
};

#endif
