/*
 * A model of stock's datagram layer: sequence numbers, timestamps, round-trip time, whom the server
 * follows and when the client takes another port. Our packet codec, stock's rules: docs/PROTOCOL.md says
 * what stock does, and where ours differs.
 */
#ifndef SKUA_TESTS_SIM_STOCK_LINK_H
#define SKUA_TESTS_SIM_STOCK_LINK_H

#include <stdbool.h>
#include <stdint.h>

#include "base/addr.h"
#include "base/buf.h"
#include "base/view.h"
#include "net/crypto/aes_ocb.h"
#include "net/crypto/key.h"
#include "net/datagram/arrival.h"
#include "net/datagram/echo.h"

struct stock_link {
    bool is_server;
    struct aes_ocb *ocb;
    uint64_t next_sequence, expected;
    struct echo echo;
    bool has_sample;
    double srtt_ms, rttvar_ms;
    bool has_peer;
    struct addr peer, local;
    uint64_t last_heard_ms;
    size_t piece_bytes;

    /* The client's sockets: numbers oldest_path..path are open, the newest sends. */
    uint32_t path, oldest_path;
    uint64_t chosen_ms, roundtrip_ms;
    uint64_t sent, received; /* datagrams */
};

/* server: where a client sends for ever; NULL makes a server, on path 1. is_inet6 is the socket's. */
void stock_link_init(struct stock_link *l, const struct key *key, const struct addr *server,
                     bool is_inet6, uint64_t now_ms);
void stock_link_fini(struct stock_link *l);

/* Open a datagram. Returns false for what stock drops; *payload borrows from scratch. */
bool stock_link_receive(struct stock_link *l, struct view datagram, const struct arrival *how,
                        struct buf *scratch, struct view *payload, uint64_t now_ms);

/* Seal one, then do what stock does after each send: forget a silent client, or hop. */
void stock_link_send(struct stock_link *l, struct view payload, struct buf *out,
                     struct departure *how, uint64_t now_ms);

/* A state of ours that was last transmitted at sent_ms is acknowledged. */
void stock_link_note_roundtrip(struct stock_link *l, uint64_t sent_ms);

uint64_t stock_link_rto_ms(const struct stock_link *l);
uint64_t stock_link_interval_ms(const struct stock_link *l);

#endif
