/* docs/PROTOCOL.md, "What one end can do". */
#include "net/transport/cadence.h"

uint64_t
cadence_silence_ms(const struct cadence *c, uint64_t idle_ms)
{
    if (idle_ms < (c->is_metered ? CADENCE_IDLE_METERED_MS : CADENCE_IDLE_MS))
        return CADENCE_HEARTBEAT_MS;
    if (!c->peer_is_skua)
        return CADENCE_IDLE_STOCK_MS;
    return c->is_metered ? CADENCE_IDLE_SPARSE_MS : CADENCE_IDLE_SKUA_MS;
}

uint64_t
cadence_heartbeat_ms(const struct cadence *c, const struct link_timing *timing, uint64_t idle_ms,
                     bool is_answer)
{
    bool is_steady = timing->has_sample && timing->loss_permille < CADENCE_IDLE_LOSS &&
                     timing->rto_ms <= timing->srtt_ms + CADENCE_IDLE_JITTER_MS;
    bool may_be_late = is_steady || (c->is_metered && c->peer_is_skua);
    uint64_t ms = may_be_late ? cadence_silence_ms(c, idle_ms) : CADENCE_HEARTBEAT_MS;
    return is_answer && ms > CADENCE_HEARTBEAT_MS ? ms + CADENCE_IDLE_APART_MS : ms;
}

uint64_t
cadence_ack_spacing_ms(const struct link_timing *timing)
{
    return timing->loss_permille < CADENCE_ACK_LOSSY ? CADENCE_ACK_MS : CADENCE_ACK_SOON_MS;
}

uint64_t
cadence_dead_ms(uint64_t silent_ms, bool peer_is_skua)
{
    if (silent_ms >= CADENCE_LONGER_MS)
        return CADENCE_DEAD_LONGER_MS;
    return silent_ms >= CADENCE_LONG_MS || !peer_is_skua ? CADENCE_DEAD_LONG_MS : CADENCE_DEAD_MS;
}

uint32_t
cadence_copies(uint64_t loss)
{
    uint32_t copies = 0;
    for (uint64_t all = loss; all > CADENCE_COPY_RESIDUE && copies < CADENCE_COPIES_MAX; copies++)
        all = all * loss / 1000;
    return copies;
}
