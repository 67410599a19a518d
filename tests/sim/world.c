#include "world.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "net/crypto/crypto_start.h"

/* Where virtual time begins: not at 0, so that no difference of times is hidden by it. */
#define START_MS 1000000

/* More turns than this without time moving on is an endless loop. */
#define TURNS_MAX 20000

#define CLIENT_HOST 1000
#define SERVER_HOST 1

/* host, socket and family: what an address consists of here. */
static struct addr
addr_of(uint16_t host, uint32_t path, bool is_inet6)
{
    return (struct addr){
        .len = 4, .bytes = { (uint8_t)host, (uint8_t)(host >> 8), (uint8_t)path, is_inet6 ? 6 : 4 }
    };
}

static bool
is_inet6(const struct addr *a)
{
    return a->bytes[3] == 6;
}

/* The client's address on a path: each socket has a port of its own. */
static struct addr
client_path_addr(const struct world *w, uint32_t path)
{
    struct addr a = w->client_addr;
    a.bytes[2] = (uint8_t)path;
    a.bytes[3] = w->user_end.path_is_inet6[path % 256] ? 6 : 4;
    return a;
}

static void
open_server(struct world *w, const struct world_config *config, const struct key *key)
{
    uint64_t seed = dice_u64(&w->dice);
    if (config->server_maker == WORLD_STOCK) {
        w->host_end.stock = stock_server_new(key, config->has_inet6, seed, w->now_ms);
        return;
    }
    const struct server_options_core options = { .rows = 24, .cols = 80 };
    const struct attachment_config attachment = { .role = ATTACHMENT_DRIVING,
                                                  .key = key,
                                                  .says_hello = !config->stock_server,
                                                  .path = 1,
                                                  .family = config->has_inet6 ? PATH_FAMILY_V6
                                                                              : PATH_FAMILY_V4,
                                                  .seed = seed };
    w->server = w->host_end.session = server_session_new(&options, w->now_ms);
    if (server_session_attach(w->server, &attachment, w->now_ms) != 0)
        abort();
}

static void
open_client(struct world *w, const struct world_config *config, const struct key *key)
{
    uint64_t seed = dice_u64(&w->dice);
    int rows = config->rows > 0 ? config->rows : 24, cols = config->cols > 0 ? config->cols : 80;
    const struct link_peer peers[] = {
        { .addr = addr_of(SERVER_HOST, 0, false), .family = PATH_FAMILY_V4 },
        { .addr = addr_of(SERVER_HOST, 0, true), .family = PATH_FAMILY_V6 },
    };
    buf_init(&w->user_end.painted, 64 * 1024 * 1024);
    if (config->client_maker == WORLD_STOCK) {
        w->user_end.stock =
            stock_client_new(key, &peers[0].addr, false, rows, cols, seed, w->now_ms);
        return;
    }
    const struct client_session_config client = {
        .key = key,
        .peers = peers,
        .peer_count = config->has_inet6 ? 2 : 1,
        .server_port = 60001,
        .rows = rows,
        .cols = cols,
        .name = "skua",
        .escape_key = 0x1e,
        .escape_extras = true,
        .says_hello = !config->stock_client,
        .predict = { .display = config->predict },
        .is_metered = config->is_metered,
        .caps = caps_xterm,
        .seed = seed,
    };
    w->client = w->user_end.session = client_session_new(&client, w->now_ms);
    if (w->client == NULL)
        abort();
}

struct world *
world_new(const struct world_config *config, uint64_t seed)
{
    struct world *w = mem_new(1, sizeof *w);
    struct key key = { .bytes = { 1, 2, 3 } };
    w->seed = seed;
    w->dice.state = seed ^ UINT64_C(0x5eed);
    w->now_ms = START_MS + dice_below(&w->dice, 70000);
    w->client_addr = addr_of(CLIENT_HOST, 0, false);
    wire_init(&w->up, &config->up, dice_u64(&w->dice));
    wire_init(&w->down, &config->down, dice_u64(&w->dice));
    wire_init(&w->up6, &config->up6, seed + 1);
    wire_init(&w->down6, &config->down6, seed + 2);
    shell_init(&w->shell, config->echo_delay_ms);
    w->program = config->program;
    buf_init(&w->datagram, LINK_DATAGRAM_MAX_BYTES);
    buf_init(&w->typed, 64 * 1024 * 1024);
    if (crypto_start() != SKUA_OK)
        abort();
    open_server(w, config, &key);
    open_client(w, config, &key);
    return w;
}

void
world_free(struct world *w)
{
    user_end_fini(&w->user_end);
    host_end_fini(&w->host_end);
    wire_fini(&w->up);
    wire_fini(&w->down);
    wire_fini(&w->up6);
    wire_fini(&w->down6);
    shell_fini(&w->shell);
    buf_fini(&w->datagram);
    buf_fini(&w->typed);
    free(w);
}

static void
client_sends(struct world *w)
{
    struct departure how;
    while (user_end_next_datagram(&w->user_end, &w->datagram, &how, w->now_ms)) {
        struct addr from = client_path_addr(w, how.path);
        wire_send(is_inet6(&how.to) ? &w->up6 : &w->up, buf_view(&w->datagram), &from, &how.to,
                  w->now_ms);
    }
}

static void
server_sends(struct world *w)
{
    struct departure how;
    while (host_end_next_datagram(&w->host_end, &w->datagram, &how, w->now_ms))
        wire_send(is_inet6(&how.to) ? &w->down6 : &w->down, buf_view(&w->datagram), &how.from,
                  &how.to, w->now_ms);
}

