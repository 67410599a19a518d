/*
 * A whole client against a server that has the key and says anything; the user types and resizes
 * meanwhile. Whatever it does, the terminal gets only the painter's alphabet.
 */
#include "net/datagram/link.h"
#include "net/wire/instruction.h"
#include "session/client_session.h"
#include "host_diff.h"
#include "outer_check.h"
#include "peer.h"
#include "play.h"
#include "screen_check.h"
#include "tape.h"
#include "target.h"

static struct client_session *
start(struct reader *tape)
{
    const struct link_peer server = { .addr = { .len = 1, .bytes = { 9 } } };
    uint8_t choice = tape_u8(tape);
    const struct client_session_config config = {
        .key = peer_key(),
        .peers = &server,
        .peer_count = 1,
        .server_port = 60001,
        .rows = play_size(tape),
        .cols = play_size(tape),
        .name = "skua",
        .title_prefix = (choice & 4) != 0,
        .escape_key = 0x1e,
        .escape_extras = true,
        .says_hello = (choice & 8) != 0,
        .predict = { .display = (enum predict_display)(choice % 4) },
        .caps = caps_xterm,
    };
    return client_session_new(&config, 0);
}

static void
hear(struct client_session *c, struct peer *server, struct reader *tape, uint64_t now_ms)
{
    const struct arrival how = { .path = 1, .from = { .len = 1, .bytes = { 9 } } };
    struct buf diff, datagram;
    buf_init(&diff, INSTRUCTION_MAX_BYTES);
    buf_init(&datagram, PACKET_MAX_BYTES);
    host_diff_put(tape, &diff);
    peer_next(server, tape, buf_view(&diff), &datagram);
    (void)client_session_receive(c, buf_view(&datagram), &how, now_ms);
    buf_fini(&datagram);
    buf_fini(&diff);
}

static void
paint_and_send(struct client_session *c, uint64_t now_ms)
{
    struct buf out, datagram;
    struct departure how;
    struct path_order order;
    buf_init(&out, INSTRUCTION_MAX_BYTES);
    buf_init(&datagram, PACKET_MAX_BYTES);
    while (client_session_next_order(c, &order, now_ms)) {
        if (order.what == PATH_ORDER_OPEN)
            client_session_path_event(c, order.path, PATH_UP, now_ms);
    }
    for (int i = 0; i < 64 && client_session_next_datagram(c, &datagram, &how, now_ms); i++)
        assert(datagram.len <= PACKET_MAX_BYTES);
    client_session_tick(c, now_ms);
    if (client_session_paint(c, &out, now_ms))
        outer_check(buf_view(&out));
    struct screen *shown = client_session_shown(c, now_ms);
    screen_check(shown, false);
    screen_unref(shown);
    (void)client_session_deadline_ms(c, now_ms);
    buf_fini(&datagram);
    buf_fini(&out);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct reader tape = reader_of(view_of(data, size));
    struct peer *server = peer_new(PACKET_TO_CLIENT);
    struct client_session *c = start(&tape);
    uint64_t now_ms = 1000;

    paint_and_send(c, now_ms);
    while (!tape_is_over(&tape) && client_session_end(c, now_ms) == CLIENT_GOES_ON) {
        switch (tape_pick(&tape, 4)) {
        case 0: client_session_type(c, tape_chunk(&tape), now_ms); break;
        case 1: {
            int rows = play_size(&tape);
            client_session_resize(c, rows, play_size(&tape), now_ms);
            break;
        }
        default: hear(c, server, &tape, now_ms);
        }
        now_ms += tape_u8(&tape);
        paint_and_send(c, now_ms);
    }
    client_session_free(c);
    peer_free(server);
    return 0;
}
