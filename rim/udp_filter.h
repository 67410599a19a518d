/*
 * A classic BPF filter that lets the kernel drop what cannot be a packet for us before it wakes the
 * process: wrong length, or sent by our own side. Only a saving: the same is checked after
 * receiving.
 */
#ifndef SKUA_RIM_UDP_FILTER_H
#define SKUA_RIM_UDP_FILTER_H

#include <stdbool.h>

#include "rim/udp.h"

/*
 * Smallest packet: 8 bytes of nonce, 4 of timestamps, 10 of fragment header, 1 of body, 16 of tag.
 */
#define UDP_FILTER_MIN_BYTES 39

/*
 * Attach the filter of that end. False if the system has no such filters; the socket then works as
 * before. Source docs/SECURITY.md, "Prefilter"; the direction bit is docs/PROTOCOL.md, "Nonce".
 */
bool udp_filter_attach(struct udp *u, enum udp_end end);

#endif
