/* Virtual time in steps of one millisecond, jumping where nothing happens. */
#include "typing.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "score.h"
#include "stock.h"
#include "term/emulator/emulator.h"
#include "term/predict/line_editor.h"

#define ECHO_WAIT_MS    50
#define SETTLE_MS       20000
#define COLLECT_MS      8 /* a server gathers output so long before it sends a screen */
#define IN_FLIGHT_MAX   4096
#define RESEND_MIN_MS   50
#define LOOK_MS         10 /* a person's eye: whether a key's effect has come is seen so often */
#define INTERVAL_MIN_MS 20
#define INTERVAL_MAX_MS 250

/* A client state on its way, or applied: keys first..last of the trace. */
struct state {
    uint64_t number, arrives_ms;
    int first, last;
    bool applied;
};

/* A key whose effect is not painted yet. */
struct wait {
    int index;
    uint64_t typed_ms, due;
};

/* A piece of output that the program has yet to write. */
struct pending_out {
    uint64_t at_ms;
    const struct trace_key *key;
    int index;
};

struct frame {
    uint64_t arrives_ms, echo_ack;
    struct screen *screen;
    struct hints hints;
};

struct typing {
    const struct trace *trace;
    const struct typing_link *link;
    struct predictor *predictor; /* NULL: the client is stock */
    struct stock *stock;
    struct emulator *server;
    uint64_t now_ms;
    uint32_t random;
    /* client */
    struct screen *raw;
    struct hints hints;
    uint64_t sent, echo_ack, last_sent_ms;
    int unsent_from, typed; /* keys typed and not sent: unsent_from..typed-1 */
    /* uplink, and the server's memory of it */
    struct state state[IN_FLIGHT_MAX];
    int states, echo_states;
    /* program */
    struct pending_out out[IN_FLIGHT_MAX];
    int outs;
    uint64_t program_free_ms;
    struct hints server_hints;
    /* the person */
    struct typing_score *score;
    struct screen *painted, *painted_raw;
    struct wait wait[IN_FLIGHT_MAX];
    int waits;
    FILE *log;
    /* server */
    struct screen *last_frame;
    uint64_t last_frame_ms, last_frame_ack, dirty_ms;
    struct frame frame[IN_FLIGHT_MAX];
    int frames_from, frames;
};

static uint32_t
interval_ms(const struct typing *t)
{
    uint32_t half = (t->link->round_trip_ms + 1) / 2;
    return half < INTERVAL_MIN_MS ? INTERVAL_MIN_MS
                                  : (half > INTERVAL_MAX_MS ? INTERVAL_MAX_MS : half);
}

static uint32_t
random_below(struct typing *t, uint32_t limit)
{
    t->random = t->random * 1664525u + 1013904223u;
    return limit > 0 ? (t->random >> 16) % limit : 0;
}

/* When what leaves now arrives; a lost packet is sent again after a timeout, until one comes through. */
static uint64_t
arrival_ms(struct typing *t)
{
    uint64_t at = t->now_ms, timeout_ms = t->link->round_trip_ms + t->link->round_trip_ms / 4;
    while (random_below(t, 100) < t->link->loss_percent)
        at += timeout_ms > RESEND_MIN_MS ? timeout_ms : RESEND_MIN_MS;
    return at + t->link->round_trip_ms / 2 + random_below(t, t->link->jitter_ms);
}

static struct predict_sync
sync_of(const struct typing *t)
{
    return (struct predict_sync){ t->sent, t->echo_ack, interval_ms(t) };
}

static void
client_send(struct typing *t)
{
    bool is_time = t->sent == 0 || t->now_ms >= t->last_sent_ms + interval_ms(t);
    if (t->unsent_from == t->typed || !is_time || t->states == IN_FLIGHT_MAX)
        return;
    t->sent++;
    t->state[t->states++] = (struct state){
        .number = t->sent,
        .arrives_ms = arrival_ms(t),
        .first = t->unsent_from,
        .last = t->typed - 1,
    };
    t->unsent_from = t->typed;
    t->last_sent_ms = t->now_ms;
}

/* The program works on one key after the other. */
static void
program_take(struct typing *t, const struct trace_key *k)
{
    uint64_t from = t->now_ms > t->program_free_ms ? t->now_ms : t->program_free_ms;
    for (int i = 0; i < k->outs && t->outs < IN_FLIGHT_MAX; i++) {
        uint64_t at = from + k->out[i].delay_ms + 1;
        t->out[t->outs++] = (struct pending_out){ at, k, i };
        t->program_free_ms = at;
    }
    if (k->outs == 0) {
        t->server_hints.echo = k->echo;
        t->server_hints.canonical = k->canonical;
    }
}

static void
program_run(struct typing *t)
{
    int done = 0;
    for (; done < t->outs && t->out[done].at_ms <= t->now_ms; done++) {
        const struct trace_key *k = t->out[done].key;
        emulator_feed(t->server, buf_view(&k->out[t->out[done].index].bytes), t->now_ms);
        if (t->out[done].index == k->outs - 1) {
            t->server_hints.echo = k->echo;
            t->server_hints.canonical = k->canonical;
        }
    }
    t->outs -= done;
    memmove(t->out, t->out + done, (size_t)t->outs * sizeof t->out[0]);
}

