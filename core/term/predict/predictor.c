/*
 * The predictor: keys become guesses about a line, the server's screens confirm or refute them
 * (verdict.c), and those that may be shown are painted.
 *
 * Where the effect of a key is not known, it and all that follow are held
 * until the server has answered; then they are guessed again, from its screen.
 */
#include "term/predict/predictor.h"

#include <stdlib.h>

#include "base/mem.h"
#include "term/predict/full_screen.h"
#include "term/predict/overlay.h"
#include "term/predict/predict_internal.h"

#define PASTE_MIN_BYTES 101

/* The epoch before the first confirmation. */
#define EPOCH_FIRST 1

enum { TAB = 9 };

struct predictor *
predictor_new(const struct predict_preference *preference)
{
    struct predictor *p = mem_new(1, sizeof *p);
    p->preference = *preference;
    p->epoch = EPOCH_FIRST;
    p->sync.send_interval_ms = 250;
    return p;
}

void
predictor_forget_rest(struct predictor *p)
{
    if (p->has_rest)
        line_fini(&p->rest);
    p->has_rest = false;
}

void
predictor_free(struct predictor *p)
{
    if (p == NULL)
        return;
    guesses_fini(&p->guesses);
    predictor_forget_rest(p);
    line_kill_fini(&p->killed);
    prompt_fini(&p->prompt);
    history_fini(&p->history);
    row_unref(p->above);
    free(p);
}

void
predictor_doubt(struct predictor *p)
{
    p->epoch++;
}

/* Whether the echo of a character in this place could be nothing else. */
static bool
tells(const struct line *before, const struct line *after, enum line_command command)
{
    if (command != LINE_COMMAND_TEXT || after->cursor == 0)
        return false;
    int at = line_before(after, after->cursor);
    return !pane_cell_is_blank(after->cells, at) &&
           !pane_cells_match(after->cells, at, before->cells, at);
}

static bool
is_recall(enum line_command command)
{
    return command == LINE_COMMAND_UP || command == LINE_COMMAND_DOWN;
}

/* What is said in a chat client leaves its field, which is empty then. */
static enum line_effect
say(const struct predictor *p, struct line *l)
{
    uint8_t bytes[COMMAND_MAX_BYTES];
    struct view text;
    bool is_said = l->start_is_known && command_text(l, bytes, &text) && command_is_chat(text);
    return is_said && line_replace(l, view_of(NULL, 0), &p->rules) ? LINE_EFFECT_CHANGED
                                                                   : LINE_EFFECT_UNKNOWN;
}

enum line_effect
predictor_apply(struct predictor *p, struct line *l, const struct guess *g)
{
    if (g->command == LINE_COMMAND_ENTER && p->context->situation.is_field)
        return say(p, l);
    return is_recall(g->command)
               ? recall_apply(p, l, g->command)
               : line_command_apply(l, g->command, &g->key, &p->rules, &p->killed);
}

/* Work out what the key of g does to a line. */
static void
model_behind(struct predictor *p, struct guess *g, const struct line *before)
{
    g->line = line_copy(before);
    enum line_effect effect = predictor_apply(p, &g->line, g);
    if (effect == LINE_EFFECT_UNKNOWN) {
        line_fini(&g->line);
        return;
    }
    g->is_modelled = true;
    g->has_effect = effect == LINE_EFFECT_CHANGED;
    g->tells = tells(before, &g->line, g->command);
}

/* A key in normal mode, or the one that leads there: only those that change the mode are known. */
static void
model_modal(struct guess *g, const struct line *before, const struct screen *raw)
{
    int above = raw->cursor_row - 1;
    bool is_there = before->top == raw->cursor_row && before->opened == 0;
    bool begins = is_there && (above < 0 || pane_cell_is_blank(raw->row[above], raw->cols - 1));
    g->line = line_copy(before);
    enum line_effect effect = modal_apply(&g->modal, &g->key, &g->line, begins);
    if (effect == LINE_EFFECT_UNKNOWN) {
        line_fini(&g->line);
        return;
    }
    g->is_modelled = g->switches = true;
    g->has_effect = effect == LINE_EFFECT_CHANGED;
}

