#include "host_diff.h"

#include <assert.h>

#include "net/wire/host_message.h"
#include "tape.h"

static struct host_event
any_event(struct reader *tape)
{
    struct host_event event = { .kind = (enum host_event_kind)tape_pick(tape, HOST_HINTS + 1) };
    switch (event.kind) {
    case HOST_BYTES:
    case HOST_SKUA_BYTES: event.bytes = tape_chunk(tape); break;
    case HOST_RESIZE:
        event.rows = (int8_t)tape_u8(tape);
        event.cols = (int8_t)tape_u8(tape);
        break;
    case HOST_ECHO_ACK: event.echo_ack = tape_u64(tape); break;
    case HOST_LEVELS: event.levels.bell_count = tape_u64(tape); break;
    case HOST_HINTS: event.hints.echo_delay_ms = tape_u8(tape); break;
    }
    return event;
}

void
host_diff_put(struct reader *tape, struct buf *out)
{
    struct host_event event[4];
    size_t count = tape_pick(tape, 5);
    if (count == 0) {
        buf_put(out, tape_chunk(tape));
        return;
    }
    for (size_t i = 0; i < count; i++)
        event[i] = any_event(tape);
    assert(host_message_encode(event, count, out) == SKUA_OK);
}
