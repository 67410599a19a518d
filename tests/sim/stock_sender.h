/*
 * A model of stock's sender: the list of sent states, what is assumed of the peer, and the times at which
 * it acknowledges, sends and repeats. It sends one thing at a time and waits a send interval after
 * anything.
 */
#ifndef SKUA_TESTS_SIM_STOCK_SENDER_H
#define SKUA_TESTS_SIM_STOCK_SENDER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "net/transport/syncable.h"
#include "net/wire/instruction.h"

#define STOCK_SENT_MAX 32

/* What the datagram layer knows at the moment. */
struct stock_timing {
    uint64_t rto_ms, interval_ms;
    bool has_peer;
};

struct stock_sent {
    uint64_t num, at_ms;
    struct state state;
};

struct stock_sender {
    struct syncable object;
    struct state current;
    struct stock_sent sent[STOCK_SENT_MAX + 1]; /* ascending; the first is acknowledged */
    size_t count, assumed;
    uint64_t ack_due_ms, send_due_ms, first_change_ms, mindelay_ms;
    bool has_change;
    uint64_t heard_ms, ack_num;
    bool ack_pending;
    bool is_shutting;
    uint32_t tries;
    uint64_t shutdown_ms;
    struct buf diff, resend;
};

/* first: number 0; the reference is taken over. */
void stock_sender_init(struct stock_sender *s, const struct syncable *object, struct state first,
                       uint64_t mindelay_ms, uint64_t now_ms);
void stock_sender_fini(struct stock_sender *s);

/* The live object is now this. The reference is taken over. */
void stock_sender_publish(struct stock_sender *s, struct state current);

/* When the next tick has something to do. UINT64_MAX: never. */
uint64_t stock_sender_deadline_ms(struct stock_sender *s, const struct stock_timing *timing,
                                  uint64_t now_ms);

/* One pass. Returns whether *out is to be transmitted; its diff is borrowed until the next call. */
bool stock_sender_tick(struct stock_sender *s, const struct stock_timing *timing,
                       struct instruction *out, uint64_t now_ms);

/* The peer acknowledges num. Returns when that state was last transmitted. */
uint64_t stock_sender_ack(struct stock_sender *s, uint64_t num);

void stock_sender_shutdown(struct stock_sender *s, uint64_t now_ms);

/* Ours is acknowledged, or was tried often enough. */
bool stock_sender_is_over(const struct stock_sender *s, uint64_t now_ms);

#endif
