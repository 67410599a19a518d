/* Splits remote output into lines within bounds and says what each is. */
#include "bootstrap/remote_output.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "bootstrap/visible_text.h"

#define LAST_TEXT_BYTES 240 /* fits a line of failure text */

struct remote_output {
    struct buf line;
    struct buf shown;
    size_t total_bytes;
    char token[REMOTE_OUTPUT_TOKEN_BYTES];
    size_t token_bytes;
    char last_text[LAST_TEXT_BYTES + 1];
    bool has_address;
    bool done;
};

struct remote_output *
remote_output_new(struct view token)
{
    struct remote_output *o = mem_new(1, sizeof *o);

    assert(token.len <= REMOTE_OUTPUT_TOKEN_BYTES);
    if (token.len != 0)
        memcpy(o->token, token.data, token.len);
    o->token_bytes = token.len;
    buf_init(&o->line, REMOTE_OUTPUT_LINE_BYTES);
    buf_init(&o->shown, REMOTE_OUTPUT_LINE_BYTES * VISIBLE_TEXT_GROWTH);
    return o;
}

void
remote_output_free(struct remote_output *o)
{
    if (o == NULL)
        return;
    buf_wipe(&o->shown);
    buf_fini(&o->shown);
    buf_wipe(&o->line);
    buf_fini(&o->line);
    mem_wipe(o, sizeof *o);
    free(o);
}

/* Keep the beginning of the line for messages; cut between UTF-8 sequences. */
static void
remember_text(struct remote_output *o)
{
    size_t len = o->shown.len < LAST_TEXT_BYTES ? o->shown.len : LAST_TEXT_BYTES;

    while (len != 0 && len < o->shown.len && (o->shown.data[len] & 0xc0) == 0x80)
        len--;
    if (len == 0)
        return;
    memcpy(o->last_text, o->shown.data, len);
    o->last_text[len] = '\0';
}

static struct remote_event
text_event(struct remote_output *o)
{
    struct view line = buf_view(&o->line);

    /* A pty gives CR LF; programs that write CR LF through one give CR CR LF. */
    while (line.len != 0 && line.data[line.len - 1] == '\r')
        line.len--;
    while (line.len != 0 && line.data[0] == '\r')
        line = view_from(line, 1);
    buf_clear(&o->shown);
    visible_text_put(&o->shown, line);
    remember_text(o);
    return (struct remote_event){ .kind = REMOTE_EVENT_TEXT, .text = buf_view(&o->shown) };
}

/* The event of the line that is held. */
static struct remote_event
line_event(struct remote_output *o)
{
    struct view token = view_of(o->token, o->token_bytes);
    struct remote_event event = { .kind = REMOTE_EVENT_LINE };

    /* A cut line is text: a marker is shorter than the bound. */
    if (o->line.overflow)
        return text_event(o);
    event.line = connect_line_parse(buf_view(&o->line), token);
    switch (event.line.kind) {
    case CONNECT_LINE_TEXT: return text_event(o);
    case CONNECT_LINE_ADDRESS:
        if (o->has_address)
            event.kind = REMOTE_EVENT_TWICE;
        o->has_address = true;
        o->done = event.kind == REMOTE_EVENT_TWICE;
        break;
    case CONNECT_LINE_CONNECTION:
    case CONNECT_LINE_NO_SERVER: break;
    case CONNECT_LINE_UNREACHED: /* ssh's words on it would say less */
    case CONNECT_LINE_START:
    case CONNECT_LINE_BAD_ADDRESS:
    case CONNECT_LINE_BAD_CONNECTION:
    case CONNECT_LINE_BAD_PORT:
    case CONNECT_LINE_BAD_KEY: o->done = true; break;
    }
    return event;
}

/* Append what fits of part to the line; the rest is dropped and remembered as overflow. */
static void
append(struct remote_output *o, struct view part)
{
    size_t room = o->line.max - o->line.len;

    buf_put(&o->line, view_first(part, room));
    if (part.len > room)
        o->line.overflow = true;
}

bool
remote_output_next(struct remote_output *o, struct view *in, struct remote_event *out)
{
    if (o->done || in->len == 0) {
        *in = (struct view){ 0 };
        return false;
    }
    const uint8_t *newline = memchr(in->data, '\n', in->len);
    size_t len = newline == NULL ? in->len : (size_t)(newline - in->data);
    size_t taken = newline == NULL ? len : len + 1;

    if (taken > REMOTE_OUTPUT_TOTAL_BYTES - o->total_bytes) {
        o->done = true;
        *in = (struct view){ 0 };
        *out = (struct remote_event){ .kind = REMOTE_EVENT_TOO_MUCH };
        return true;
    }
    o->total_bytes += taken;
    append(o, view_first(*in, len));
    *in = view_from(*in, taken);
    if (newline == NULL)
        return false;
    *out = line_event(o);
    buf_wipe(&o->line);
    return true;
}

bool
remote_output_end(struct remote_output *o, struct remote_event *out)
{
    if (o->done || o->line.len == 0)
        return false;
    *out = line_event(o);
    buf_wipe(&o->line);
    return true;
}

const char *
remote_output_last_text(const struct remote_output *o)
{
    return o->last_text;
}