void
predictor_model(struct predictor *p, struct guess *g, const struct screen *raw)
{
    struct guess *last = guesses_last(&p->guesses);
    struct line ahead;
    bool is_first_ahead = last != NULL && last->is_modelled && last->line.entered;
    if (last != NULL && !last->is_modelled)
        return;
    if (last != NULL)
        g->modal = last->modal;
    else if (full_screen_shows_pager(raw))
        g->modal = MODAL_PAGER;
    else
        g->modal = p->is_whole ? modal_of(raw, p->is_modal) : MODAL_NONE;
    if (last == NULL && !rest_begin(p, raw, g->modal))
        return;
    if (is_first_ahead && !ahead_begin(p, &last->line, &ahead))
        return;
    const struct line *before = is_first_ahead ? &ahead : (last != NULL ? &last->line : &p->rest);
    bool is_pager = g->modal == MODAL_PAGER;
    if (modal_takes(g->modal, &g->key))
        model_modal(g, before, raw);
    else
        model_behind(p, g, before);
    if (is_pager)
        p->is_asking = g->is_modelled;
    if (is_first_ahead)
        line_fini(&ahead);
}

/* Whether a key may begin something that has nothing to do with what was echoed before. */
static bool
begins_anew(const struct guess *g)
{
    bool is_tab = g->key.kind == KEY_CONTROL && g->key.code == TAB;
    return g->command == LINE_COMMAND_ENTER || g->command == LINE_COMMAND_BREAK ||
           (g->command == LINE_COMMAND_OTHER && !is_tab) ||
           (is_recall(g->command) && !g->is_modelled);
}

static void
push_key(struct predictor *p, const struct key *key, enum line_command command,
         const struct screen *raw, uint64_t now_ms)
{
    if (p->guesses.count == GUESS_MAX)
        return; /* what follows the last is held with it */
    struct guess g = {
        .key = *key,
        .command = command,
        .due = p->sync.sent + 1,
        .born_ms = now_ms,
        .epoch = p->epoch,
        .serial = p->serial,
        .tty = context_tty_of(&p->hints),
        .is_secret = trust_forbids(p, raw),
    };
    predictor_model(p, &g, raw);
    guesses_push(&p->guesses, &g);
    if (command == LINE_COMMAND_ENTER && g.tty != CONTEXT_TTY_CANONICAL)
        p->started = g.is_modelled ? command_kind_of_line(&g.line) : COMMAND_UNKNOWN;
    /* ^D in an empty line ends what reads lines, and the next one may not echo them. */
    if (command == LINE_COMMAND_CTRL_D)
        p->has_sent_line = false;
    if (!begins_anew(&g))
        return;
    p->has_sent_line = command == LINE_COMMAND_ENTER;
    predictor_doubt(p);
    p->control_serial = p->serial;
    if (command == LINE_COMMAND_ENTER || command == LINE_COMMAND_BREAK) {
        prompt_move_on(&p->prompt);
        p->has_slid = p->is_asking = false;
    }
}

/* The marks of a paste are not for the screen, but change what keys mean. */
static bool
is_paste_mark(struct predictor *p, const struct key *key)
{
    unsigned which = key_param(key, 0, 0);
    if (key->kind != KEY_CSI || key->code != '~' || (which != 200 && which != 201))
        return false;
    p->in_paste = which == 200;
    return true;
}

static bool
is_pane(const struct predictor *p)
{
    return p->context != NULL && p->context->situation.is_pane;
}

