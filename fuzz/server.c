/*
 * A whole server against a client that has the key and says anything, while a program prints. What
 * goes to the program stays within its bound.
 */
#include "net/datagram/link.h"
#include "net/wire/instruction.h"
#include "net/wire/user_message.h"
#include "session/server_session.h"
#include "peer.h"
#include "play.h"
#include "screen_check.h"
#include "tape.h"
#include "target.h"

/* docs/SECURITY.md, "Bounds": what waits for a program that does not read. */
#define PTY_INPUT_MAX_BYTES (1024 * 1024 + 64 * 1024)

static struct user_event
any_event(struct reader *tape)
{
    struct user_event event = { .kind = (enum user_event_kind)tape_pick(tape, USER_RECORD + 1) };
    switch (event.kind) {
    case USER_KEYS: event.keys = tape_chunk(tape); break;
    case USER_RESIZE:
        event.rows = (int8_t)tape_u8(tape);
        event.cols = (int8_t)tape_u8(tape);
        break;
    case USER_RECORD:
        event.record.colors = tape_u16(tape);
        event.record.can = tape_u16(tape);
        event.record.cell_width_px = event.record.theme = tape_u8(tape);
        break;
    }
    return event;
}

static void
put_diff(struct reader *tape, struct buf *out)
{
    struct user_event event[4];
    size_t count = tape_pick(tape, 5);
    if (count == 0) {
        buf_put(out, tape_chunk(tape));
        return;
    }
    for (size_t i = 0; i < count; i++)
        event[i] = any_event(tape);
    assert(user_message_encode(event, count, out) == SKUA_OK);
}

static void
hear(struct server_session *s, struct peer *client, struct reader *tape, uint64_t now_ms)
{
    const struct arrival how = { .path = 1, .from = { .len = 1, .bytes = { tape_u8(tape) & 3 } } };
    struct buf diff, datagram;
    buf_init(&diff, INSTRUCTION_MAX_BYTES);
    buf_init(&datagram, PACKET_MAX_BYTES);
    put_diff(tape, &diff);
    peer_next(client, tape, buf_view(&diff), &datagram);
    (void)server_session_receive(s, 0, buf_view(&datagram), &how, now_ms);
    buf_fini(&datagram);
    buf_fini(&diff);
}

static void
turn(struct server_session *s, uint64_t now_ms)
{
    struct buf datagram;
    struct departure how;
    int rows, cols;
    buf_init(&datagram, PACKET_MAX_BYTES);
    server_session_tick(s, now_ms);
    if (server_session_take_window(s, &rows, &cols))
        assert(screen_size_is_valid(rows, cols));
    for (int i = 0; i < 64 && server_session_next_datagram(s, 0, &datagram, &how, now_ms); i++)
        assert(datagram.len <= PACKET_MAX_BYTES);
    assert(server_session_pty_input(s)->len <= PTY_INPUT_MAX_BYTES);
    (void)server_session_deadline_ms(s, now_ms);
    struct screen *shown = server_session_snapshot(s, now_ms);
    screen_check(shown, true);
    screen_unref(shown);
    buf_fini(&datagram);
}

static struct server_session *
start(struct reader *tape)
{
    const struct server_options_core options = { .rows = 4, .cols = 10 };
    const struct attachment_config attachment = { .role = ATTACHMENT_DRIVING,
                                                  .key = peer_key(),
                                                  .says_hello = tape_pick(tape, 2) == 0,
                                                  .path = 1,
                                                  .family = PATH_FAMILY_V6 };
    struct server_session *s = server_session_new(&options, 0);
    assert(server_session_attach(s, &attachment, 0) == 0);
    return s;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct reader tape = reader_of(view_of(data, size));
    struct peer *client = peer_new(PACKET_TO_SERVER);
    struct server_session *s = start(&tape);
    uint64_t now_ms = 1000;

    while (!tape_is_over(&tape) && !server_session_is_over(s, now_ms)) {
        switch (tape_pick(&tape, 4)) {
        case 0: server_session_pty_output(s, tape_chunk(&tape), now_ms); break;
        case 1: buf_take(server_session_pty_input(s), tape_u8(&tape)); break;
        default: hear(s, client, &tape, now_ms);
        }
        now_ms += tape_u8(&tape);
        turn(s, now_ms);
    }
    server_session_free(s);
    peer_free(client);
    return 0;
}
