/*
 * What a client keeps equal at its server: everything the user ever did, as one append-only log. A
 * state is a position in it.
 *
 * A position counts units: a key byte is one, a resize or a capability record is one. Both ends hold
 * only the part that may still be asked for.
 */
#ifndef SKUA_SYNC_INPUT_LOG_H
#define SKUA_SYNC_INPUT_LOG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/view.h"
#include "net/transport/syncable.h"
#include "net/wire/user_message.h"

/* Units held at once; past it the client stops reading keys and the server refuses states. */
#define INPUT_LOG_MAX_UNITS (1024 * 1024)

/* What is not a key: kept small, for a peer may send many. */
struct input_event {
    int32_t rows, cols;         /* a resize; 0, 0 for a record */
    struct user_record *record; /* owned; NULL for a resize */
};

struct input_log {
    uint64_t start; /* position of the first unit held */
    uint16_t *unit; /* a byte, or a mark for the next entry of event */
    size_t count, cap;
    struct input_event *event;
    size_t event_count, event_cap;
    uint64_t delivered; /* server: what went to the program; units before it may go */
};

/* A place to read from; valid until the log is changed. */
struct input_cursor {
    uint64_t position;
    size_t event; /* private */
};

void input_log_init(struct input_log *log);
void input_log_fini(struct input_log *log);

/* The position after the last unit. */
uint64_t input_log_end(const struct input_log *log);

/* How many more units fit. */
size_t input_log_room(const struct input_log *log);

/* Append. Returns false, and appends nothing, if there is no room. */
bool input_log_put_keys(struct input_log *log, struct view keys);
bool input_log_put_resize(struct input_log *log, int rows, int cols);
bool input_log_put_record(struct input_log *log, const struct user_record *record);

/* A cursor at position; at the first unit held if that is later. */
struct input_cursor input_log_cursor(const struct input_log *log, uint64_t position);

/*
 * The next event at the cursor and before `to`: a run of keys, copied to scratch, or one other event.
 * The cursor moves past it. Returns false at `to`, which is not past the end.
 */
bool input_log_next(const struct input_log *log, struct input_cursor *cursor, uint64_t to,
                    struct buf *scratch, struct user_event *out);

/* A state of the log: its end now; or its beginning, number 0 of both ends. */
struct state input_log_state(const struct input_log *log);
struct state input_log_first(void);

/* The client's side, and the server's. The log must outlive the transport. */
struct syncable input_log_outgoing(struct input_log *log);
struct syncable input_log_incoming(struct input_log *log);

#endif
