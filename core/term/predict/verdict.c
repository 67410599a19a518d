/*
 * Verdicts: which guesses a screen of the server confirms.
 *
 * A screen is compared with the whole line as it should be after each key, so that one that shows
 * more than the echo ack promises gives credit early, and one in which nothing has happened yet is
 * told from one in which something else has. What is refuted is dropped here and nowhere else.
 */
#include "term/predict/predict_internal.h"

/* How long an answer may be overdue before its guess is refuted; and at most, where hints ask for it. */
#define GRACE_MS     150
#define GRACE_MAX_MS 1000

/* Echoes in one stretch of input that show a program to read lines. */
#define CALM_ECHOES 4

/* No guess; no place. */
#define NONE LINE_NOWHERE

/* Whether two lines read the same, cursor included. */
static bool
lines_equal(const struct line *a, const struct line *b)
{
    if (a->cursor != b->cursor || a->len != b->len || a->top != b->top ||
        a->entered != b->entered || a->cells->cols != b->cells->cols)
        return false;
    for (int i = 0; i < a->len; i++) {
        if (!pane_cells_match(a->cells, i, b->cells, i))
            return false;
    }
    return true;
}

/* Whether the line after guess i can be told from that after any guess from `first` on, or none. */
static bool
is_distinct(const struct predictor *p, int i, int first)
{
    const struct line *l = &p->guesses.at[i].line;
    if (first < 0 && p->has_rest && lines_equal(l, &p->rest))
        return false;
    for (int k = first < 0 ? 0 : first; k < i; k++) {
        if (lines_equal(l, &p->guesses.at[k].line))
            return false;
    }
    return true;
}

static bool
can_match(const struct guess *g)
{
    return g->is_modelled && !g->line.entered;
}

/*
 * The newest guess that raw shows, of those whose successors may not be there yet: the last that is
 * due, or a later one by early credit.
 */
static int
find_match(const struct predictor *p, const struct screen *raw, int due, enum line_match *how)
{
    int last = 0;
    while (last < p->guesses.count && can_match(&p->guesses.at[last]))
        last++;
    for (int i = last - 1; i >= due - 1 && i >= 0; i--) {
        const struct guess *g = &p->guesses.at[i];
        *how = line_compare(&g->line, raw, 0);
        if (i == due - 1 && *how != LINE_DIFFERS)
            return i;
        if (i > due - 1 && *how == LINE_MATCHES && is_distinct(p, i, due - 1))
            return i;
    }
    return NONE;
}

/* The screen may have scrolled under the line: look for it higher or lower. 0: it did not. */
static int
find_shift(const struct predictor *p, const struct screen *raw, int due)
{
    if (due == 0 || !can_match(&p->guesses.at[due - 1]))
        return 0;
    const struct line *l = &p->guesses.at[due - 1].line;
    int row, col;
    line_cursor(l, &row, &col);
    int shift = row - raw->cursor_row;
    bool is_there = shift != 0 && line_text_stands(l, raw, shift) &&
                    line_compare(l, raw, shift) == LINE_MATCHES;
    return is_there ? shift : 0;
}

/* A character was echoed that could be nothing else. */
static void
note_echo(struct predictor *p, const struct guess *g)
{
    p->echoed_serial = g->serial;
    if (p->echoes_epoch != g->epoch)
        p->echoes = 0;
    p->echoes_epoch = g->epoch;
    p->echoes++;
    if (p->echoes >= CALM_ECHOES && p->echoes >= context_proof_needed(p->context, false))
        p->calm = true;
    bool is_proof = p->echoes >= context_proof_needed(p->context, p->calm);
    if (is_proof && g->epoch > p->confirmed_epoch)
        p->confirmed_epoch = g->epoch;
}

/* Guess i came true: what is learned from it. */
static void
credit(struct predictor *p, struct guess *g, uint64_t now_ms)
{
    p->stats.confirmed++;
    if (g->has_effect && !g->switches && p->context != NULL)
        context_right(p->context, g->command);
    if (g->tells && p->context != NULL)
        note_echo(p, g);
    if (g->has_effect)
        trigger_confirm(&p->trigger, now_ms - g->born_ms, now_ms);
}

/* Whether raw shows right of the cursor what stands `by` cells further right in l. */
static bool
tail_stands(const struct line *l, const struct screen *raw, int shift, int by)
{
    for (int i = l->cursor; i + by < l->len; i++) {
        int row = line_row(l, i) - shift;
        if (row < 0 || row >= raw->rows ||
            !pane_cells_match(l->cells, i + by, raw->row[row], line_col(l, i)))
            return false;
    }
    return true;
}

