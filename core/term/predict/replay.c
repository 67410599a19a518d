/*
 * Guessing anew: keys that the server has not answered, on a screen of its own making.
 *
 * Such a screen may already show some of them, since it is ahead of its echo ack by what came in the
 * last moments. Counting a key twice would paint it twice, so the text before the cursor is looked at
 * for those that are old enough to be there.
 */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "term/predict/predict_internal.h"
#include "term/text/codepoint.h"
#include "term/text/width.h"

/* The text that keys typed so far would leave. */
struct typed {
    uint32_t text[GUESS_MAX];
    int len;
};

/* Apply a key; false: its effect is not one on text at the end of a line. */
static bool
typed_push(struct typed *t, const struct guess *g)
{
    if (g->command == LINE_COMMAND_TEXT && width_of(g->key.code) > 0)
        t->text[t->len++] = g->key.code;
    else if (g->command == LINE_COMMAND_ERASE && t->len > 0)
        t->len--;
    else
        return false;
    return true;
}

static int
typed_width(const struct typed *t)
{
    int width = 0;
    for (int i = 0; i < t->len; i++)
        width += width_of(t->text[i]);
    return width;
}

/* Whether the text ends at column `to` of row r. */
static bool
typed_stands(const struct typed *t, const struct row *r, int to)
{
    int x = to - typed_width(t);
    if (x < 0)
        return false;
    for (int i = 0; i < t->len; i++) {
        uint8_t scratch[4], utf8[4];
        struct view text = view_of(utf8, codepoint_encode(t->text[i], utf8));
        struct view seen = row_text(r, x, scratch);
        bool both_blank = t->text[i] == ' ' && pane_cell_is_blank(r, x);
        if (!both_blank && !view_equal(seen, text))
            return false;
        x += width_of(t->text[i]);
    }
    return true;
}

/*
 * How many of the first guesses raw shows, left of its cursor: those born up to old_ms may be there, and
 * what they typed must not be empty. *width: the columns of their text. -1: none of them stands there.
 */
static int
count_seen(const struct predictor *p, const struct screen *raw, uint64_t old_ms, int *width)
{
    struct typed typed = { .len = 0 };
    int seen = -1;
    const struct row *r = raw->row[raw->cursor_row];
    for (int i = 0; i < p->guesses.count && p->guesses.at[i].born_ms <= old_ms; i++) {
        if (!typed_push(&typed, &p->guesses.at[i]))
            break;
        if (typed.len == 0 || !typed_stands(&typed, r, raw->cursor_col))
            continue;
        seen = i + 1;
        *width = typed_width(&typed);
    }
    return seen;
}

/* What the key of g makes of a line. Returns false where that is not known. */
static bool
apply(struct predictor *p, struct line *l, const struct guess *g)
{
    enum line_effect effect = predictor_apply(p, l, g);
    return effect != LINE_EFFECT_UNKNOWN && !l->entered;
}

/*
 * How many of the first guesses make of an empty line what raw shows at its prompt. Those born up to old_ms
 * may be there; later ones only when nothing else fits. -1: what stands there is something else.
 */
static int
count_applied(struct predictor *p, const struct screen *raw, uint64_t old_ms)
{
    if (!rest_begin(p, raw, MODAL_NONE) || !p->rest.start_is_known)
        return -1;
    int seen = -1, count = p->guesses.count;
    struct line l = line_copy(&p->rest);
    bool is_known = line_replace(&l, view_of(NULL, 0), &p->rules);
    p->guesses.count = 0; /* the lines that they had are not those of these keys */
    for (int i = 0; i <= count && is_known; i++) {
        bool is_old = i > 0 && p->guesses.at[i - 1].born_ms <= old_ms;
        l.from = 0;
        l.to = l.len;
        if ((seen < 0 || is_old) && line_compare(&l, raw, 0) == LINE_MATCHES)
            seen = i;
        is_known = i < count && apply(p, &l, &p->guesses.at[i]);
    }
    p->guesses.count = count;
    line_fini(&l);
    return seen;
}

/* A prompt that came back has what was typed ahead of it between itself and the cursor. */
static bool
drop_behind_prompt(struct predictor *p, const struct screen *raw, int acked, uint64_t old_ms)
{
    struct prompt was = p->prompt;
    if (!prompt_again(&p->prompt, raw))
        return false;
    row_ref(was.text);
    int seen = count_applied(p, raw, old_ms);
    row_unref(seen < 0 ? p->prompt.text : was.text);
    if (seen < 0) {
        p->prompt = was;
        return false;
    }
    guesses_drop(&p->guesses, seen > acked ? seen : acked);
    return true;
}

/* Whether one of the keys born up to old_ms may have taken the text before it elsewhere. */
static bool
may_be_gone(const struct predictor *p, uint64_t old_ms)
{
    for (int i = 0; i < p->guesses.count && p->guesses.at[i].born_ms <= old_ms; i++) {
        enum line_command command = p->guesses.at[i].command;
        if (command != LINE_COMMAND_TEXT && command != LINE_COMMAND_ERASE)
            return true;
    }
    return false;
}

/* Drop the guesses that raw shows. Returns whether the rest can be counted on not to be there. */
static bool
drop_seen(struct predictor *p, const struct screen *raw, bool was_sent, int acked, uint64_t old_ms)
{
    if (p->guesses.count == 0)
        return true;
    /* A prompt that nobody waits for may be the one that comes behind these keys. */
    if (drop_behind_prompt(p, raw, acked, old_ms))
        return was_sent || !may_be_gone(p, old_ms);
    guesses_drop(&p->guesses, acked);
    if (p->guesses.count == 0)
        return true;
    if (p->guesses.at[0].born_ms > old_ms)
        return true;
    int width = 0, seen = count_seen(p, raw, old_ms, &width);
    /* Old characters that are not there have not arrived; of other keys nothing can be said. */
    if (seen <= 0)
        return p->guesses.at[0].command == LINE_COMMAND_TEXT && !may_be_gone(p, old_ms);
    /* A prompt not seen before: what was typed ahead is none of it. */
    if (p->prompt.moved_on)
        prompt_begin(&p->prompt, raw, raw->cursor_col - width);
    guesses_drop(&p->guesses, seen);
    return true;
}

void
predictor_replay(struct predictor *p, const struct screen *raw, bool was_sent, int acked,
                 uint64_t now_ms)
{
    uint64_t round_trip_ms = predictor_round_trip_ms(p);
    uint64_t old_ms = now_ms > round_trip_ms ? now_ms - round_trip_ms : 0;
    bool is_exact = drop_seen(p, raw, was_sent, acked, old_ms);
    struct guesses old = p->guesses;
    p->guesses = (struct guesses){ 0 };
    predictor_forget_rest(p);

    for (int i = 0; i < old.count; i++) {
        struct guess g = old.at[i]; /* but for its line */
        g.is_modelled = g.has_effect = g.tells = g.switches = g.is_seen = false;
        g.line = (struct line){ 0 };
        g.epoch = p->epoch;
        if (i > 0 || is_exact)
            predictor_model(p, &g, raw);
        guesses_push(&p->guesses, &g);
    }
    guesses_fini(&old);
}
