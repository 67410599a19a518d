/*
 * A download by somebody else over the same link: fills the queue in front of it, gives way when
 * something is dropped, and fills it again. About what one TCP connection with CUBIC does.
 */
#ifndef SKUA_TESTS_SIM_DOWNLOAD_H
#define SKUA_TESTS_SIM_DOWNLOAD_H

#include <stdbool.h>
#include <stdint.h>

#include "wire.h"

struct download {
    bool is_on;
    bool has_lost; /* ever: the doubling is over */
    double window; /* segments that may be under way */
    uint32_t under_way;
    uint64_t cut_ms; /* when the window was last cut */
    uint64_t rtt_ms; /* of the newest segment */
};

void download_start(struct download *d);

/* Send what the window allows. */
void download_send(struct download *d, struct wire *down, uint64_t now_ms);

/* A segment arrived: it is acknowledged. And the acknowledgement. */
void download_segment(struct wire *up, const struct wire_packet *p, uint64_t now_ms);
void download_ack(struct download *d, const struct wire_packet *p, uint64_t now_ms);

#endif