/*
 * Typed text had something right of it: was it pushed, or did it stay? Where it did neither, the program
 * has drawn something else there. Returns how much of the line is as expected.
 */
static enum line_match
learn_tail(struct predictor *p, const struct guess *g, int shift, enum line_match how,
           const struct screen *raw)
{
    const struct line *l = &g->line;
    if (g->command != LINE_COMMAND_TEXT || l->len <= l->cursor || p->rules.suggests ||
        p->preference.overwrite)
        return how;
    int width = p->rules.shift ? l->cursor - line_before(l, l->cursor) : 0;
    bool stays = tail_stands(l, raw, shift, width);
    if (p->rules.shift && how == LINE_MATCHES)
        context_saw_tail(p->context, true);
    else if (stays)
        context_saw_tail(p->context, false);
    else if (!p->rules.shift)
        context_saw_tail(p->context, true);
    return stays || p->rules.shift ? how : LINE_TAIL_DIFFERS;
}

/* raw shows the line as it is after guess i, `shift` rows higher than expected. */
static void
confirm(struct predictor *p, int i, int shift, enum line_match how, const struct screen *raw,
        uint64_t now_ms)
{
    struct guess *g = &p->guesses.at[i];
    how = learn_tail(p, g, shift, how, raw);
    for (int k = 0; k <= i; k++)
        credit(p, &p->guesses.at[k], now_ms);

    struct line now = line_copy(&g->line);
    int scrolled = now.scrolled;
    prompt_scroll(&p->prompt, scrolled + shift);
    for (int k = i + 1; k < p->guesses.count && p->guesses.at[k].is_modelled; k++) {
        struct line *l = &p->guesses.at[k].line;
        l->scrolled -= scrolled;
        l->opened -= now.opened;
        l->opened_at += now.opened - shift;
        l->top -= shift;
        if (!l->is_elsewhere)
            line_rebase(l, &now);
    }
    predictor_forget_rest(p);
    now.top -= shift;
    now.scrolled = now.opened = 0;
    line_adopt(&now, raw);
    p->rest = now;
    p->has_rest = true;
    p->has_slid = now.has_slid;
    rest_note_above(p, raw);
    p->late_ms = 0;
    guesses_drop(&p->guesses, i + 1);
    /*
     * What is right of the cursor is not what we think, or the line is not where it was and may fold
     * without a scroll: begin again from what is there.
     */
    if (how == LINE_TAIL_DIFFERS || shift != 0)
        predictor_replay(p, raw, false, 0, now_ms);
}

/*
 * Whether the cursor of raw is where Enter takes it: below the line; in a text in the row below, at its
 * start, or right of it where more was typed.
 */
static bool
leaves(const struct predictor *p, const struct line *before, int shift, bool has_more,
       const struct screen *raw)
{
    int last = line_row(before, before->len > 0 ? before->len - 1 : 0) - shift;
    if (!p->context->situation.is_full_screen)
        return raw->cursor_row > last;
    int left = before->pane.left;
    return raw->cursor_row == last + 1 &&
           (has_more ? raw->cursor_col >= left : raw->cursor_col == left);
}

/* An Enter that is due: did the cursor leave the line, which is now `shift` rows higher? */
static void
judge_enter(struct predictor *p, const struct line *before, int shift, bool has_more,
            const struct screen *raw)
{
    int row, col;
    line_cursor(before, &row, &col);
    if (raw->cursor_row == row && raw->cursor_col == col && shift == 0) {
        p->unsettled = true;
        p->unsettled_row = row;
        p->unsettled_col = col;
    } else if (shift != NONE && leaves(p, before, shift, has_more, raw)) {
        context_right(p->context, LINE_COMMAND_ENTER);
    } else if (shift != NONE) {
        context_wrong(p->context, LINE_COMMAND_ENTER);
    }
}

/*
 * Guess `barrier` is due, and what it did was not known. The screen is what it is: what came before
 * is credited if it is still seen, and what follows is guessed anew.
 */
