/*
 * What other processes of the same user may know of a session on its host: since when it is there, and
 * whether anybody is attached to it. As lines of text, "name value".
 */
#ifndef SKUA_CONTROL_PRESENCE_H
#define SKUA_CONTROL_PRESENCE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"

#define PRESENCE_MAX_BYTES  1024 /* of the text */
#define PRESENCE_TEXT_BYTES 128  /* of each field of text, its NUL included; more is cut */

enum presence_state {
    PRESENCE_WAITING,  /* for its first client */
    PRESENCE_ATTACHED, /* a client was heard of late */
    PRESENCE_SILENT,   /* it was not */
};

/* Seconds since 1970. */
struct presence {
    enum presence_state state;
    int64_t began_s;
    int64_t heard_s; /* when a client was last heard, as of since the state changed; 0: never */
    uint16_t port;   /* UDP */
    char terminal[PRESENCE_TEXT_BYTES]; /* "/dev/pts/7" */
    char client[PRESENCE_TEXT_BYTES];   /* its address, the last known; empty: none yet */
    char command[PRESENCE_TEXT_BYTES];  /* what runs there; empty: the login shell */
};

/* Append the text, at most PRESENCE_MAX_BYTES. Bytes of fields that are no printable ASCII become "?". */
void presence_put(struct buf *out, const struct presence *p);

/*
 * Read it. Lines that are not known, or make no sense, are passed over; fields come out printable.
 * Returns false if the text is of another kind or version.
 */
bool presence_parse(struct view text, struct presence *out);

#endif
