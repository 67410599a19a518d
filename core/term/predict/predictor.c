/*
 * The predictor: keys become guesses about a line, the server's screens confirm or refute them
 * (verdict.c), and those that may be shown are painted.
 *
 * Where the effect of a key is not known, it and all that follow are held
 * until the server has answered; then they are guessed again, from its screen.
 */
#include "term/predict/predictor.h"

#include <limits.h>
#include <stdlib.h>

#include "base/mem.h"
#include "term/predict/overlay.h"
#include "term/predict/predict_internal.h"

#define PASTE_MIN_BYTES 101

/* The epoch before the first confirmation. */
#define EPOCH_FIRST 1

/* So many blanks part the line from a right prompt or a neighbour. */
#define TAIL_GAP 2

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
    guesses_drop(&p->guesses, p->guesses.count);
    predictor_forget_rest(p);
    line_kill_fini(&p->killed);
    prompt_fini(&p->prompt);
    free(p);
}

void
predictor_doubt(struct predictor *p)
{
    p->epoch++;
}

/* Cut off what fish and its kin suggest behind the line. Returns whether there is any. */
static bool
cut_suggestion(struct line *l)
{
    int own = l->len;
    while (own > l->cursor &&
           (pane_cell_is_blank(l->cells, own - 1) || pane_cell_is_dim(l->cells, own - 1)))
        own--;
    bool is_dim = own < l->len && pane_cell_is_dim(l->cells, l->len - 1);
    if (is_dim)
        l->len = own;
    return is_dim;
}

/* Whether raw still shows the line at rest; if so it is taken over as shown. */
static bool
resume_rest(struct predictor *p, const struct screen *raw)
{
    if (!p->has_rest || p->rules.suggests)
        return false;
    p->rest.from = 0;
    p->rest.to = p->rest.len;
    if (line_compare(&p->rest, raw, 0) != LINE_MATCHES)
        return false;
    line_adopt(&p->rest, raw);
    return true;
}

/* Where an editor's text ends: at its mode, or at a bar above it. */
static int
text_bottom(const struct screen *s)
{
    int y = s->cursor_row + 1;
    while (y < s->rows - 1) {
        struct style first = row_style(s->row[y], 0), last = row_style(s->row[y], s->cols - 1);
        bool is_bar = (first.attrs & last.attrs & STYLE_INVERSE) != 0 ||
                      (first.bg != COLOR_DEFAULT && last.bg != COLOR_DEFAULT);
        if (is_bar)
            break;
        y++;
    }
    return y;
}

/* Where the pane of the cursor ends: at a bar, or a border that lies across. */
static int
pane_bottom(const struct screen *s)
{
    int bar = text_bottom(s), left = pane_of(s, s->cursor_row, s->cursor_col).left;
    for (int y = s->cursor_row + 1; y < bar; y++) {
        if (s->row[y]->cell[left].text == 0x2500)
            return y;
    }
    return bar;
}

static bool
read_rest(struct predictor *p, const struct screen *raw, const struct situation *situation)
{
    struct line_source source = {
        .row = p->prompt.row,
        .col = p->prompt.col,
        .start_is_known = p->prompt.is_known,
        .wraps = !situation->is_full_screen && !situation->is_pane,
        .sticks = situation->tty == CONTEXT_TTY_CANONICAL,
        .spills = situation->is_full_screen,
        .bottom = situation->inserts ? text_bottom(raw) : 0,
        .limit = situation->is_pane ? pane_bottom(raw) : 0,
        .gap = situation->is_full_screen ? INT_MAX : TAIL_GAP,
    };
    /* A text has no prompt: the line begins where its row does. */
    bool is_elsewhere = source.row != raw->cursor_row || !source.start_is_known;
    if (situation->is_full_screen && is_elsewhere) {
        source.row = raw->cursor_row;
        source.col = pane_of(raw, raw->cursor_row, raw->cursor_col).left;
        source.start_is_known = false;
    }
    if (line_read(&p->rest, raw, &source))
        return true;
    /* What we took for the start is none: only what follows the cursor is the line's. */
    source.row = raw->cursor_row;
    source.col = raw->cursor_col;
    source.start_is_known = false;
    return line_read(&p->rest, raw, &source);
}