/* Ours reads all that is there and then sends; stock sends what is due after each datagram. */
static void
deliver_up(struct world *w, struct wire *wire)
{
    struct wire_packet *p;
    while ((p = wire_next(wire, w->now_ms)) != NULL) {
        const struct arrival how = { .path = 1, .from = p->from, .to = p->to, .ecn = 2 };
        if (p->is_cross)
            download_ack(&w->download, p, w->now_ms);
        else
            host_end_receive(&w->host_end, view_of(p->bytes, p->len), &how, w->now_ms);
        if (w->host_end.stock != NULL)
            server_sends(w);
        free(p);
    }
}

/* Who moved away does not get what was sent to the old place. */
static void
deliver_down(struct world *w, struct wire *wire)
{
    struct wire_packet *p;
    while ((p = wire_next(wire, w->now_ms)) != NULL) {
        uint32_t path = p->to.bytes[2];
        struct addr to = client_path_addr(w, path);
        const struct arrival how = { .path = path, .from = p->from, .to = p->to, .ecn = 2 };
        if (p->is_cross)
            download_segment(&w->up, p, w->now_ms);
        else if (addr_equal(&p->to, &to))
            user_end_receive(&w->user_end, view_of(p->bytes, p->len), &how, w->now_ms);
        if (w->user_end.stock != NULL)
            client_sends(w);
        free(p);
    }
}

static void
run_shell(struct world *w)
{
    struct buf *input = host_end_pty_input(&w->host_end);
    if (!w->shell_started && host_end_has_client(&w->host_end)) {
        w->shell_started = true;
        shell_start(&w->shell);
    }
    if (input->len > 0) {
        shell_input(&w->shell, buf_view(input), w->now_ms);
        buf_clear(input);
    }
    shell_tick(&w->shell, w->now_ms);
    if (w->server != NULL)
        (void)server_session_take_window(w->server, &w->shell.rows, &w->shell.cols);
    if (w->shell.output.len > 0) {
        host_end_pty_output(&w->host_end, buf_view(&w->shell.output), w->now_ms);
        buf_clear(&w->shell.output);
    }
}

static void
run_server(struct world *w)
{
    deliver_up(w, &w->up);
    deliver_up(w, &w->up6);
    download_send(&w->download, &w->down, w->now_ms);
    if (w->program.run != NULL)
        w->program.run(w->program.context, &w->host_end, w->now_ms);
    else if (!w->shell_ended)
        run_shell(w);
    host_end_tick(&w->host_end, w->now_ms);
    server_sends(w);
}

static void
run_client(struct world *w)
{
    deliver_down(w, &w->down);
    deliver_down(w, &w->down6);
    user_end_tick(&w->user_end, w->now_ms);
    client_sends(w);
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
        next = earlier(next, host_end_deadline_ms(&w->host_end, w->now_ms));
        next = earlier(next, wire_deadline_ms(&w->up));
        next = earlier(next, wire_deadline_ms(&w->up6));
        if (w->program.run != NULL)
            next = earlier(next, w->program.deadline_ms(w->program.context));
        else if (!w->shell_ended)
            next = earlier(next, w->shell.echo_ms);
    }
    if (!w->client_asleep) {
        next = earlier(next, user_end_deadline_ms(&w->user_end, w->now_ms));
        next = earlier(next, wire_deadline_ms(&w->down));
        next = earlier(next, wire_deadline_ms(&w->down6));
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

/* Let time pass until the next event, not past end_ms. Returns false at the end. */
static bool
advance(struct world *w, uint64_t end_ms, int *turns)
{
    uint64_t next = next_event_ms(w);
    if (next > w->now_ms)
        *turns = 0;
    else if (++*turns > TURNS_MAX)
        abort();
    w->now_ms = next > end_ms ? end_ms : next > w->now_ms ? next : w->now_ms;
    return w->now_ms < end_ms;
}

uint64_t
world_run_until(struct world *w, bool (*done)(struct world *w, void *context), void *context,
                uint64_t limit_ms)
{
    uint64_t start_ms = w->now_ms, end_ms = start_ms + limit_ms;
    int turns = 0;
    for (;;) {
        turn(w);
        if (done != NULL && done(w, context))
            return w->now_ms - start_ms;
        if (!advance(w, end_ms, &turns))
            return UINT64_MAX;
    }
}

void
world_run(struct world *w, uint64_t ms)
{
    (void)world_run_until(w, NULL, NULL, ms);
}

bool
world_is_equal(struct world *w)
{
    struct screen *wanted = host_end_snapshot(&w->host_end, w->now_ms);
    bool equal = screen_equal(wanted, user_end_screen(&w->user_end));
    screen_unref(wanted);
    return equal;
}

static bool
is_all_equal(struct world *w, void *context)
{
    (void)context;
    return world_is_equal(w) && world_typed_arrived(w);
}

uint64_t
world_run_until_equal(struct world *w, uint64_t limit_ms)
{
    return world_run_until(w, is_all_equal, NULL, limit_ms);
}

void
world_type_bytes(struct world *w, struct view keys)
{
    buf_put(&w->typed, keys);
    user_end_type(&w->user_end, keys, w->now_ms);
    client_sends(w);
}

void
world_type(struct world *w, const char *keys)
{
    world_type_bytes(w, view_of_text(keys));
}

void
world_move_client(struct world *w)
{
    w->client_addr.bytes[0]++;
    if (w->client_addr.bytes[0] == 0)
        w->client_addr.bytes[1]++;
}

void
world_download(struct world *w)
{
    download_start(&w->download);
}

void
world_path_event(struct world *w, enum path_event what)
{
    user_end_path_event(&w->user_end, what, w->now_ms);
}

void
world_cut(struct world *w, bool cut)
{
    w->up.is_cut = w->down.is_cut = w->up6.is_cut = w->down6.is_cut = cut;
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
