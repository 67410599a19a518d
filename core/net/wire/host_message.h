/*
 * What a server's diff holds: how the client's screen becomes the newer one.
 */
#ifndef SKUA_NET_WIRE_HOST_MESSAGE_H
#define SKUA_NET_WIRE_HOST_MESSAGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/view.h"

/* Notifications of one diff; who sends more is believed the last ones. */
#define HOST_NOTIFICATIONS_MAX 8

/* Levels and events that have no escape sequence of their own (extension 1001). */
struct host_levels {
    uint64_t scrolled_off;
    uint64_t bell_count;
    uint64_t clipboard_count;
    uint64_t notification_count;
    struct view notification[HOST_NOTIFICATIONS_MAX]; /* new ones, the oldest first; borrowed */
    size_t notifications;                             /* how many of them */
};

/* What the server knows of the tty (extension 1002). Meanings: term/screen/hints.h. */
struct host_hints {
    bool echo, canonical, signals, extended;
    uint8_t erase, word_erase, kill;
    uint32_t program;
    uint64_t since_input;
    uint32_t echo_delay_ms;
};

enum host_event_kind {
    HOST_BYTES,      /* field 2: always the stock dialect, from any server */
    HOST_RESIZE,     /* field 3 */
    HOST_ECHO_ACK,   /* field 7 */
    HOST_SKUA_BYTES, /* extension 1000: the Skua dialect */
    HOST_LEVELS,     /* extension 1001 */
    HOST_HINTS,      /* extension 1002 */
};

struct host_event {
    enum host_event_kind kind;
    struct view bytes;  /* HOST_BYTES, HOST_SKUA_BYTES; borrowed */
    int32_t cols, rows; /* HOST_RESIZE; any value that a peer may send */
    uint64_t echo_ack;  /* HOST_ECHO_ACK */
    struct host_levels levels;
    struct host_hints hints;
};

/* A parsed message: owns its events and the bytes that they look at. */
struct host_message {
    struct host_event *event;
    size_t count;
    void *arena; /* private */
};

/* Append the protobuf form of events in order, one Instruction each. SKUA_ERR_TOO_LARGE past out's max. */
enum skua_err host_message_encode(const struct host_event *events, size_t count, struct buf *out);

/*
 * Parse. One event an Instruction: of several fields the first of 2, 3, 7, 1000, 1001, 1002 counts;
 * none of them, no event.
 *
 * Returns  SKUA_OK and a message for host_message_fini(); SKUA_ERR_MALFORMED or SKUA_ERR_TOO_LARGE else.
 * Source   docs/PROTOCOL.md, "Host message".
 */
enum skua_err host_message_parse(struct view in, struct host_message *out);

/* Free. May run twice. */
void host_message_fini(struct host_message *m);

#endif