static void
pass_barrier(struct predictor *p, int barrier, int due, const struct screen *raw, uint64_t now_ms)
{
    const struct guess *g = &p->guesses.at[barrier];
    const struct line *before = barrier > 0 ? &p->guesses.at[barrier - 1].line : &p->rest;
    if (barrier > 0 || p->has_rest) {
        int shift = line_find(before, raw);
        for (int k = 0; shift != NONE && k < barrier; k++)
            credit(p, &p->guesses.at[k], now_ms);
        if (g->command == LINE_COMMAND_ENTER)
            judge_enter(p, before, shift, barrier + 1 < p->guesses.count, raw);
        if (g->command == LINE_COMMAND_ENTER) {
            bool was_seen = barrier == 0 || shift != NONE;
            recall_note(p, was_seen ? before : NULL);
        }
        if (g->command == LINE_COMMAND_ENTER && shift != NONE)
            ahead_note(p, before, shift, raw);
        if (shift != NONE)
            prompt_scroll(&p->prompt, shift);
    }
    int higher = g->is_seen ? line_find(&g->line, raw) : NONE;
    if (higher != NONE)
        ahead_note(p, &g->line, higher, raw);
    bool was_sent = g->command == LINE_COMMAND_ENTER || g->command == LINE_COMMAND_BREAK;
    int sent = barrier;
    for (int k = barrier + 1; k < due; k++) {
        if (p->guesses.at[k].command != LINE_COMMAND_ENTER)
            continue;
        was_sent = true;
        sent = k;
        recall_note(p, NULL); /* it was never seen whole */
    }
    /* What was typed behind the line that was sent off begins the next one. */
    int acked = was_sent ? due - (sent + 1) : 0;
    guesses_drop(&p->guesses, due - acked);
    p->late_ms = 0;
    predictor_replay(p, raw, was_sent, acked, now_ms);
}

/* The first of the guesses before `due` whose effect is not known. NONE: all are modelled. */
static int
find_barrier(const struct predictor *p, int due)
{
    for (int i = 0; i < due; i++) {
        if (!can_match(&p->guesses.at[i]))
            return i;
    }
    return NONE;
}

/* Whose fault a refutation is: commands that may differ between editors before those that do not. */
static void
blame(struct predictor *p, int due)
{
    bool found = false;
    for (int i = 0; i < due; i++) {
        enum line_command command = p->guesses.at[i].command;
        if (command == LINE_COMMAND_UP || command == LINE_COMMAND_DOWN)
            history_forget(&p->history);
        if (command > LINE_COMMAND_ENTER && p->guesses.at[i].has_effect) {
            context_wrong(p->context, command);
            found = true;
        }
    }
    if (!found)
        context_wrong(p->context, p->guesses.at[due - 1].command);
}

static void
refute(struct predictor *p, int due, const struct screen *raw, uint64_t now_ms)
{
    if (p->context != NULL)
        blame(p, due);
    p->stats.refuted += (uint64_t)due;
    p->late_ms = 0;
    predictor_doubt(p);
    guesses_drop(&p->guesses, due);
    predictor_replay(p, raw, false, 0, now_ms);
}

/* How many of the due guesses raw shows; NONE: it shows none, nor the line before them. */
static int
find_lag(struct predictor *p, const struct screen *raw, int due)
{
    for (int i = due - 2; i >= 0; i--) {
        if (can_match(&p->guesses.at[i]) &&
            line_compare(&p->guesses.at[i].line, raw, 0) == LINE_MATCHES)
            return i + 1;
    }
    if (!p->has_rest)
        return NONE;
    struct line before = p->rest;
    before.from = 0;
    before.to = before.len;
    return line_compare(&before, raw, 0) == LINE_MATCHES ? 0 : NONE;
}

static uint64_t
grace_ms(const struct predictor *p)
{
    uint64_t measured = 2 * (uint64_t)p->hints.echo_delay_ms;
    if (!p->hints.known || measured < GRACE_MS)
        return GRACE_MS;
    return measured < GRACE_MAX_MS ? measured : GRACE_MAX_MS;
}

/* The last due guess is not what raw shows. A slow program is given some time. */
static void
miss(struct predictor *p, int due, const struct screen *raw, uint64_t now_ms)
{
    int there = find_lag(p, raw, due);
    if (there == NONE) {
        refute(p, due, raw, now_ms);
        return;
    }
    if (there > 0)
        confirm(p, there - 1, 0, LINE_MATCHES, raw, now_ms);
    if (p->late_ms == 0)
        p->late_ms = now_ms + grace_ms(p);
    else if (now_ms >= p->late_ms)
        refute(p, due - there, raw, now_ms);
}

/* Whether what stands above the line at rest is something else now: the next prompt may stand where it stood. */
static bool
has_moved(const struct predictor *p, const struct screen *raw)
{
    int y = p->has_rest ? p->rest.top - 1 : -1;
    return p->above != NULL && y >= 0 && y < raw->rows && !pane_rows_match(p->above, raw->row[y]);
}