/* A state holds all keys up to its last: it stands for those before it that are still on their way. */
static void
server_receive(struct typing *t)
{
    int newest = -1;
    for (int i = 0; i < t->states; i++) {
        if (!t->state[i].applied && t->state[i].arrives_ms <= t->now_ms)
            newest = i;
    }
    for (int i = 0; i <= newest; i++) {
        struct state *s = &t->state[i];
        if (s->applied)
            continue;
        s->applied = true;
        s->arrives_ms = t->now_ms;
        for (int k = s->first; k <= s->last; k++)
            program_take(t, &t->trace->key[k]);
    }
}

static uint64_t
server_echo_ack(const struct typing *t)
{
    uint64_t ack = 0;
    for (int i = 0; i < t->states; i++) {
        if (t->state[i].applied && t->state[i].arrives_ms + ECHO_WAIT_MS <= t->now_ms)
            ack = t->state[i].number;
    }
    return ack;
}

static void
server_send(struct typing *t)
{
    struct screen *now = emulator_snapshot(t->server, t->now_ms);
    uint64_t ack = server_echo_ack(t);
    bool is_news = now != t->last_frame || ack != t->last_frame_ack;
    if (!is_news) {
        t->dirty_ms = 0;
    } else if (t->dirty_ms == 0) {
        t->dirty_ms = t->now_ms;
    }
    bool is_time = is_news && t->now_ms >= t->dirty_ms + COLLECT_MS &&
                   t->now_ms >= t->last_frame_ms + interval_ms(t) && t->frames < IN_FLIGHT_MAX;
    if (!is_time) {
        screen_unref(now);
        return;
    }
    t->frame[t->frames++] = (struct frame){
        .arrives_ms = arrival_ms(t),
        .echo_ack = ack,
        .screen = screen_ref(now),
        .hints = t->link->has_hints ? t->server_hints : (struct hints){ 0 },
    };
    screen_unref(t->last_frame);
    t->last_frame = now;
    t->last_frame_ms = t->now_ms;
    t->last_frame_ack = ack;
    t->dirty_ms = 0;
}

static bool
client_receive(struct typing *t)
{
    int newest = -1;
    for (int i = t->frames_from; i < t->frames; i++) {
        if (t->frame[i].arrives_ms <= t->now_ms)
            newest = i;
    }
    if (newest < 0)
        return false;
    while (t->frames_from <= newest) {
        struct frame *f = &t->frame[t->frames_from++];
        screen_unref(t->raw);
        t->raw = f->screen;
        t->hints = f->hints;
        t->echo_ack = f->echo_ack;
    }
    const struct predict_sync sync = sync_of(t);
    if (t->stock != NULL)
        stock_note_sync(t->stock, &sync);
    else
        predictor_judge(t->predictor, t->raw, &t->hints, &sync, t->now_ms);
    if (t->frames_from == t->frames)
        t->frames_from = t->frames = 0;
    return true;
}

static void
forget_old_states(struct typing *t)
{
    int done = 0;
    while (done < t->states - 1 && t->state[done + 1].applied &&
           t->state[done + 1].arrives_ms + ECHO_WAIT_MS <= t->now_ms)
        done++;
    t->states -= done;
    memmove(t->state, t->state + done, (size_t)t->states * sizeof t->state[0]);
}

/* Which waiting keys show their effect, or that of a key behind them. */
static void
look(struct typing *t)
{
    int newest = -1;
    for (int i = 0; i < t->waits; i++) {
        const struct trace_key *k = &t->trace->key[t->wait[i].index];
        if (score_shows(t->painted, k) || t->echo_ack >= t->wait[i].due)
            newest = i;
    }
    for (int i = 0; i <= newest; i++)
        score_latency(t->score, t->now_ms - t->wait[i].typed_ms);
    t->waits -= newest + 1;
    memmove(t->wait, t->wait + newest + 1, (size_t)t->waits * sizeof t->wait[0]);
}

static void
paint(struct typing *t)
{
    screen_unref(t->painted);
    screen_unref(t->painted_raw);
    t->painted = t->stock != NULL ? stock_overlay(t->stock, t->raw, t->now_ms)
                                  : predictor_overlay(t->predictor, t->raw, t->now_ms);
    t->painted_raw = screen_ref(t->raw);
}

static void
step(struct typing *t)
{
    client_send(t);
    server_receive(t);
    program_run(t);
    server_send(t);
    bool is_new = client_receive(t);
    forget_old_states(t);
    struct screen *was = screen_ref(t->painted), *was_raw = screen_ref(t->painted_raw);
    paint(t);
    if (t->score != NULL && is_new)
        t->score->flicker += score_flicker(t->trace, t->typed - 1, was, was_raw, t->painted);
    if (t->waits > 0 && (is_new || t->now_ms % LOOK_MS == 0))
        look(t);
    screen_unref(was);
    screen_unref(was_raw);
    t->now_ms++;
}

