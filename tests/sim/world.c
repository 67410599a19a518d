#include "world.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "net/crypto/crypto_start.h"
#include "term/display/project.h"

/* Where virtual time begins: not at 0, so that no difference of times is hidden by it. */
#define START_MS 1000000

/* More turns than this without time moving on is an endless loop. */
#define TURNS_MAX 20000

static struct addr
addr_of(uint32_t number)
{
    struct addr a = { .len = 4 };
    memcpy(a.bytes, &number, sizeof number);
    return a;
}

struct world *
world_new(const struct world_config *config, uint64_t seed)
{
    struct world *w = mem_new(1, sizeof *w);
    struct key key = { .bytes = { 1, 2, 3 } };
    w->seed = seed;
    w->dice.state = seed ^ UINT64_C(0x5eed);
    w->now_ms = START_MS + dice_below(&w->dice, 70000);
    w->client_addr = addr_of(1000);
    w->server_addr = addr_of(1);
    wire_init(&w->up, &config->up, dice_u64(&w->dice));
    wire_init(&w->down, &config->down, dice_u64(&w->dice));
    shell_init(&w->shell, config->echo_delay_ms);
    buf_init(&w->datagram, LINK_DATAGRAM_MAX_BYTES);
    buf_init(&w->painted, 64 * 1024 * 1024);
    buf_init(&w->typed, 64 * 1024 * 1024);
    if (crypto_start() != SKUA_OK)
        abort();

    const struct server_options_core options = { .rows = 24, .cols = 80 };
    const struct attachment_config attachment = { .role = ATTACHMENT_DRIVING,
                                                  .key = &key,
                                                  .says_hello = !config->stock_server,
                                                  .path = 1,
                                                  .family = PATH_FAMILY_V4,
                                                  .seed = dice_u64(&w->dice) };
    w->server = server_session_new(&options, w->now_ms);
    if (server_session_attach(w->server, &attachment, w->now_ms) != 0)
        abort();

    const struct link_peer peer = { .addr = w->server_addr, .family = PATH_FAMILY_V4 };
    const struct client_session_config client = {
        .key = &key,
        .peers = &peer,
        .peer_count = 1,
        .server_port = 60001,
        .rows = config->rows > 0 ? config->rows : 24,
        .cols = config->cols > 0 ? config->cols : 80,
        .name = "skua",
        .escape_key = 0x1e,
        .escape_extras = true,
        .says_hello = !config->stock_client,
        .predict = { .display = config->predict },
        .caps = caps_xterm,
        .seed = dice_u64(&w->dice),
    };
    w->client = client_session_new(&client, w->now_ms);
    if (w->client == NULL)
        abort();
    return w;
}

void
world_free(struct world *w)
{
    client_session_free(w->client);
    server_session_free(w->server);
    wire_fini(&w->up);
    wire_fini(&w->down);
    shell_fini(&w->shell);
    buf_fini(&w->datagram);
    buf_fini(&w->painted);
    buf_fini(&w->typed);
    free(w);
}

/* The client's address on a path: each socket has a port of its own. */
static struct addr
client_path_addr(const struct world *w, uint32_t path)
{
    struct addr a = w->client_addr;
    a.bytes[3] = (uint8_t)path;
    return a;
}

static void
client_sends(struct world *w)
{
    struct path_order order;
    struct departure how;
    while (client_session_next_order(w->client, &order, w->now_ms)) {
        if (order.what == PATH_ORDER_OPEN)
            client_session_path_event(w->client, order.path, PATH_UP, w->now_ms);
    }
    while (client_session_next_datagram(w->client, &w->datagram, &how, w->now_ms)) {
        struct addr from = client_path_addr(w, how.path);
        wire_send(&w->up, buf_view(&w->datagram), &from, &how.to, w->now_ms);
    }
}

static void
server_sends(struct world *w)
{
    struct departure how;
    while (server_session_next_datagram(w->server, 0, &w->datagram, &how, w->now_ms))
        wire_send(&w->down, buf_view(&w->datagram), &w->server_addr, &how.to, w->now_ms);
}

static void
deliver_up(struct world *w)
{
    struct wire_packet *p;
    while ((p = wire_next(&w->up, w->now_ms)) != NULL) {
        const struct arrival how = { .path = 1, .from = p->from, .to = p->to, .ecn = 2 };
        (void)server_session_receive(w->server, 0, view_of(p->bytes, p->len), &how, w->now_ms);
        free(p);
    }
}

/* Who moved away does not get what was sent to the old place. */
static void
deliver_down(struct world *w)
{
    struct wire_packet *p;
    while ((p = wire_next(&w->down, w->now_ms)) != NULL) {
        uint32_t path = p->to.bytes[3];
        struct addr to = client_path_addr(w, path);
        const struct arrival how = { .path = path, .from = p->from, .to = p->to, .ecn = 2 };
        if (addr_equal(&p->to, &to))
            (void)client_session_receive(w->client, view_of(p->bytes, p->len), &how, w->now_ms);
        free(p);
    }
}