/* Whether raw shows the line as it was before the last key in front of guess `enter`, an Enter. */
static bool
is_behind(const struct predictor *p, int enter, const struct screen *raw)
{
    if (has_moved(p, raw))
        return false;
    for (int k = -1; k < enter - 1; k++) {
        if (k < 0 && !p->has_rest)
            continue;
        struct line l = k < 0 ? p->rest : p->guesses.at[k].line;
        l.from = 0;
        l.to = l.len;
        if (line_compare(&l, raw, 0) == LINE_MATCHES)
            return true;
    }
    return false;
}

/*
 * raw shows that the oldest line was sent off, `shift` rows higher than expected: it is painted no more.
 * What was typed behind it stays where it is, if it could be placed at all; else it waits for the answer,
 * for a program may be about to ask for a secret.
 */
static void
settle_entered(struct predictor *p, int shift)
{
    struct guess *g = &p->guesses.at[0];
    predictor_forget_rest(p);
    if (p->guesses.count == 1 || !p->guesses.at[1].is_modelled) {
        line_fini(&g->line);
        g->is_modelled = false;
        return;
    }
    int scrolled = g->line.scrolled;
    g->is_seen = true;
    g->line.top -= shift;
    for (int k = 0; k < p->guesses.count && p->guesses.at[k].is_modelled; k++)
        p->guesses.at[k].line.scrolled -= scrolled;
}

/* A line that was seen to be sent off is answered as soon as the prompt is back. */
static bool
take_answer(struct predictor *p, int enter, int shift, const struct screen *raw, uint64_t now_ms)
{
    const struct line *l = &p->guesses.at[enter].line;
    if (shift == NONE || !ahead_is_answered(p, l, raw))
        return false;
    ahead_note(p, l, shift, raw);
    guesses_drop(&p->guesses, enter + 1);
    predictor_replay(p, raw, true, 0, now_ms);
    return true;
}

/* raw may show that a line was sent off before its Enter is due. */
static void
note_entered(struct predictor *p, const struct screen *raw, uint64_t now_ms)
{
    int enter = 0;
    while (enter < p->guesses.count && can_match(&p->guesses.at[enter]))
        enter++;
    if (enter == p->guesses.count || !p->guesses.at[enter].is_modelled)
        return;
    const struct line *l = &p->guesses.at[enter].line;
    int row, col, shift = line_find(l, raw);
    if (p->guesses.at[enter].is_seen) {
        take_answer(p, enter, shift, raw, now_ms);
        return;
    }
    /* The same text may stand there from another time: no answer comes before its time. */
    if (now_ms < p->guesses.at[enter].born_ms + predictor_round_trip_ms(p))
        return;
    line_cursor(l, &row, &col);
    row -= shift > 0 ? shift : 0;
    /* Without any text only an empty row tells, and it tells too little. */
    if (shift == NONE || raw->cursor_row < row || is_behind(p, enter, raw))
        return;
    for (int k = 0; k < enter; k++)
        credit(p, &p->guesses.at[k], now_ms);
    if (p->context == NULL)
        return;
    if (leaves(p, l, shift, enter + 1 < p->guesses.count, raw))
        context_right(p->context, LINE_COMMAND_ENTER);
    else
        context_wrong(p->context, LINE_COMMAND_ENTER);
    prompt_scroll(&p->prompt, shift + l->scrolled);
    p->late_ms = 0;
    recall_note(p, l);
    if (take_answer(p, enter, shift, raw, now_ms))
        return;
    guesses_drop(&p->guesses, enter);
    settle_entered(p, shift);
}

static void
judge(struct predictor *p, const struct screen *raw, uint64_t now_ms)
{
    note_entered(p, raw, now_ms);
    int due = guesses_due(&p->guesses, p->sync.echo_ack);
    int barrier = find_barrier(p, due);
    if (barrier != NONE) {
        pass_barrier(p, barrier, due, raw, now_ms);
        return;
    }
    enum line_match how = LINE_DIFFERS;
    int match = find_match(p, raw, due, &how), shift = 0;
    if (match == NONE && (shift = find_shift(p, raw, due)) != 0) {
        match = due - 1;
        how = LINE_MATCHES;
    }
    if (match != NONE)
        confirm(p, match, shift, how, raw, now_ms);
    else if (due > 0)
        miss(p, due, raw, now_ms);
}

void
verdict_review(struct predictor *p, const struct screen *raw, uint64_t now_ms)
{
    if (p->guesses.count > 0)
        judge(p, raw, now_ms);
    uint64_t oldest = guesses_oldest_ms(&p->guesses);
    if (oldest <= now_ms)
        trigger_wait(&p->trigger, now_ms - oldest);
}

bool
verdict_is_waiting(const struct predictor *p)
{
    return p->late_ms != 0 && !p->hints.known;
}
