/*
 * Which path the client sends on. A firewall may have forgotten our port: after ten seconds
 * without an answered state a new path is wanted, and the ones before it stay readable for a
 * minute. Before the first answer, the server's other addresses are tried too; the first one that
 * answers is kept.
 *
 * The race opens no sockets. It gives orders by path number; whoever has the sockets obeys them and
 * reports PATH_UP or PATH_DOWN.
 */
#ifndef SKUA_NET_PATH_RACE_H
#define SKUA_NET_PATH_RACE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "net/path/path.h"

#define RACE_PEERS_MAX    8                    /* addresses of one server; more are ignored */
#define RACE_PATHS_MAX    10                   /* open at once; docs/PROTOCOL.md, "Port hopping" */
#define RACE_SLOTS        (2 * RACE_PATHS_MAX) /* with those that wait to be closed */
#define RACE_HOP_MS       10000                /* without a round trip, and since the last choice */
#define RACE_RETIRE_MS    60000                /* after the last choice the others are closed */
#define RACE_BAD_MS       30000                /* an address that cannot be sent to is left alone */
#define RACE_START_MS     250                  /* before the first answer: then the next address */
#define RACE_CANDIDATE_MS 1000 /* from one address that cannot be sent to to the next */

struct path_order {
    enum path_order_kind { PATH_ORDER_OPEN, PATH_ORDER_CLOSE } what;
    uint32_t path;           /* the number to open or close */
    enum path_family family; /* of the socket to open */
    uint32_t peer;           /* which of the server's addresses it is for */
};

struct race {
    struct path slot[RACE_SLOTS]; /* oldest first; none is missing in between */
    size_t count;
    uint32_t current; /* id of the path to send on; 0: none yet */
    uint32_t next_id;
    enum path_family families[RACE_PEERS_MAX];
    uint32_t peer_count;
    uint32_t attempts; /* paths wanted before the first answer: round the peers in turn */
    uint32_t home;     /* the peer that answered last on the path in use */
    bool has_heard;
    bool
        is_searching; /* turned away from an address that did not answer: the first that does is kept */
    uint64_t bad_until_ms[RACE_PEERS_MAX]; /* the host cannot send there: not turned to before */
    bool is_fixed;                         /* never wants another path */
    uint64_t chosen_ms;
};

/*
 * A race towards a server with 1..RACE_PEERS_MAX addresses of these families, best first. A path to
 * the first is wanted at once.
 */
void race_init(struct race *race, const enum path_family *families, size_t count, uint64_t now_ms);

/* A race of one: the server's socket, which is open already and never replaced. No orders. */
void race_init_fixed(struct race *race, uint32_t id, enum path_family family);

/*
 * The next order, until false. An OPEN is answered with race_note_event(PATH_UP, or PATH_DOWN if no
 * socket could be had). A CLOSE needs no answer: the number is forgotten, events on it are ignored.
 */
bool race_next_order(struct race *race, struct path_order *out, uint64_t now_ms);

/* When orders may be due by time alone. UINT64_MAX: never. */
uint64_t race_deadline_ms(const struct race *race);

/* The path to send on, or NULL if none is open yet. Borrowed until the next change. */
const struct path *race_current(const struct race *race);

/* The path with this number, or NULL if there is none. Borrowed until the next change. */
struct path *race_find(struct race *race, uint32_t id);

/*
 * A datagram was handed out. Asks for a new path if the time has come.
 *
 * roundtrip_ms  when the newest of our states that the peer acknowledged was last transmitted
 * Source        docs/PROTOCOL.md, "Port hopping": after each send, both clocks past RACE_HOP_MS.
 */
void race_note_sent(struct race *race, uint64_t roundtrip_ms, uint64_t now_ms);

/*
 * What was sent on the current path had to be repeated, and nothing was heard meanwhile: turn to the
 * server's next address. Whichever answers first is kept.
 *
 * Returns  whether that address has an open path, which is the current one now. If not, one may have
 *          been asked for.
 */
bool race_turn(struct race *race, uint64_t now_ms);

/* A newest authentic packet arrived on path id. The first ever decides which path is kept. */
void race_note_heard(struct race *race, uint32_t id, uint64_t now_ms);

/*
 * An event on path id; unknown numbers are ignored. A path that comes up is the one to send on.
 * When the OS cannot send to one of the server's addresses, the next one is turned to, at most
 * once in RACE_CANDIDATE_MS: the network that we moved to may have the other family only.
 */
void race_note_event(struct race *race, uint32_t id, enum path_event what, uint64_t now_ms);

#endif
