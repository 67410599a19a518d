/* The status line of the escape key. */
#include "session/status.h"

#include <inttypes.h>
#include <stdio.h>

void
status_text(const struct status *s, char out[STATUS_TEXT_BYTES])
{
    char rtt[32] = "not measured", server[64] = "";
    if (s->link->rtt_samples > 0)
        snprintf(rtt, sizeof rtt, "%.0f ms", s->link->srtt_ms);
    if (s->server != NULL)
        snprintf(server, sizeof server, "%.47s port %u, ", s->server, (unsigned)s->port);
    snprintf(out, STATUS_TEXT_BYTES,
             "%sRTT %s, loss %u %%, heard %" PRIu64 " s ago, path %" PRIu64 "; predicted %" PRIu64
             " (%" PRIu64 " wrong); Skua " SKUA_VERSION ", server speaks %s",
             server, rtt, (unsigned)((s->link->loss_permille + 5) / 10), s->silent_ms / 1000,
             s->link->paths_opened, s->predict->shown, s->predict->refuted,
             s->peer->version != 0 ? "Skua" : "Mosh");
}
