/*
 * What ssh and the remote host print until a session starts: bytes in, one event a line out. All of
 * it is bounded, and text is made fit for the terminal.
 */
#ifndef SKUA_BOOTSTRAP_REMOTE_OUTPUT_H
#define SKUA_BOOTSTRAP_REMOTE_OUTPUT_H

#include <stdbool.h>

#include "base/view.h"
#include "bootstrap/connect_line.h"

#define REMOTE_OUTPUT_LINE_BYTES  4096      /* of a longer line the rest is dropped */
#define REMOTE_OUTPUT_TOTAL_BYTES (1 << 20) /* until the session starts */
#define REMOTE_OUTPUT_TOKEN_BYTES 64        /* at most, of the run's token */

enum remote_event_kind {
    REMOTE_EVENT_TEXT,     /* `text`: a line for the user, without newline */
    REMOTE_EVENT_LINE,     /* `line`: any kind but CONNECT_LINE_TEXT */
    REMOTE_EVENT_TWICE,    /* a second address with our token: fatal */
    REMOTE_EVENT_TOO_MUCH, /* past REMOTE_OUTPUT_TOTAL_BYTES: fatal */
};

struct remote_event {
    enum remote_event_kind kind;
    struct view text; /* borrowed until the next call */
    struct connect_line line;
};

struct remote_output;

/*
 * token   the word that our own proxy must give; empty if none was started. At most
 *         REMOTE_OUTPUT_TOKEN_BYTES; copied.
 */
struct remote_output *remote_output_new(struct view token);

/* Wipes what was held (a key may be in it). NULL is fine. */
void remote_output_free(struct remote_output *o);

/*
 * Take bytes off the front of *in up to the end of a line.
 *
 * Returns  true and one event, or false when *in is empty and no line is complete. After
 *          CONNECT_LINE_START or a fatal event everything that follows is taken and dropped.
 */
bool remote_output_next(struct remote_output *o, struct view *in, struct remote_event *out);

/* The output ended: the event of a last line without newline. Returns false if there is none. */
bool remote_output_end(struct remote_output *o, struct remote_event *out);

/* The last line of text that was not blank, as shown; a NUL-terminated string, empty if none. */
const char *remote_output_last_text(const struct remote_output *o);

#endif
