/*
 * One client of a server's session: everything that dies with its key. The session has a list of them.
 */
#ifndef SKUA_SESSION_ATTACHMENT_H
#define SKUA_SESSION_ATTACHMENT_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/trace.h"
#include "net/crypto/key.h"
#include "net/datagram/arrival.h"
#include "net/datagram/link.h"
#include "net/transport/transport.h"
#include "term/input/translate.h"
#include "term/screen/hints.h"
#include "term/screen/record.h"
#include "term/screen/screen.h"

enum attachment_role {
    ATTACHMENT_DRIVING, /* its keys go to the program, its window is the pty's */
    ATTACHMENT_VIEWING, /* it only watches */
};

struct attachment_config {
    enum attachment_role role;
    const struct key *key; /* copied; the caller wipes its own */
    bool says_hello;       /* false: behave as stock does, for a test of it */
    uint32_t path;         /* number of the one socket, and its family */
    enum path_family family;
    int rows, cols;           /* of number 0 of the screens */
    struct event_counts seen; /* events so far, which the client is not told of */
    uint64_t seed;
    const struct trace *trace; /* borrowed; NULL: none */
};

/* What the client asked for since the last attachment_take_input(). */
struct attachment_input {
    bool has_window; /* rows and cols are a new, valid window */
    int rows, cols;
    bool has_record;
    struct record record;
};

struct attachment;

/* NULL if the crypto library refuses. */
struct attachment *attachment_new(const struct attachment_config *config, uint64_t now_ms);
void attachment_free(struct attachment *a);

/* Take in a datagram: link_receive() and transport_receive() in one. */
enum skua_err attachment_receive(struct attachment *a, struct view datagram,
                                 const struct arrival *how, uint64_t now_ms);

/*
 * Hand over what the client did since last time: translated keys are appended to keys (as many as fit;
 * the rest waits in the log), windows and records to *out. A viewing client's input is dropped.
 */
void attachment_take_input(struct attachment *a, const struct translate_modes *modes,
                           struct buf *keys, struct attachment_input *out, uint64_t now_ms);

/* The session's screen is now this (borrowed), and the tty this; hints may be NULL. */
void attachment_publish(struct attachment *a, struct screen *screen, const struct hints *hints,
                        uint64_t now_ms);

/*
 * Whether nothing would be gained by publishing a newer screen now: no echo acknowledgement is due, and
 * the client would see nothing earlier: transport_is_waiting(). If so, that there is one is said instead.
 */
bool attachment_can_wait(struct attachment *a, uint64_t now_ms);
void attachment_touch(struct attachment *a, uint64_t now_ms);

/* What was published need not wait for more: transport_quiet(). */
void attachment_quiet(struct attachment *a);

/* The next datagram that is due. */
bool attachment_next_datagram(struct attachment *a, struct buf *out, struct departure *how,
                              uint64_t now_ms);

void
attachment_path_event(struct attachment *a, uint32_t path, enum path_event what, uint64_t now_ms);
void attachment_woke(struct attachment *a, struct view random, uint64_t now_ms);
uint64_t attachment_deadline_ms(struct attachment *a, uint64_t now_ms);

/* The protocol's shutdown: an orderly end of this attachment. */
void attachment_shutdown(struct attachment *a, uint64_t now_ms);

/* Whether nothing more will come of it: shut down by either end, or given up. */
bool attachment_is_over(const struct attachment *a, uint64_t now_ms);

/* Whether the client has ever sent a state; when its newest one came; where it is. */
bool attachment_has_client(const struct attachment *a);
uint64_t attachment_heard_ms(const struct attachment *a);

/* For how long its client, in good health, may be silent as things are. */
uint64_t attachment_silence_ms(const struct attachment *a, uint64_t now_ms);
const struct addr *attachment_peer(const struct attachment *a);

/* Whether both ends have said hello and the screen travels in the Skua dialect. */
bool attachment_is_skua(const struct attachment *a);

enum attachment_role attachment_role(const struct attachment *a);
struct link_stats attachment_link_stats(const struct attachment *a);
const struct transport_stats *attachment_transport_stats(const struct attachment *a);

#endif
