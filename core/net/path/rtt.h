/*
 * Round-trip time as RFC 6298 smooths it, and the two intervals that come from it: when to send
 * again, and how often to send at all.
 */
#ifndef SKUA_NET_PATH_RTT_H
#define SKUA_NET_PATH_RTT_H

#include <stdbool.h>
#include <stdint.h>

#define RTT_SRTT_START_MS    1000.0 /* docs/PROTOCOL.md, "Constants" */
#define RTT_RTTVAR_START_MS  500.0
#define RTT_SAMPLE_LIMIT_MS  5000 /* a sample from here on may be a sleep: not taken on trust */
#define RTO_START_MS         1000 /* RFC 6298 (2.1) */
#define RTO_MIN_MS           50
#define RTO_MAX_MS           60000 /* RFC 6298 (2.5); a cap of 1000 re-sends all on slow paths */
#define SEND_INTERVAL_MIN_MS 20
#define SEND_INTERVAL_MAX_MS 250

struct rtt {
    double srtt_ms;
    double rttvar_ms;
    bool has_sample;
};

/* No sample yet. */
void rtt_init(struct rtt *rtt);

/*
 * Take a sample from echoed timestamps. One of RTT_SAMPLE_LIMIT_MS or more is ignored: a suspended
 * machine, a forged-looking echo and a wrapped clock all look like that.
 *
 * Returns  whether it was taken.
 * Source   RFC 6298 (2.2), (2.3); docs/PROTOCOL.md, "Round-trip time".
 */
bool rtt_sample(struct rtt *rtt, uint64_t sample_ms);

/* Retransmission timeout: ceil(SRTT + 4 RTTVAR), RTO_MIN_MS..RTO_MAX_MS; RTO_START_MS at first. */
uint64_t rtt_rto_ms(const struct rtt *rtt);

/* Send interval: ceil(SRTT / 2), SEND_INTERVAL_MIN_MS..SEND_INTERVAL_MAX_MS. */
uint64_t rtt_send_interval_ms(const struct rtt *rtt);

/* SRTT, rounded up. */
uint64_t rtt_smoothed_ms(const struct rtt *rtt);

#endif
