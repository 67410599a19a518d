/*
 * What a client's diff holds: the user's input since the state it is based on, in order.
 */
#ifndef SKUA_NET_WIRE_USER_MESSAGE_H
#define SKUA_NET_WIRE_USER_MESSAGE_H

#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/view.h"

/* The client's capability record as it travels (extension 1000). Meanings: term/screen/record.h. */
struct user_record {
    uint32_t colors;
    uint32_t can;
    uint32_t cell_width_px, cell_height_px;
    uint32_t foreground, background, cursor; /* 0x1rrggbb, or 0: unknown */
    uint32_t palette[16];                    /* the same */
    uint32_t theme;
};

enum user_event_kind {
    USER_KEYS,   /* field 2 */
    USER_RESIZE, /* field 3 */
    USER_RECORD, /* extension 1000 */
};

struct user_event {
    enum user_event_kind kind;
    struct view keys;          /* USER_KEYS; borrowed */
    int32_t cols, rows;        /* USER_RESIZE; any value that a peer may send */
    struct user_record record; /* USER_RECORD */
};

/* A parsed message: owns its events and the bytes that they look at. */
struct user_message {
    struct user_event *event;
    size_t count;
    void *arena; /* private */
};

/* Append the protobuf form of events in order, one Instruction each. SKUA_ERR_TOO_LARGE past out's max. */
enum skua_err user_message_encode(const struct user_event *events, size_t count, struct buf *out);

/*
 * Parse. An Instruction with keys is USER_KEYS whatever else it holds; else with a resize, that; else
 * with a record, that; instructions with none of these give no event. An empty view is an empty message.
 *
 * Returns  SKUA_OK and a message for user_message_fini(); SKUA_ERR_MALFORMED or SKUA_ERR_TOO_LARGE else.
 * Source   docs/PROTOCOL.md, "User message".
 */
enum skua_err user_message_parse(struct view in, struct user_message *out);

/* Free. May run twice. */
void user_message_fini(struct user_message *m);

#endif
