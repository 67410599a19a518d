/* docs/PROTOCOL.md, "What one end can do". */
#include "net/transport/cadence.h"

uint64_t
cadence_silence_ms(uint64_t idle_ms)
{
    return idle_ms >= CADENCE_IDLE_MS ? CADENCE_IDLE_HEARTBEAT_MS : CADENCE_HEARTBEAT_MS;
}

uint64_t
cadence_heartbeat_ms(const struct link_timing *timing, uint64_t idle_ms, bool is_answer)
{
    bool is_steady = timing->has_sample && timing->loss_permille < CADENCE_IDLE_LOSS &&
                     timing->rto_ms <= timing->srtt_ms + CADENCE_IDLE_JITTER_MS;
    uint64_t ms = is_steady ? cadence_silence_ms(idle_ms) : CADENCE_HEARTBEAT_MS;
    return is_answer && ms > CADENCE_HEARTBEAT_MS ? ms + CADENCE_IDLE_APART_MS : ms;
}

uint64_t
cadence_dead_ms(uint64_t silent_ms, bool peer_is_skua)
{
    if (silent_ms >= CADENCE_LONGER_MS)
        return CADENCE_DEAD_LONGER_MS;
    return silent_ms >= CADENCE_LONG_MS || !peer_is_skua ? CADENCE_DEAD_LONG_MS : CADENCE_DEAD_MS;
}
