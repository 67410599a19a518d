/*
 * A model of stock's client: its loop reads one datagram or one chunk of keys in a pass, then sends what
 * is due. It predicts nothing.
 */
#ifndef SKUA_TESTS_SIM_STOCK_CLIENT_H
#define SKUA_TESTS_SIM_STOCK_CLIENT_H

#include "stock_peer.h"
#include "term/predict/predictor.h"
#include "term/screen/screen.h"

struct stock_client;

struct stock_client *
stock_client_new(const struct key *key, const struct addr *server, bool is_inet6, int rows,
                 int cols, uint64_t seed, uint64_t now_ms);
void stock_client_free(struct stock_client *c);

/* One pass of its loop each, up to but not including the sending: next_datagram() has that. */
void stock_client_receive(struct stock_client *c, struct view datagram, const struct arrival *how,
                          uint64_t now_ms);
void stock_client_type(struct stock_client *c, struct view keys, uint64_t now_ms);
void stock_client_resize(struct stock_client *c, int rows, int cols, uint64_t now_ms);
void stock_client_tick(struct stock_client *c, uint64_t now_ms);

bool stock_client_next_datagram(struct stock_client *c, struct buf *out, struct departure *how,
                                uint64_t now_ms);
uint64_t stock_client_deadline_ms(struct stock_client *c, uint64_t now_ms);

/* What it shows, borrowed; whether "Last contact" stands over it. */
const struct screen *stock_client_screen(const struct stock_client *c);
bool stock_client_shows_contact(const struct stock_client *c, uint64_t now_ms);

/* What its predictions would be told of the transport. */
struct predict_sync stock_client_sync(const struct stock_client *c);

/* The server ended the session, in order. */
bool stock_client_is_over(const struct stock_client *c, uint64_t now_ms);

#endif
