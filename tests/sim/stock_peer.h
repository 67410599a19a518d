/*
 * A model of one end of stock's transport, over the same objects as ours: sender, receiver, one partial
 * instruction, one datagram a pass. Our codecs carry it, so it talks to our ends and to itself.
 */
#ifndef SKUA_TESTS_SIM_STOCK_PEER_H
#define SKUA_TESTS_SIM_STOCK_PEER_H

#include <stdbool.h>
#include <stdint.h>

#include "stock_link.h"
#include "stock_sender.h"

struct stock_peer_config {
    const struct key *key;
    const struct addr *server; /* the client's target; NULL: this is the server */
    bool is_inet6;
    struct syncable outgoing, incoming;
    struct state first_outgoing, first_incoming; /* references are taken over */
    uint64_t seed;
};

struct stock_peer;

struct stock_peer *stock_peer_new(const struct stock_peer_config *config, uint64_t now_ms);
void stock_peer_free(struct stock_peer *p);

/* Read one datagram. The pass goes on with stock_peer_tick(). */
void stock_peer_receive(struct stock_peer *p, struct view datagram, const struct arrival *how,
                        uint64_t now_ms);

/* The object is now this; the reference is taken over. */
void stock_peer_publish(struct stock_peer *p, struct state current);

/* The end of a pass: what is due is made ready for stock_peer_next_datagram(). */
void stock_peer_tick(struct stock_peer *p, uint64_t now_ms);
bool stock_peer_next_datagram(struct stock_peer *p, struct buf *out, struct departure *how,
                              uint64_t now_ms);
uint64_t stock_peer_deadline_ms(struct stock_peer *p, uint64_t now_ms);

/* The peer's newest state, borrowed; its number; when it came. */
const struct state *stock_peer_newest(const struct stock_peer *p);
uint64_t stock_peer_newest_num(const struct stock_peer *p);
uint64_t stock_peer_newest_ms(const struct stock_peer *p);

/* The number of the newest state of ours that was sent. */
uint64_t stock_peer_sent_num(const struct stock_peer *p);

/* When the newest acknowledged state of ours was last transmitted. */
uint64_t stock_peer_acked_ms(const struct stock_peer *p);

void stock_peer_shutdown(struct stock_peer *p, uint64_t now_ms);
bool stock_peer_is_shutting(const struct stock_peer *p);

/* Ours is acknowledged or given up; the peer's is acknowledged. */
bool stock_peer_is_over(const struct stock_peer *p, uint64_t now_ms);
bool stock_peer_is_acked(const struct stock_peer *p);

const struct stock_link *stock_peer_link(const struct stock_peer *p);

#endif