static void
on_key(struct predictor *p, const struct key *key, const struct screen *raw, uint64_t now_ms)
{
    if (is_paste_mark(p, key))
        return;
    enum line_command command = line_command_of(key, &p->hints);
    if (command == LINE_COMMAND_SILENT)
        return;
    /* Pasted controls are text to a line editor: how it shows them is its own affair. */
    if (p->in_paste && command != LINE_COMMAND_TEXT)
        command = LINE_COMMAND_OTHER;
    /*
     * tmux and screen take the key behind their prefix, ^B or ^A, for a command of their own: the one of
     * the two that was never seen to move the cursor.
     */
    bool is_prefixed = p->is_prefixed;
    p->is_prefixed = key->kind == KEY_CONTROL && is_pane(p) &&
                     (command == LINE_COMMAND_BACKWARD || command == LINE_COMMAND_BEGIN) &&
                     p->context->right[command] == 0;
    if (is_prefixed)
        command = LINE_COMMAND_OTHER;
    p->stats.keys++;
    p->serial++;
    push_key(p, key, command, raw, now_ms);
}

static void
note_size(struct predictor *p, const struct screen *raw)
{
    if (p->rows == raw->rows && p->cols == raw->cols)
        return;
    p->rows = raw->rows;
    p->cols = raw->cols;
    predictor_reset(p);
}

void
predictor_type(struct predictor *p, struct view bytes, const struct screen *raw,
               const struct predict_sync *sync, uint64_t now_ms)
{
    if (p->preference.display == PREDICT_NEVER)
        return;
    note_size(p, raw);
    p->sync = *sync;
    struct key keys[KEY_PUSH_MAX];
    if (key_settle(&p->decoder, keys, now_ms) > 0)
        on_key(p, &keys[0], raw, now_ms);
    if (bytes.len >= PASTE_MIN_BYTES) {
        const struct key paste = { .kind = KEY_OTHER };
        p->decoder = (struct key_decoder){ 0 };
        p->in_paste = false;
        p->serial++;
        push_key(p, &paste, LINE_COMMAND_OTHER, raw, now_ms);
        return;
    }
    for (size_t i = 0; i < bytes.len; i++) {
        int count = key_push(&p->decoder, bytes.data[i], keys, now_ms);
        for (int k = 0; k < count; k++)
            on_key(p, &keys[k], raw, now_ms);
    }
}

/* Whether a program has the whole screen, and whether it is vi. */
static void
note_screen(struct predictor *p, const struct screen *raw)
{
    /* Nothing need show it in normal mode; but a shell comes back in the last row. */
    bool is_still = p->is_modal && !p->hints.known && raw->cursor_row < raw->rows - 1;
    p->is_whole = full_screen_is(raw, &p->hints) || is_still;
    p->is_modal = p->is_whole && (p->is_modal || modal_of(raw, false) == MODAL_INSERT);
}

void
predictor_judge(struct predictor *p, const struct screen *raw, const struct hints *hints,
                const struct predict_sync *sync, uint64_t now_ms)
{
    if (p->preference.display == PREDICT_NEVER)
        return;
    trust_note_hints(p, hints, now_ms);
    note_screen(p, raw);
    p->sync = *sync;
    note_size(p, raw);
    trigger_measure(&p->trigger, sync->send_interval_ms, predictor_is_active(p));
    verdict_review(p, raw, now_ms);
}

/* The newest guess such that it and all before it may be shown; NULL: none. */
static const struct guess *
newest_shown(struct predictor *p, const struct screen *s, uint64_t now_ms)
{
    if (!trigger_shows(&p->trigger, p->preference.display) || verdict_is_waiting(p) ||
        trust_forbids(p, s))
        return NULL;
    const struct guess *newest = NULL;
    for (int i = 0;
         i < p->guesses.count && trust_holds(p, &p->guesses.at[i], now_ms) == PREDICT_HOLD_NONE;
         i++) {
        struct guess *g = &p->guesses.at[i];
        if (!g->was_shown)
            p->stats.shown++;
        g->was_shown = true;
        newest = g;
    }
    return newest;
}

