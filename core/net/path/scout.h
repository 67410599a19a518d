/*
 * Whether another of the server's addresses would be better than the one in use: when to look at it, and
 * what the looks say. A look is one packet that leaves by another path, and its answer.
 *
 * Looks are few. They happen while somebody is there and says nothing for a moment, or after news from
 * the network; they become rarer while they find nothing, and an idle session takes none.
 */
#ifndef SKUA_NET_PATH_SCOUT_H
#define SKUA_NET_PATH_SCOUT_H

#include <stdbool.h>
#include <stdint.h>

#define SCOUT_ACTIVE_MS 10000 /* after the user's last key, or news: nobody is there any more */
#define SCOUT_CALM_MS   160   /* beyond a timeout after the last key: its echo has come */
#define SCOUT_FIRST_MS  1000  /* from one look to the next, at first */
#define SCOUT_MAX_MS    60000 /* doubling up to here while nothing better is found */
#define SCOUT_WINS      3     /* looks in a row that found the other path better: move */
#define SCOUT_AGAIN_MS  60000 /* where it is moved to and lost again this soon is moved to later */
#define SCOUT_ANSWER_MS 120   /* what a peer takes to answer, at most: stock holds back for 100 */

/* The other path must take less by this, and by a quarter of the one in use. */
#define SCOUT_MARGIN_MS 10

struct scout {
    bool has_user; /* active_ms is set */
    uint64_t active_ms;
    uint64_t looked_ms;
    uint64_t every_ms;    /* from one look to the next */
    uint64_t patience_ms; /* what every_ms begins with: longer when a path comes and goes */
    bool has_peer;        /* peer is to be looked at, else the next one */
    uint32_t peer;        /* which of the server's addresses is looked at */
    uint32_t wins;
    bool has_moved; /* moved_ms is set */
    uint64_t moved_ms;

    bool is_out; /* a look waits for its answer */
    uint32_t path;
    uint64_t sent_ms, answer_by_ms;
};

void scout_init(struct scout *s, uint64_t now_ms);

/* The user did something. */
void scout_note_active(struct scout *s, uint64_t now_ms);

/* The network changed: look soon. */
void scout_note_change(struct scout *s, uint64_t now_ms);

/* The path in use failed, and another one is used now. */
void scout_note_turn(struct scout *s, uint64_t now_ms);

/*
 * When to look next, if all is calm: not before the last key has had time to be answered on the path in
 * use, with a retransmission timeout of rto_ms. UINT64_MAX: never, unless something happens.
 */
uint64_t scout_due_ms(const struct scout *s, uint64_t rto_ms);

/* It is time, but no look can be taken now: again later. */
void scout_note_attempt(struct scout *s, uint64_t now_ms);

/* A look left by path. now_cost_ms is what the path in use takes: a better one answers before. */
void scout_note_sent(struct scout *s, uint32_t path, uint64_t now_cost_ms, uint64_t now_ms);

/*
 * The look was answered after rtt_ms; the path in use takes now_cost_ms.
 *
 * Returns  whether to move there.
 */
bool scout_note_answer(struct scout *s, uint64_t rtt_ms, uint64_t now_cost_ms, uint64_t now_ms);

/* The look was not answered in time, or could not be taken. */
void scout_note_failure(struct scout *s);

#endif
