/* docs/PROTOCOL.md, "Timestamps". The casts are the wrapping. */
#include "net/datagram/timestamp.h"

uint16_t
timestamp_of(uint64_t now_ms)
{
    uint16_t timestamp = (uint16_t)now_ms;
    return timestamp == TIMESTAMP_NONE ? 0 : timestamp;
}

uint16_t
timestamp_later(uint16_t timestamp, uint64_t by_ms)
{
    return (uint16_t)(timestamp + by_ms);
}

uint16_t
timestamp_earlier(uint16_t timestamp, uint64_t by_ms)
{
    return (uint16_t)(timestamp - by_ms);
}

uint16_t
timestamp_age_ms(uint16_t echoed, uint64_t now_ms)
{
    return (uint16_t)(now_ms - echoed);
}
