/* The status line of the escape key. */
#include "session/status.h"

#include <inttypes.h>
#include <stdio.h>

void
status_text(const struct link_stats *link, const struct predict_stats *predict,
            const struct hello *peer, char out[STATUS_TEXT_BYTES])
{
    char rtt[32] = "not measured";
    if (link->rtt_samples > 0)
        snprintf(rtt, sizeof rtt, "%.0f ms", link->srtt_ms);
    snprintf(out, STATUS_TEXT_BYTES,
             "RTT %s, sent %" PRIu64 ", received %" PRIu64 ", ports used %" PRIu64
             ", predicted %" PRIu64 " (%" PRIu64 " wrong), server speaks %s",
             rtt, link->packets_sent, link->packets_received, link->paths_opened, predict->shown,
             predict->refuted, peer->version != 0 ? "Skua" : "Mosh");
}