/* A line editor that begins or ends is another program: what calmed us about the one before is void. */
static void
note_editor(struct predictor *p, const struct screen *raw)
{
    bool is_editing = raw->modes.bracketed_paste;
    if (is_editing == p->was_editing)
        return;
    p->was_editing = is_editing;
    p->calm = false;
    if (is_editing)
        prompt_move_on(&p->prompt);
}

/* Find the line that the next key goes to: into p->rest, with its context and rules. */
static bool
begin_line(struct predictor *p, const struct screen *raw)
{
    note_editor(p, raw);
    bool resumed = resume_rest(p, raw);
    if (!resumed)
        prompt_find(&p->prompt, raw);
    struct situation situation = situation_of(raw, &p->hints, &p->prompt);
    p->context = contexts_find(&p->contexts, &situation);
    if (!resumed) {
        predictor_forget_rest(p);
        p->has_rest = read_rest(p, raw, &situation);
    }
    if (!p->has_rest)
        return false;
    p->rest.from = p->rest.cells->cols;
    p->rest.to = 0;
    p->rules = (struct line_rules){
        .canonical = situation.tty == CONTEXT_TTY_CANONICAL,
        .shift = !p->preference.overwrite && context_pushes(p->context),
        .suggests = !situation.is_full_screen && cut_suggestion(&p->rest),
        .lines_below = situation.is_full_screen,
    };
    p->unsettled =
        p->unsettled && raw->cursor_row == p->unsettled_row && raw->cursor_col == p->unsettled_col;
    return true;
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

/* Work out what the key of g does to a line. */
static void
model_behind(struct predictor *p, struct guess *g, const struct line *before)
{
    g->line = line_copy(before);
    enum line_effect effect =
        line_command_apply(&g->line, g->command, &g->key, &p->rules, &p->killed);
    if (effect == LINE_EFFECT_UNKNOWN) {
        line_fini(&g->line);
        return;
    }
    g->is_modelled = true;
    g->has_effect = effect == LINE_EFFECT_CHANGED;
    g->tells = tells(before, &g->line, g->command);
}

void
predictor_model(struct predictor *p, struct guess *g, const struct screen *raw)
{
    struct guess *last = guesses_last(&p->guesses);
    struct line ahead;
    bool is_first_ahead = last != NULL && last->is_modelled && last->line.entered;
    if (last != NULL && !last->is_modelled)
        return;
    if (last == NULL && !begin_line(p, raw))
        return;
    if (is_first_ahead && !ahead_begin(p, &last->line, &ahead))
        return;
    const struct line *before = is_first_ahead ? &ahead : (last != NULL ? &last->line : &p->rest);
    model_behind(p, g, before);
    if (is_first_ahead)
        line_fini(&ahead);
}

/* Whether a command may begin something that has nothing to do with what was echoed before. */
static bool
begins_anew(enum line_command command, const struct key *key)
{
    bool is_tab = key->kind == KEY_CONTROL && key->code == TAB;
    return command == LINE_COMMAND_ENTER || command == LINE_COMMAND_BREAK ||
           (command == LINE_COMMAND_OTHER && !is_tab);
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
    if (!begins_anew(command, key))
        return;
    predictor_doubt(p);
    p->control_serial = p->serial;
    if (command != LINE_COMMAND_OTHER)
        prompt_move_on(&p->prompt);
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

void
predictor_judge(struct predictor *p, const struct screen *raw, const struct hints *hints,
                const struct predict_sync *sync, uint64_t now_ms)
{
    if (p->preference.display == PREDICT_NEVER)
        return;
    trust_note_hints(p, hints, now_ms);
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
        if (i < newest && !l.entered)
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