static void
run_shell(struct world *w)
{
    struct buf *input = server_session_pty_input(w->server);
    if (!w->shell_started && server_session_has_client(w->server)) {
        w->shell_started = true;
        shell_start(&w->shell);
    }
    if (input->len > 0) {
        shell_input(&w->shell, buf_view(input), w->now_ms);
        buf_clear(input);
    }
    shell_tick(&w->shell, w->now_ms);
    (void)server_session_take_window(w->server, &w->shell.rows, &w->shell.cols);
    if (w->shell.output.len > 0) {
        server_session_pty_output(w->server, buf_view(&w->shell.output), w->now_ms);
        buf_clear(&w->shell.output);
    }
}

static void
run_server(struct world *w)
{
    deliver_up(w);
    run_shell(w);
    server_session_tick(w->server, w->now_ms);
    server_sends(w);
}

static void
run_client(struct world *w)
{
    deliver_down(w);
    client_session_tick(w->client, w->now_ms);
    client_sends(w);
    buf_clear(&w->painted);
    (void)client_session_paint(w->client, &w->painted, w->now_ms);
}

static uint64_t
earlier(uint64_t a, uint64_t b)
{
    return a < b ? a : b;
}

static uint64_t
next_event_ms(struct world *w)
{
    uint64_t next = UINT64_MAX;
    if (!w->server_asleep) {
        next = earlier(next, server_session_deadline_ms(w->server, w->now_ms));
        next = earlier(next, wire_deadline_ms(&w->up));
        next = earlier(next, w->shell.echo_ms);
    }
    if (!w->client_asleep) {
        next = earlier(next, client_session_deadline_ms(w->client, w->now_ms));
        next = earlier(next, wire_deadline_ms(&w->down));
    }
    return next;
}

static void
turn(struct world *w)
{
    if (!w->server_asleep)
        run_server(w);
    if (!w->client_asleep)
        run_client(w);
}

/* Run to the next event, not past end_ms. Returns false at the end. */
static bool
step(struct world *w, uint64_t end_ms, int *turns)
{
    turn(w);
    uint64_t next = next_event_ms(w);
    if (next > w->now_ms)
        *turns = 0;
    else if (++*turns > TURNS_MAX)
        abort();
    w->now_ms = next > end_ms ? end_ms : next > w->now_ms ? next : w->now_ms;
    return w->now_ms < end_ms || next <= end_ms;
}

void
world_run(struct world *w, uint64_t ms)
{
    uint64_t end_ms = w->now_ms + ms;
    int turns = 0;
    while (step(w, end_ms, &turns) && w->now_ms < end_ms) {
    }
}

bool
world_is_equal(struct world *w)
{
    struct attachment *a = server_session_attachment(w->server, 0);
    bool is_skua = a != NULL && attachment_is_skua(a);
    struct screen *s = server_session_snapshot(w->server, w->now_ms);
    struct screen *projected = screen_project(s, is_skua ? &caps_skua : &caps_stock);
    bool equal = screen_equal(projected, client_session_raw(w->client));
    screen_unref(projected);
    screen_unref(s);
    return equal;
}

uint64_t
world_run_until_equal(struct world *w, uint64_t limit_ms)
{
    uint64_t start_ms = w->now_ms, end_ms = start_ms + limit_ms;
    int turns = 0;
    turn(w);
    while (!world_is_equal(w) || !world_typed_arrived(w)) {
        if (!step(w, end_ms, &turns) || w->now_ms >= end_ms)
            return UINT64_MAX;
    }
    return w->now_ms - start_ms;
}

void
world_type(struct world *w, const char *keys)
{
    buf_put_text(&w->typed, keys);
    client_session_type(w->client, view_of_text(keys), w->now_ms);
}

void
world_move_client(struct world *w)
{
    w->client_addr.bytes[0]++;
    if (w->client_addr.bytes[0] == 0)
        w->client_addr.bytes[1]++;
}

void
world_cut(struct world *w, bool cut)
{
    w->up.is_cut = w->down.is_cut = cut;
}

void
world_sleep_client(struct world *w, uint64_t ms)
{
    uint8_t random[LINK_SKIP_RANDOM_BYTES];
    w->client_asleep = true;
    world_run(w, ms);
    w->client_asleep = false;
    struct wire_packet *p;
    while ((p = wire_next(&w->down, w->now_ms)) != NULL)
        free(p);
    for (size_t i = 0; i < sizeof random; i++)
        random[i] = (uint8_t)dice_u64(&w->dice);
    client_session_woke(w->client, view_of(random, sizeof random), w->now_ms);
}

bool
world_typed_arrived(const struct world *w)
{
    return view_equal(buf_view(&w->typed), buf_view(&w->shell.typed));
}

bool
world_shows(struct world *w, const char *text)
{
    struct screen *s = client_session_shown(w->client, w->now_ms);
    struct buf line;
    bool found = false;
    buf_init(&line, SCREEN_MAX_COLS * CELL_TEXT_MAX_BYTES + 1);
    for (int y = 0; y < s->rows && !found; y++) {
        buf_clear(&line);
        for (int x = 0; x < s->cols; x++) {
            uint8_t scratch[4];
            struct view cell = row_text(s->row[y], x, scratch);
            if (s->row[y]->cell[x].width != CELL_RIGHT_HALF)
                buf_put(&line, cell.len > 0 ? cell : view_of_text(" "));
        }
        buf_put_u8(&line, '\0');
        found = strstr((const char *)line.data, text) != NULL;
    }
    buf_fini(&line);
    screen_unref(s);
    return found;
}
