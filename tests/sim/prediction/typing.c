/* Virtual time in steps of one millisecond, jumping where nothing happens. */
#include "typing.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "term/emulator/emulator.h"

#define ECHO_WAIT_MS    50
#define COLLECT_MS      8 /* a server gathers output so long before it sends a screen */
#define IN_FLIGHT_MAX   4096
#define HELD_MAX        64 /* keys that a client may hold before it paints */
#define INTERVAL_MIN_MS 20
#define INTERVAL_MAX_MS 250

/* A client state on its way, or applied: keys first..last of the trace. */
struct state {
    uint64_t number, arrives_ms;
    int first, last;
    bool applied;
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
    struct predictor *predictor;
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
    uint64_t up_free_ms, down_free_ms;
    /* program */
    struct pending_out out[IN_FLIGHT_MAX];
    int outs;
    uint64_t program_free_ms;
    struct hints server_hints;
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

/* When a packet that leaves now arrives; those before it arrive first. */
static uint64_t
arrival_ms(struct typing *t, uint64_t *free_ms)
{
    t->random = t->random * 1664525u + 1013904223u;
    uint64_t jitter = t->link->jitter_ms > 0 ? (t->random >> 16) % t->link->jitter_ms : 0;
    uint64_t at = t->now_ms + t->link->round_trip_ms / 2 + jitter;
    if (at < *free_ms)
        at = *free_ms;
    *free_ms = at;
    return at;
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
        .arrives_ms = arrival_ms(t, &t->up_free_ms),
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

static void
server_receive(struct typing *t)
{
    for (int i = 0; i < t->states; i++) {
        struct state *s = &t->state[i];
        if (s->applied || s->arrives_ms > t->now_ms)
            continue;
        s->applied = true;
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
        .arrives_ms = arrival_ms(t, &t->down_free_ms),
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

static void
client_receive(struct typing *t)
{
    while (t->frames_from < t->frames && t->frame[t->frames_from].arrives_ms <= t->now_ms) {
        struct frame *f = &t->frame[t->frames_from++];
        screen_unref(t->raw);
        t->raw = f->screen;
        t->hints = f->hints;
        t->echo_ack = f->echo_ack;
        const struct predict_sync sync = sync_of(t);
        predictor_judge(t->predictor, t->raw, &t->hints, &sync, t->now_ms);
    }
    if (t->frames_from == t->frames)
        t->frames_from = t->frames = 0;
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

static void
step(struct typing *t)
{
    client_send(t);
    server_receive(t);
    program_run(t);
    server_send(t);
    client_receive(t);
    forget_old_states(t);
    screen_unref(predictor_overlay(t->predictor, t->raw, t->now_ms));
    t->now_ms++;
}

static bool
cell_reads_as(const struct screen *a, const struct screen *b, int y, int x)
{
    uint8_t sa[4], sb[4];
    struct view va = row_text(a->row[y], x, sa), vb = row_text(b->row[y], x, sb);
    if (va.len == 1 && va.data[0] == ' ')
        va.len = 0;
    if (vb.len == 1 && vb.data[0] == ' ')
        vb.len = 0;
    return view_equal(va, vb);
}

static bool
cursors_equal(const struct screen *a, const struct screen *b)
{
    return a->cursor_row == b->cursor_row && a->cursor_col == b->cursor_col;
}

/* What a program suggests is its own idea, not the key's effect: fish shows it dim. */
static bool
is_suggested(const struct screen *s, int y, int x)
{
    uint32_t fg = s->row[y]->cell[x].fg;
    return fg == color_palette(8) || fg == color_palette(240) || fg == color_rgb(0x55, 0x55, 0x55);
}

/* Whether all that a key changed from `before` to `after` is painted. */
static bool
shows_effect(const struct screen *painted, const struct screen *before, const struct screen *after)
{
    if (!cursors_equal(painted, after))
        return false;
    /* Rulers and clocks elsewhere change as well: that is no answer to a key. */
    bool down = after->cursor_row >= before->cursor_row;
    int first = down ? before->cursor_row : after->cursor_row;
    int last = down ? after->cursor_row : before->cursor_row;
    for (int y = first; y <= last; y++) {
        for (int x = 0; x < after->cols; x++) {
            bool is_effect =
                !cell_reads_as(before, after, y, x) && !is_suggested(after, y, x) &&
                !(is_suggested(before, y, x) && cell_is_empty(&after->row[y]->cell[x]));
            if (is_effect && !cell_reads_as(painted, after, y, x))
                return false;
        }
    }
    return true;
}

/* How wrong what was predicted is, measured by what the key really led to. */
static double
wrongness(const struct screen *painted, const struct screen *raw, const struct screen *after)
{
    double wrong = 0;
    if (!cursors_equal(painted, raw) && !cursors_equal(painted, after))
        return 1;
    for (int y = 0; y < after->rows; y++) {
        for (int x = 0; x < after->cols; x++) {
            if (cell_reads_as(painted, raw, y, x) || cell_reads_as(painted, after, y, x))
                continue;
            bool is_tail = y == painted->cursor_row && x >= painted->cursor_col;
            if (!is_tail)
                return 1;
            wrong = 0.5;
        }
    }
    return wrong;
}

/*
 * The same by the key that the picture is of: the newest ones may be held, and what is painted is then
 * right for an earlier key.
 */
static double
least_wrong(const struct typing *t, const struct screen *painted, int index)
{
    double least = 1;
    for (int k = index; k > 0 && k > index - HELD_MAX && least > 0; k--) {
        const struct trace_key *key = &t->trace->key[k];
        double wrong = wrongness(painted, t->raw, key->after);
        least = wrong < least ? wrong : least;
        for (int m = 0; m < key->moves; m++) {
            wrong = wrongness(painted, t->raw, key->moved[m]);
            least = wrong < least ? wrong : least;
        }
    }
    return least;
}

/* Whether something is painted that neither the server nor the truth has: of a key without echo. */
static bool
leaks(const struct screen *painted, const struct screen *raw, const struct trace_key *k)
{
    for (int y = 0; y < raw->rows; y++) {
        for (int x = 0; x < raw->cols; x++) {
            bool is_true = cell_reads_as(painted, raw, y, x) ||
                           cell_reads_as(painted, k->after, y, x) ||
                           cell_reads_as(painted, k->before, y, x);
            if (!is_true && painted->row[y]->cell[x].text > ' ')
                return true;
        }
    }
    return false;
}

/* Keys whose effect no client can know: completion, history, what an editor's commands do. */
static bool
is_unknowable(const struct trace_key *k)
{
    struct view typed = buf_view(&k->typed);
    return view_equal(typed, view_of("\t", 1)) || view_equal(typed, view_of("\033OA", 3)) ||
           view_equal(typed, view_of("\033OB", 3)) || view_equal(typed, view_of("\033", 1)) ||
           view_equal(typed, view_of("\x0c", 1)) || view_equal(typed, view_of("\x02", 1));
}

static void
score_key(struct typing *t, int index, struct typing_score *score, FILE *log)
{
    const struct trace_key *k = &t->trace->key[index];
    struct screen *painted = predictor_overlay(t->predictor, t->raw, t->now_ms);
    score->keys++;
    if (k->is_secret) {
        bool leaked = painted != t->raw && leaks(painted, t->raw, k);
        score->leaks += leaked;
        if (leaked && log != NULL)
            fprintf(log, "%d: LEAK\n", index);
    }
    bool instant = shows_effect(painted, k->before, k->after);
    for (int m = 0; m < k->moves; m++)
        instant = instant || shows_effect(painted, k->before, k->moved[m]);
    double wrong = instant || painted == t->raw ? 0 : least_wrong(t, painted, index);
    score->instant += instant;
    score->unknowable += !instant && is_unknowable(k);
    score->wrong += wrong;
    if (log != NULL && (!instant || wrong > 0)) {
        fprintf(log, "%6llu %d: ", (unsigned long long)t->now_ms, index);
        for (size_t i = 0; i < k->typed.len; i++)
            fprintf(log, k->typed.data[i] > 32 && k->typed.data[i] < 127 ? "%c" : "<%02x>",
                    k->typed.data[i]);
        fprintf(log, "%s cursor %d,%d of %d,%d%s\n", wrong > 0 ? " WRONG" : "", painted->cursor_row,
                painted->cursor_col, k->after->cursor_row, k->after->cursor_col,
                painted == t->raw ? " hidden" : "");
    }
    screen_unref(painted);
}

static void
start(struct typing *t, const struct trace *trace, const struct typing_link *link,
      enum predict_display display)
{
    const struct predict_preference preference = { .display = display };
    t->trace = trace;
    t->link = link;
    t->random = link->seed;
    t->predictor = predictor_new(&preference);
    t->server = emulator_new(EMULATOR_PTY, screen_new(trace->rows, trace->cols));
    t->raw = screen_new(trace->rows, trace->cols);
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
    emulator_free(t->server);
    predictor_free(t->predictor);
    free(t);
}

void
typing_play(const struct trace *trace, const struct typing_link *link, enum predict_display display,
            struct typing_score *score, FILE *log)
{
    struct typing *t = mem_new(1, sizeof *t);
    start(t, trace, link, display);
    for (int i = 1; i < trace->keys; i++) {
        for (uint32_t ms = 0; ms < trace->key[i].gap_ms; ms++)
            step(t);
        const struct predict_sync sync = sync_of(t);
        predictor_type(t->predictor, buf_view(&trace->key[i].typed), t->raw, &sync, t->now_ms);
        t->typed = i + 1;
        score_key(t, i, score, log);
    }
    stop(t);
}
