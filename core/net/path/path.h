/*
 * One way to the peer: a socket of ours and what was measured on it. A path is named by a number
 * that is never used twice in a link; the rim keeps the socket that belongs to it.
 */
#ifndef SKUA_NET_PATH_PATH_H
#define SKUA_NET_PATH_PATH_H

#include <stdbool.h>
#include <stdint.h>

#include "net/path/mtu.h"
#include "net/path/rtt.h"

/* What happened to a path outside of its datagrams: hints from the OS, no proof about the peer. */
enum path_event {
    PATH_UP,      /* its socket is open, or can send again */
    PATH_DOWN,    /* its socket could not be opened, or nothing can be sent on it for now */
    PATH_MOVED,   /* our address or route under it changed */
    PATH_UNSENT,  /* the OS did not take the last datagram; its sequence is used up */
    PATH_TOO_BIG, /* the same, because of its size */
    PATH_REFUSED, /* somebody said that nobody listens there: forgeable */
};

enum path_state {
    PATH_STATE_WANTED,  /* the core wants it; the rim was not told yet */
    PATH_STATE_OPENING, /* the rim was told */
    PATH_STATE_UP,
    PATH_STATE_DOWN,
    PATH_STATE_RETIRED, /* to be closed; the rim was not told yet */
};

struct path {
    uint32_t id;
    enum path_family family;
    enum path_state state;
    uint32_t peer; /* the client's: which of the server's addresses it sends to */
    bool is_scout; /* the client's: opened to look at that address, not to be sent on at once */
    uint64_t wanted_ms; /* the client's */
    struct rtt rtt;
    struct mtu mtu;
    bool has_heard;
    uint64_t last_heard_ms; /* newest authentic packet on it; 0 before */
    uint64_t last_sent_ms;  /* last datagram handed out that was not reported unsent; 0 before */
    uint32_t send_failures; /* in a row */

    /* What path_note_sent() replaced, for when its datagram turns out unsent. */
    uint64_t sent_before_ms;
    uint32_t failures_before;
};

/* A path in PATH_STATE_WANTED, nothing measured. */
void path_init(struct path *path, uint32_t id, enum path_family family);

/* Whether its socket exists, so that datagrams can be tried on it. */
bool path_is_open(const struct path *path);

/* A datagram was handed out for it. */
void path_note_sent(struct path *path, uint64_t now_ms);

/* An authentic packet that is the newest of its sender arrived on it. */
void path_note_heard(struct path *path, uint64_t now_ms);

/*
 * An event. PATH_UNSENT and PATH_TOO_BIG take the last path_note_sent() back; PATH_TOO_BIG also
 * shrinks the budget. PATH_MOVED and PATH_REFUSED change nothing here: they are reasons to probe.
 */
void path_note_event(struct path *path, enum path_event what, uint64_t now_ms);

#endif