/* Paint a prompt that is expected, left of a line typed ahead. */
static struct screen *
paint_prompt(const struct predictor *p, struct screen *s, const struct line *l)
{
    struct line prompt = *l;
    prompt.cells = p->prompt.text;
    prompt.left = prompt.from = 0;
    prompt.to = prompt.len = prompt.cursor = p->prompt.col;
    return overlay_paint(s, &prompt, false);
}

/* Paint the line of guess `newest` over s, and above it those sent off before it. */
static struct screen *
paint_lines(const struct predictor *p, struct screen *s, int newest)
{
    struct screen *out = screen_ref(s);
    int scrolled = 0;
    for (int i = 0; i <= newest; i++) {
        struct line l = p->guesses.at[i].line;
        bool is_painted = (i == newest || l.entered) && !p->guesses.at[i].is_seen;
        if (!is_painted)
            continue;
        int total = l.scrolled;
        l.scrolled -= scrolled;
        scrolled = total;
        struct screen *under = out, *base = NULL;
        if (l.is_ahead) {
            under = base = paint_prompt(p, out, &l);
            l.scrolled = 0;
        }
        struct screen *painted = overlay_paint(under, &l, p->trigger.underline);
        screen_unref(out);
        screen_unref(base);
        out = painted;
    }
    return out;
}

struct screen *
predictor_overlay(struct predictor *p, struct screen *s, uint64_t now_ms)
{
    if (p->preference.display == PREDICT_NEVER || s->rows != p->rows || s->cols != p->cols)
        return screen_ref(s);
    verdict_review(p, s, now_ms);
    const struct guess *newest = newest_shown(p, s, now_ms);
    if (newest == NULL)
        return screen_ref(s);
    return paint_lines(p, s, (int)(newest - p->guesses.at));
}

uint64_t
predictor_deadline_ms(const struct predictor *p, uint64_t now_ms)
{
    uint64_t deadline = UINT64_MAX, oldest = guesses_oldest_ms(&p->guesses);
    if (oldest != UINT64_MAX)
        deadline = trigger_deadline_ms(&p->trigger, oldest);
    if (p->late_ms != 0 && p->late_ms < deadline)
        deadline = p->late_ms;
    uint64_t escape = key_deadline_ms(&p->decoder);
    if (escape < deadline && escape > now_ms)
        deadline = escape;
    return deadline;
}

void
predictor_reset(struct predictor *p)
{
    /* What is on its way will still change the screen: hold on until it has. */
    struct guess *last = guesses_last(&p->guesses);
    struct guess barrier = { .command = LINE_COMMAND_OTHER, .key = { .kind = KEY_OTHER } };
    bool is_waiting = last != NULL;
    if (is_waiting) {
        barrier.due = last->due;
        barrier.born_ms = last->born_ms;
        barrier.serial = last->serial;
    }
    guesses_drop(&p->guesses, p->guesses.count);
    predictor_forget_rest(p);
    p->late_ms = 0;
    predictor_doubt(p);
    if (is_waiting) {
        barrier.epoch = p->epoch;
        guesses_push(&p->guesses, &barrier);
    }
}

bool
predictor_is_active(const struct predictor *p)
{
    return p->guesses.count > 0;
}

enum predict_hold
predictor_hold(const struct predictor *p, const struct screen *s, int *command, uint64_t now_ms)
{
    if (!trigger_shows(&p->trigger, p->preference.display))
        return PREDICT_HOLD_OFF;
    if (verdict_is_waiting(p))
        return PREDICT_HOLD_LATE;
    if (trust_forbids(p, s))
        return PREDICT_HOLD_SECRET;
    for (int i = 0; i < p->guesses.count; i++) {
        enum predict_hold hold = trust_holds(p, &p->guesses.at[i], now_ms);
        if (hold == PREDICT_HOLD_NONE)
            continue;
        *command = (int)p->guesses.at[i].command;
        return hold;
    }
    return PREDICT_HOLD_NONE;
}

const struct predict_stats *
predictor_stats(const struct predictor *p)
{
    return &p->stats;
}
