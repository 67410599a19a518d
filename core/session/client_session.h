/*
 * The client's whole end of a session without its sockets and its terminal: keys in, bytes for the
 * terminal out, datagrams both ways, orders for sockets.
 *
 * It never calls out. The terminal's bytes are pulled when the terminal can take them, so a slow
 * terminal skips screens and never queues them.
 */
#ifndef SKUA_SESSION_CLIENT_SESSION_H
#define SKUA_SESSION_CLIENT_SESSION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/trace.h"
#include "base/view.h"
#include "net/datagram/arrival.h"
#include "net/datagram/link.h"
#include "net/transport/transport.h"
#include "term/outer/caps.h"
#include "term/predict/predictor.h"
#include "term/screen/record.h"
#include "term/screen/screen.h"

struct client_session_config {
    const struct key *key; /* copied; the caller wipes its own */
    const struct link_peer *peers;
    const char *const *peer_names; /* for people; borrowed as name is; NULL: nobody asks */
    size_t peer_count;
    uint16_t server_port; /* for messages */
    int rows, cols;       /* of the terminal */
    const char *name;     /* "skua", "mosh": labels; borrowed, lives as long as the session */
    bool title_prefix;    /* "[name] " before the window title */
    uint8_t escape_key;   /* ESCAPE_NONE or 1..127 */
    bool escape_extras;   /* commands that stock does not have */
    bool says_hello;      /* false: behave as stock does, for a test of it */
    bool is_metered;      /* each packet costs the user something */
    struct predict_preference predict;
    struct caps caps; /* of the terminal; both may change later */
    struct record record;
    uint64_t seed;
    const struct trace *trace; /* borrowed; NULL: none */
};

/* How a session ended. */
enum client_end {
    CLIENT_GOES_ON,
    CLIENT_ENDED,          /* in order: by the server or by us, acknowledged */
    CLIENT_UNACKNOWLEDGED, /* we left; whether the server did is not known */
    CLIENT_NEVER_CONNECTED,
};

struct client_session;

/* NULL if the crypto library refuses. */
struct client_session *
client_session_new(const struct client_session_config *config, uint64_t now_ms);
void client_session_free(struct client_session *c);

/* A datagram came in on a path. */
enum skua_err client_session_receive(struct client_session *c, struct view datagram,
                                     const struct arrival *how, uint64_t now_ms);

/* The next datagram that is due; ask until false. */
bool client_session_next_datagram(struct client_session *c, struct buf *out, struct departure *how,
                                  uint64_t now_ms);

/* The next socket to open or close; ask until false. Answered with PATH_UP or PATH_DOWN. */
bool client_session_next_order(struct client_session *c, struct path_order *out, uint64_t now_ms);
void client_session_path_event(struct client_session *c, uint32_t path, enum path_event what,
                               uint64_t now_ms);

/* How many bytes client_session_type() can take: 0 while too much is unacknowledged. */
size_t client_session_room(const struct client_session *c);

/* The user typed: the bytes of one read. */
void client_session_type(struct client_session *c, struct view typed, uint64_t now_ms);

/* The terminal's window changed. The size is valid (screen_size_is_valid()). */
void client_session_resize(struct client_session *c, int rows, int cols, uint64_t now_ms);

/* What the terminal can do is known better now; repaints if that is to do with painting. */
void client_session_set_caps(struct client_session *c, const struct caps *caps,
                             const struct record *record, uint64_t now_ms);

/* The user asked, by the escape key, to be suspended since this was last called. */
bool client_session_take_suspend(struct client_session *c);

/* What the terminal shows is unknown: paint everything next time. */
void client_session_repaint(struct client_session *c);

/*
 * The bytes that bring the terminal from what was painted last to what it should show now. out is
 * appended to. Returns false, and appends nothing, if it shows that already.
 */
bool client_session_paint(struct client_session *c, struct buf *out, uint64_t now_ms);

/* Leave: by a signal, end of input. Why is shown until the end. */
void client_session_shutdown(struct client_session *c, const char *why, uint64_t now_ms);

/* Something that the user should know, shown for some seconds. */
void client_session_say(struct client_session *c, const char *text, uint64_t now_ms);

/* An error of the network: shown until something could be sent. */
void client_session_notify(struct client_session *c, const char *text, uint64_t now_ms);

/* The machine slept, or the process was stopped. */
void client_session_woke(struct client_session *c, struct view random, uint64_t now_ms);

/* Time passes: notices, connect time limit. */
void client_session_tick(struct client_session *c, uint64_t now_ms);
uint64_t client_session_deadline_ms(struct client_session *c, uint64_t now_ms);

/* Whether it has ended, and how. */
enum client_end client_session_end(const struct client_session *c, uint64_t now_ms);

/* The last words: no notice, no prefix, no predictions. Call before the last paint. */
void client_session_unadorn(struct client_session *c);

/* The newest screen of the server, borrowed; what the user should see now, a new reference. */
const struct screen *client_session_raw(const struct client_session *c);
struct screen *client_session_shown(struct client_session *c, uint64_t now_ms);

/* What the predictor is told of the transport, and the predictor: for whoever measures. */
struct predict_sync client_session_sync(const struct client_session *c, uint64_t now_ms);
const struct predictor *client_session_predictor(const struct client_session *c);

const struct transport_stats *client_session_transport_stats(const struct client_session *c);
const struct predict_stats *client_session_predict_stats(const struct client_session *c);

#endif
