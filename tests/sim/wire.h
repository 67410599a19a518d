/*
 * One direction of a simulated network: delay, jitter, loss (single and in bursts), duplication,
 * reordering, a rate with a drop-tail queue, an MTU hole, outages. Virtual time, one seed.
 */
#ifndef SKUA_TESTS_SIM_WIRE_H
#define SKUA_TESTS_SIM_WIRE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/addr.h"
#include "base/view.h"
#include "dice.h"

struct wire_config {
    uint32_t delay_ms, jitter_ms;         /* one way; jitter is added, uniform, order kept */
    uint32_t loss_permille;               /* each datagram by itself */
    uint32_t burst_good_ms, burst_bad_ms; /* mean lengths of good and bad spells; 0: all good */
    uint32_t burst_loss_permille;         /* loss in a bad spell */
    uint32_t duplicate_permille;
    uint32_t reorder_permille, reorder_ms; /* held back by up to reorder_ms */
    uint32_t rate_bytes_per_s;             /* 0: unlimited */
    uint32_t queue_bytes;                  /* drop-tail in front of the rate */
    uint32_t mtu_bytes;                    /* larger UDP payloads vanish; 0: none do */
};

struct wire_packet {
    struct wire_packet *next;
    uint64_t due_ms;
    uint64_t left_ms; /* the queue */
    bool is_cross;    /* of somebody else */
    struct addr from, to;
    size_t len;
    uint8_t bytes[];
};

struct wire {
    struct wire_config config;
    struct dice dice;
    bool is_cut; /* everything vanishes */
    bool in_burst;
    uint64_t burst_until_ms; /* when the present spell ends */
    uint64_t free_ms;        /* when the rate has room */
    uint64_t last_due_ms;
    struct wire_packet *first, *last; /* sorted by due_ms */
    uint64_t own_waiting_max_bytes;   /* of ours in the queue before one of ours, at most ever */
    uint64_t sent, sent_bytes, lost;
};

void wire_init(struct wire *w, const struct wire_config *config, uint64_t seed);
void wire_fini(struct wire *w);

/* A datagram enters. */
void wire_send(struct wire *w, struct view bytes, const struct addr *from, const struct addr *to,
               uint64_t now_ms);

/* The same of somebody else who shares the link. Returns false if it found the queue full. */
bool wire_send_cross(struct wire *w, struct view bytes, uint64_t now_ms);

/* The next datagram that has arrived by now: the caller frees it. NULL: none. */
struct wire_packet *wire_next(struct wire *w, uint64_t now_ms);

/* When the next one arrives. UINT64_MAX: nothing is under way. */
uint64_t wire_deadline_ms(const struct wire *w);

#endif
