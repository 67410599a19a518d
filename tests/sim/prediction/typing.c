/* The person at the keyboard of a world, whose program is a recorded one. */
#include "typing.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "hold.h"
#include "recorded.h"
#include "stock.h"
#include "world.h"

#define CONNECT_MS 5000 /* until the session is up, also where packets are lost */
#define SETTLE_MS  20000
#define WAITS_MAX  4096

/* A key whose effect is not painted yet. */
struct wait {
    int index;
    uint64_t typed_ms, due;
};

struct typing {
    const struct key_trace *trace;
    struct world *world;
    struct recorded *program;
    struct stock *stock; /* the model of stock's predictions; NULL: the client is ours */
    struct typing_score *score;
    struct screen *painted, *painted_raw;
    uint64_t painted_echo_ack;
    struct wait wait[WAITS_MAX];
    int waits, typed;
    FILE *log;
};

static const struct screen *
raw_of(const struct typing *t)
{
    return user_end_screen(&t->world->user_end);
}

static struct predict_sync
sync_of(const struct typing *t)
{
    return user_end_sync(&t->world->user_end, t->world->now_ms);
}

/* Nothing is predicted. */
static bool
is_plain(const struct typing *t)
{
    return screen_equal(t->painted, t->painted_raw);
}

static void
paint(struct typing *t)
{
    const struct predict_sync sync = sync_of(t);
    struct screen *raw = screen_ref((struct screen *)(uintptr_t)raw_of(t));
    screen_unref(t->painted);
    screen_unref(t->painted_raw);
    if (t->stock != NULL)
        stock_note_sync(t->stock, &sync);
    t->painted = t->stock != NULL ? stock_overlay(t->stock, raw, t->world->now_ms)
                                  : client_session_shown(t->world->client, t->world->now_ms);
    t->painted_raw = raw;
    t->painted_echo_ack = sync.echo_ack;
}

/* Nothing is typed yet; but the model of stock learns how far away its server is. */
static bool
paint_again(struct world *w, void *context)
{
    (void)w;
    paint(context);
    return false;
}

/* Which waiting keys show their effect, or that of a key behind them. */
static void
look(struct typing *t)
{
    int newest = -1;
    for (int i = 0; i < t->waits; i++) {
        const struct trace_key *k = &t->trace->key[t->wait[i].index];
        if (score_shows(t->painted, k) || t->painted_echo_ack >= t->wait[i].due)
            newest = i;
    }
    for (int i = 0; i <= newest; i++)
        score_latency(t->score, t->world->now_ms - t->wait[i].typed_ms);
    t->waits -= newest + 1;
    memmove(t->wait, t->wait + newest + 1, (size_t)t->waits * sizeof t->wait[0]);
}

/* Something happened in the world: the person looks at the screen. */
static bool
watch(struct world *w, void *context)
{
    struct typing *t = context;
    (void)w;
    struct screen *was = screen_ref(t->painted), *was_raw = screen_ref(t->painted_raw);
    paint(t);
    t->score->flicker += score_flicker(t->trace, t->typed - 1, was, was_raw, t->painted);
    if (t->waits > 0)
        look(t);
    screen_unref(was);
    screen_unref(was_raw);
    return false;
}

static bool
watch_to_the_end(struct world *w, void *context)
{
    struct typing *t = context;
    (void)watch(w, context);
    return t->waits == 0;
}

static void
log_hold(const struct typing *t, struct view typed)
{
    int command = -1;
    enum predict_hold hold = PREDICT_HOLD_NONE;
    if (t->stock == NULL)
        hold = predictor_hold(client_session_predictor(t->world->client), raw_of(t), &command,
                              t->world->now_ms);
    fprintf(t->log, " [%s %s %s]", hold_kind_of_key(typed), hold_name(hold),
            hold_kind_of_command(command));
}

static void
log_key(const struct typing *t, int index, const char *note)
{
    const struct trace_key *k = &t->trace->key[index];
    fprintf(t->log, "%6llu %d: ", (unsigned long long)t->world->now_ms, index);
    for (size_t i = 0; i < k->typed.len; i++)
        fprintf(t->log, k->typed.data[i] > 32 && k->typed.data[i] < 127 ? "%c" : "<%02x>",
                k->typed.data[i]);
    log_hold(t, buf_view(&k->typed));
    fprintf(t->log, " %s cursor %d,%d of %d,%d%s\n", note, t->painted->cursor_row,
            t->painted->cursor_col, k->after->cursor_row, k->after->cursor_col,
            is_plain(t) ? " hidden" : "");
}

/* The key at index was typed just now. */
static void
note_key(struct typing *t, int index, uint64_t due)
{
    paint(t);
    const char *note = score_key(t->score, t->trace, index, t->painted, t->painted_raw);
    if (note != NULL && t->log != NULL)
        log_key(t, index, note);
    if (score_shows(t->painted, &t->trace->key[index]))
        score_latency(t->score, 0);
    else if (t->waits < WAITS_MAX)
        t->wait[t->waits++] = (struct wait){ index, t->world->now_ms, due };
}

/* Stock's predictor looks at what is painted, ours at what the server sent. */
static void
type(struct typing *t, int index)
{
    const struct predict_sync sync = sync_of(t);
    struct view typed = buf_view(&t->trace->key[index].typed);
    if (t->stock != NULL)
        stock_type(t->stock, typed, t->painted, &sync, t->world->now_ms);
    world_type_bytes(t->world, typed);
    t->typed = index + 1;
    note_key(t, index, sync.sent + 1);
}

static void
start(struct typing *t, const struct key_trace *trace, const struct typing_link *link,
      enum predict_display display)
{
    const struct wire_config wire = { .delay_ms = link->round_trip_ms / 2,
                                      .jitter_ms = link->jitter_ms,
                                      .loss_permille = 10 * link->loss_percent };
    t->trace = trace;
    t->program = recorded_new(trace);
    const struct world_config config = {
        .up = wire,
        .down = wire,
        .client_maker = link->is_stock_client ? WORLD_STOCK : WORLD_SKUA,
        .server_maker = link->has_hints ? WORLD_SKUA : WORLD_STOCK,
        .rows = trace->rows,
        .cols = trace->cols,
        .predict = display,
        .program = recorded_program(t->program),
    };
    t->world = world_new(&config, link->seed);
    if (link->is_stock_client)
        t->stock = stock_new(display, trace->rows, trace->cols);
    (void)world_run_until(t->world, paint_again, t, CONNECT_MS);
    recorded_start(t->program, t->world->now_ms);
    (void)world_run_until(t->world, paint_again, t, CONNECT_MS);
}

static void
stop(struct typing *t)
{
    screen_unref(t->painted);
    screen_unref(t->painted_raw);
    stock_free(t->stock);
    world_free(t->world);
    recorded_free(t->program);
    free(t);
}

void
typing_play(const struct key_trace *trace, const struct typing_link *link,
            enum predict_display display, struct typing_score *score, FILE *log)
{
    struct typing *t = mem_new(1, sizeof *t);
    t->score = score;
    t->log = log;
    start(t, trace, link, display);
    for (int i = 1; i < trace->keys; i++) {
        (void)world_run_until(t->world, watch, t, trace->key[i].gap_ms);
        type(t, i);
    }
    (void)world_run_until(t->world, watch_to_the_end, t, SETTLE_MS);
    stop(t);
}
