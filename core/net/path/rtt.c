/* RFC 6298 in floating point, as stock has it, so that both ends of a path agree on the figures. */
#include "net/path/rtt.h"

void
rtt_init(struct rtt *rtt)
{
    *rtt = (struct rtt){ .srtt_ms = RTT_SRTT_START_MS, .rttvar_ms = RTT_RTTVAR_START_MS };
}

static void
take(struct rtt *rtt, double sample_ms)
{
    if (!rtt->has_sample) {
        *rtt = (struct rtt){ sample_ms, sample_ms / 2, true };
        return;
    }
    double off_ms = rtt->srtt_ms - sample_ms;
    if (off_ms < 0)
        off_ms = -off_ms;
    rtt->rttvar_ms = 0.75 * rtt->rttvar_ms + 0.25 * off_ms;
    rtt->srtt_ms = 0.875 * rtt->srtt_ms + 0.125 * sample_ms;
}

bool
rtt_sample(struct rtt *rtt, uint64_t sample_ms)
{
    if (sample_ms >= RTT_SAMPLE_LIMIT_MS)
        return false;
    take(rtt, (double)sample_ms);
    return true;
}

/* Samples are at most RTT_SAMPLE_LIMIT_MS, so no figure comes near the integer's end. */
static uint64_t
round_up(double ms)
{
    uint64_t whole = (uint64_t)ms;
    return (double)whole < ms ? whole + 1 : whole;
}

static uint64_t
clamp(uint64_t ms, uint64_t min_ms, uint64_t max_ms)
{
    if (ms < min_ms)
        return min_ms;
    return ms > max_ms ? max_ms : ms;
}

uint64_t
rtt_rto_ms(const struct rtt *rtt)
{
    if (!rtt->has_sample)
        return RTO_START_MS;
    return clamp(round_up(rtt->srtt_ms + 4 * rtt->rttvar_ms), RTO_MIN_MS, RTO_MAX_MS);
}

uint64_t
rtt_send_interval_ms(const struct rtt *rtt)
{
    return clamp(round_up(rtt->srtt_ms / 2), SEND_INTERVAL_MIN_MS, SEND_INTERVAL_MAX_MS);
}

uint64_t
rtt_smoothed_ms(const struct rtt *rtt)
{
    return round_up(rtt->srtt_ms);
}
