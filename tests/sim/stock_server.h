/*
 * A model of stock's server: one datagram and one read of the pty in a pass, an echo acknowledgement 50 ms
 * after input went to the program, frames as its pacing allows.
 */
#ifndef SKUA_TESTS_SIM_STOCK_SERVER_H
#define SKUA_TESTS_SIM_STOCK_SERVER_H

#include "stock_peer.h"
#include "term/screen/screen.h"

struct stock_server;

/* is_inet6: its socket is a dual-stack one (-i ::). */
struct stock_server *
stock_server_new(const struct key *key, bool is_inet6, uint64_t seed, uint64_t now_ms);
void stock_server_free(struct stock_server *s);

/* One pass of its loop each, up to but not including the sending: next_datagram() has that. */
void stock_server_receive(struct stock_server *s, struct view datagram, const struct arrival *how,
                          uint64_t now_ms);
void stock_server_pty_output(struct stock_server *s, struct view bytes, uint64_t now_ms);
void stock_server_tick(struct stock_server *s, uint64_t now_ms);

/* Bytes for the program; the caller clears what it took. */
struct buf *stock_server_pty_input(struct stock_server *s);

bool stock_server_next_datagram(struct stock_server *s, struct buf *out, struct departure *how,
                                uint64_t now_ms);
uint64_t stock_server_deadline_ms(struct stock_server *s, uint64_t now_ms);

/* The shell is gone. */
void stock_server_shutdown(struct stock_server *s, uint64_t now_ms);
bool stock_server_is_over(const struct stock_server *s, uint64_t now_ms);

/* Whether a client was heard ever; whether there is one to send to: it forgets a silent one. */
bool stock_server_has_client(const struct stock_server *s);
bool stock_server_has_peer(const struct stock_server *s);

/* What its emulator shows; a new reference. */
struct screen *stock_server_snapshot(struct stock_server *s, uint64_t now_ms);

#endif