/* The kind of key at `index`, as the report counts them. */
static const char *
kind_of_key(struct view typed)
{
    if (typed.len == 1 && (typed.data[0] == 13 || typed.data[0] == 10))
        return "enter";
    if (typed.len == 1 && typed.data[0] == 9)
        return "tab";
    if (typed.len == 1 && typed.data[0] == 127)
        return "backspace";
    if (typed.len > 1 && typed.data[0] == 27)
        return "sequence";
    return typed.data[0] < 32 ? "control" : "text";
}

static const char *const holds[] = { "not-as-painted", "off",      "secret",  "late",
                                     "behind-unknown", "tty-mode", "command", "unproved" };

/* Kinds of keys that hold others, by enum line_command. */
static const char *
kind_of_command(int command)
{
    switch (command) {
    case LINE_COMMAND_TEXT: return "text";
    case LINE_COMMAND_ERASE: return "backspace";
    case LINE_COMMAND_ENTER: return "enter";
    case LINE_COMMAND_OTHER: return "other";
    case LINE_COMMAND_BREAK: return "break";
    default: return command < 0 ? "-" : "edit";
    }
}

static void
log_hold(const struct typing *t, struct view typed)
{
    int command = -1;
    enum predict_hold hold = predictor_hold(t->predictor, t->raw, &command, t->now_ms);
    fprintf(t->log, " [%s %s %s]", kind_of_key(typed), holds[hold], kind_of_command(command));
}

static void
log_key(const struct typing *t, int index, const char *note)
{
    const struct trace_key *k = &t->trace->key[index];
    fprintf(t->log, "%6llu %d: ", (unsigned long long)t->now_ms, index);
    for (size_t i = 0; i < k->typed.len; i++)
        fprintf(t->log, k->typed.data[i] > 32 && k->typed.data[i] < 127 ? "%c" : "<%02x>",
                k->typed.data[i]);
    log_hold(t, buf_view(&k->typed));
    fprintf(t->log, " %s cursor %d,%d of %d,%d%s\n", note, t->painted->cursor_row,
            t->painted->cursor_col, k->after->cursor_row, k->after->cursor_col,
            t->painted == t->raw ? " hidden" : "");
}

/* The key at index was typed just now. */
static void
note_key(struct typing *t, int index)
{
    paint(t);
    const char *note = score_key(t->score, t->trace, index, t->painted, t->raw);
    if (note != NULL && t->log != NULL)
        log_key(t, index, note);
    if (score_shows(t->painted, &t->trace->key[index]))
        score_latency(t->score, 0);
    else if (t->waits < IN_FLIGHT_MAX)
        t->wait[t->waits++] = (struct wait){ index, t->now_ms, t->sent + 1 };
}

/* Stock's predictor looks at what is painted, ours at what the server sent. */
static void
client_type(struct typing *t, struct view typed)
{
    const struct predict_sync sync = sync_of(t);
    if (t->stock != NULL)
        stock_type(t->stock, typed, t->painted, &sync, t->now_ms);
    else
        predictor_type(t->predictor, typed, t->raw, &sync, t->now_ms);
}

static void
start(struct typing *t, const struct trace *trace, const struct typing_link *link,
      enum predict_display display)
{
    const struct predict_preference preference = { .display = display };
    t->trace = trace;
    t->link = link;
    t->random = link->seed;
    if (link->is_stock_client)
        t->stock = stock_new(display, trace->rows, trace->cols);
    else
        t->predictor = predictor_new(&preference);
    t->server = emulator_new(EMULATOR_PTY, screen_new(trace->rows, trace->cols));
    t->raw = screen_new(trace->rows, trace->cols);
    t->painted = screen_ref(t->raw);
    t->painted_raw = screen_ref(t->raw);
    t->server_hints = (struct hints){ .known = true,
                                      .signals = true,
                                      .extended = true,
                                      .erase = HINTS_ERASE,
                                      .word_erase = HINTS_WORD_ERASE,
                                      .kill = HINTS_KILL };
    t->unsent_from = t->typed = 1;
    t->now_ms = 10000;
    program_take(t, &trace->key[0]);
    for (int i = 0; i < 3000; i++)
        step(t);
}

static void
stop(struct typing *t)
{
    for (int i = t->frames_from; i < t->frames; i++)
        screen_unref(t->frame[i].screen);
    screen_unref(t->last_frame);
    screen_unref(t->raw);
    screen_unref(t->painted);
    screen_unref(t->painted_raw);
    emulator_free(t->server);
    predictor_free(t->predictor);
    stock_free(t->stock);
    free(t);
}

void
typing_play(const struct trace *trace, const struct typing_link *link, enum predict_display display,
            struct typing_score *score, FILE *log)
{
    struct typing *t = mem_new(1, sizeof *t);
    start(t, trace, link, display);
    t->score = score;
    t->log = log;
    for (int i = 1; i < trace->keys; i++) {
        for (uint32_t ms = 0; ms < trace->key[i].gap_ms; ms++)
            step(t);
        client_type(t, buf_view(&trace->key[i].typed));
        t->typed = i + 1;
        note_key(t, i);
    }
    for (int i = 0; i < SETTLE_MS && t->waits > 0; i++)
        step(t);
    stop(t);
}
