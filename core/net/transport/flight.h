/*
 * What is under way to the peer, in bytes, and whether a frame should wait until some of it has arrived.
 * Keys and acknowledgements never wait: they count, but nobody asks for them.
 */
#ifndef SKUA_NET_TRANSPORT_FLIGHT_H
#define SKUA_NET_TRANSPORT_FLIGHT_H

#include <stdbool.h>
#include <stdint.h>

#include "net/path/congestion.h"
#include "net/path/timing.h"
#include "net/transport/packed.h"
#include "net/transport/sent_list.h"

/* IPv6, UDP, and what the link and the fragment put around a piece. */
#define FLIGHT_HEADERS_BYTES 86

/* The answer to input may go beyond the window by so much. */
#define FLIGHT_ANSWER_BYTES (2 * CONGESTION_DATAGRAM_BYTES)

struct flight {
    struct congestion congestion;
    uint64_t rtt_samples; /* that were taken into account */
};

void flight_init(struct flight *f);

/* What is packed leaves, for the first time or again; its state is the list's newest, if it has one. */
void flight_note_sent(struct flight *f, const struct packed *packed, struct sent_list *sent);

/* The list's first state was acknowledged. */
void flight_note_acked(struct flight *f, const struct sent_list *sent);

/* A repetition is due. */
void flight_note_loss(struct flight *f, const struct link_timing *timing, uint64_t now_ms);

/* Learn from the newest round trip. */
void flight_look(struct flight *f, const struct link_timing *timing, uint64_t now_ms);

/* Whether a frame should wait. is_answer: to input that came after the last one. */
bool flight_is_full(struct flight *f, const struct sent_list *sent, bool is_answer);

#endif
