/*
 * A server's diffs applied to live states: whole messages of any bytes, or well-formed ones around any
 * screen bytes, each on top of one of the states before.
 */
#include "net/wire/host_message.h"
#include "net/wire/instruction.h"
#include "sync/host_state.h"
#include "play.h"
#include "screen_check.h"
#include "tape.h"
#include "target.h"

#define STATES_MAX 4

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

static void
any_message(struct reader *tape, struct buf *out)
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

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct reader tape = reader_of(view_of(data, size));
    int rows = play_size(&tape), cols = play_size(&tape);
    struct syncable incoming = host_state_incoming();
    struct state held[STATES_MAX] = { host_state_first(rows, cols) }, next;
    struct buf message;
    size_t count = 1;

    buf_init(&message, INSTRUCTION_MAX_BYTES);
    while (!tape_is_over(&tape)) {
        struct state *from = &held[tape_pick(&tape, (unsigned)count)];
        buf_clear(&message);
        any_message(&tape, &message);
        if (message.len == 0 || incoming.apply(NULL, from, buf_view(&message), &next, 0) != SKUA_OK)
            continue;
        screen_check(host_state_of(&next)->screen, false);
        assert(host_state_of(&next)->echo_ack >= host_state_of(from)->echo_ack);
        if (count == STATES_MAX)
            incoming.release(NULL, &held[--count]);
        held[count++] = next;
    }
    while (count > 0)
        incoming.release(NULL, &held[--count]);
    buf_fini(&message);
    return 0;
}
