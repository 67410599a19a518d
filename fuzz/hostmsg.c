/*
 * A server's diffs applied to live states: whole messages of any bytes, or well-formed ones around any
 * screen bytes, each on top of one of the states before.
 */
#include "net/wire/instruction.h"
#include "sync/host_state.h"
#include "host_diff.h"
#include "play.h"
#include "screen_check.h"
#include "tape.h"
#include "target.h"

#define STATES_MAX 4

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
        host_diff_put(&tape, &message);
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
