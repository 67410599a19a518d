/*
 * Which path the client sends on. A firewall may have forgotten our port: after ten seconds
 * without an answered state a new path is wanted, and the ones before it stay readable for a
 * minute. Before the first answer, the server's other addresses are tried too; the first one that
 * answers is kept. Later they are turned to in a search when nothing is answered any more, and looked at
 * now and then in case that one of them has become better (scout.h).
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
#include "net/path/roster.h"
#include "net/path/scout.h"

#define RACE_PEERS_MAX    8     /* addresses of one server; more are ignored */
#define RACE_HOP_MS       10000 /* without a round trip, and since the last choice */
#define RACE_RETIRE_MS    60000 /* after the last choice, or use, others are closed */
#define RACE_BAD_MS       30000 /* an address that cannot be sent to is left alone */
#define RACE_BOTH_MS      1500  /* of a search what is sent goes both ways, then in turns */
#define RACE_START_MS     250   /* before the first answer: then the next address */
#define RACE_CANDIDATE_MS 1000  /* from one address that cannot be sent to to the next */

struct path_order {
    enum path_order_kind { PATH_ORDER_OPEN, PATH_ORDER_CLOSE } what;
    uint32_t path;           /* the number to open or close */
    enum path_family family; /* of the socket to open */
    uint32_t peer;           /* which of the server's addresses it is for */
    bool is_scout;           /* only to look there: if it can't be opened, nothing is wrong */
};

struct race {
    struct roster roster;
    uint32_t current; /* id of the path to send on; 0: none yet */
    enum path_family families[RACE_PEERS_MAX];
    uint32_t peer_count;
    uint32_t attempts; /* paths wanted before the first answer: round the peers in turn */
    uint32_t home;     /* the peer that answered last on the path in use */
    bool has_heard;
    bool is_searching; /* turned away from an address that did not answer: which one does? */
    uint64_t search_ms;
    uint32_t search_peer; /* the one that it began at */
    struct scout scout;
    uint32_t look_path;    /* the next datagram leaves there; 0: on the path in use */
    uint64_t look_cost_ms; /* what the path in use takes; what is lost there counts, too */
    bool must_lead;        /* the server was led away by a look */
    bool is_look_blocked;  /* it is time for one, but something has to happen first */
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
 * A datagram was handed out for race_outgoing(). Asks for a new path if the time has come.
 *
 * roundtrip_ms  when the newest of our states that the peer acknowledged was last transmitted
 * Source        docs/PROTOCOL.md, "Port hopping": after each send, both clocks past RACE_HOP_MS.
 */
void race_note_sent(struct race *race, uint64_t roundtrip_ms, uint64_t now_ms);

/*
 * What was sent on the current path went unanswered and was repeated, for the tries-th time in a row: search
 * among the server's addresses. In silence that begins with the first repetition, while something of the
 * server arrives with the second (its packets do, ours may not). Each further repetition changes the path in
 * use, until one has answered.
 *
 * Returns  whether a search begins with this.
 */
bool race_turn(struct race *race, uint32_t tries, bool is_silent, uint64_t now_ms);

/*
 * In the first RACE_BOTH_MS of a search: the path on which what is sent should be sent, too, after the one in
 * use. NULL: none is needed, or none is open yet; one was asked for.
 */
const struct path *race_other(struct race *race, uint64_t now_ms);

/*
 * A newest authentic packet arrived on path id. The first ever decides which path is kept.
 *
 * answers_ms  when that packet of ours left whose timestamp it returns; 0 if it returns none
 */
void race_note_heard(struct race *race, uint32_t id, uint64_t answers_ms, uint64_t now_ms);

/*
 * The packet that arrived on path id acknowledges what was sent at sent_ms. If that was during the search,
 * our packets reach the server, and it answers there: the search is over.
 */
void race_note_acked(struct race *race, uint32_t id, uint64_t sent_ms, uint64_t now_ms);

/* The user did something. */
void race_note_active(struct race *race, uint64_t now_ms);

/*
 * Ask before each datagram: whether one should leave now though nobody has anything to say. Either it is a
 * look at another path, and race_note_sent() will be told that path; or the server, which follows whatever
 * was sent last, is to be led back to the path in use, or on to a better one.
 *
 * is_calm  nothing of ours is unanswered
 * loss     of 1000, of the packets that come
 */
bool race_wants_packet(struct race *race, bool is_calm, uint32_t loss, uint64_t now_ms);

/* Whether a look is under way, or was so lately that what goes unanswered may be its doing. */
bool race_is_looking(const struct race *race, uint64_t now_ms);

/* Where the next datagram leaves: the path in use, or one to be looked at. NULL: none is open yet. */
const struct path *race_outgoing(const struct race *race);

/*
 * An event on path id; unknown numbers are ignored. A path that comes up is the one to send on.
 * When the OS cannot send to one of the server's addresses, the next one is turned to, at most
 * once in RACE_CANDIDATE_MS: the network that we moved to may have the other family only.
 */
void race_note_event(struct race *race, uint32_t id, enum path_event what, uint64_t now_ms);

#endif
