/* docs/PROTOCOL.md, "Timestamps". */
#include "net/datagram/echo.h"

#include "net/datagram/timestamp.h"

void
echo_hold(struct echo *echo, uint16_t timestamp, bool marked, uint64_t at_ms)
{
    if (marked)
        timestamp = timestamp_earlier(timestamp, ECHO_MARK_DELAY_MS);
    *echo = (struct echo){ .is_held = true, .timestamp = timestamp, .at_ms = at_ms };
}

uint16_t
echo_take(struct echo *echo, uint64_t now_ms)
{
    if (!echo->is_held)
        return TIMESTAMP_NONE;
    echo->is_held = false;
    uint64_t hold_ms = now_ms > echo->at_ms ? now_ms - echo->at_ms : 0;
    if (hold_ms >= ECHO_HOLD_MAX_MS)
        return TIMESTAMP_NONE;
    return timestamp_later(echo->timestamp, hold_ms);
}
