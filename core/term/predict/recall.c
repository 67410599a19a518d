/*
 * Up and Down at a shell's prompt bring back the lines that were sent off. Known are those that were
 * seen on the screen when they were sent, and those still on their way; the rest of a shell's history
 * it alone knows.
 */
#include <string.h>

#include "term/predict/predict_internal.h"

/* Whether a line editor with a history of its own reads here. */
static bool
has_history(const struct predictor *p)
{
    const struct situation *s = &p->context->situation;
    bool is_editor = s->bracketed_paste || s->is_interpreter;
    bool is_raw = s->tty == CONTEXT_TTY_RAW || s->tty == CONTEXT_TTY_UNKNOWN;
    return is_editor && is_raw && !s->is_full_screen && !s->is_pane && p->prompt.text != NULL &&
           p->prompt.is_known;
}

/* Several lines make one entry, which is not what we would bring back. */
static bool
is_whole(const struct predictor *p, const struct line *sent)
{
    return sent->start_is_known && !prompt_goes_on(&p->prompt);
}

void
recall_note(struct predictor *p, const struct line *sent)
{
    uint8_t bytes[COMMAND_MAX_BYTES];
    struct view text;
    if (p->context == NULL || !has_history(p))
        return;
    if (sent != NULL && is_whole(p, sent) && command_text(sent, bytes, &text))
        history_push(&p->history, prompt_place(&p->prompt), text);
    else
        history_forget(&p->history);
}

/* The line sent off n lines ago, also of those whose Enter has not been answered. */
static bool
nth_sent(const struct predictor *p, int n, uint8_t bytes[COMMAND_MAX_BYTES], struct view *text)
{
    for (int i = p->guesses.count - 1; i >= 0; i--) {
        const struct guess *g = &p->guesses.at[i];
        bool is_sent =
            g->is_modelled && g->line.entered && !g->is_seen && command_text(&g->line, bytes, text);
        if (is_sent && text->len > 0 && --n == 0)
            return true;
    }
    return history_nth(&p->history, prompt_place(&p->prompt), n, text);
}

/* The same; false also where shells differ: one line twice, or one that begins with a blank. */
static bool
nth_recalled(const struct predictor *p, int n, uint8_t bytes[COMMAND_MAX_BYTES], struct view *text)
{
    uint8_t other[COMMAND_MAX_BYTES];
    struct view newer;
    if (!nth_sent(p, n, bytes, text) || text->len == 0)
        return false;
    bool is_plain = text->data[0] != ' ';
    for (int i = 1; i < n && is_plain; i++) {
        is_plain =
            nth_sent(p, i, other, &newer) && newer.data[0] != ' ' && !view_equal(newer, *text);
    }
    return is_plain;
}

/* Whether l is as it was when it was brought back, or empty. */
static bool
is_unedited(const struct predictor *p, const struct line *l)
{
    uint8_t bytes[COMMAND_MAX_BYTES], now[COMMAND_MAX_BYTES];
    struct view text, shown;
    if (l->recalled == 0)
        return l->len == 0;
    return nth_sent(p, l->recalled, bytes, &text) && command_text(l, now, &shown) &&
           view_equal(text, shown);
}

enum line_effect
recall_apply(const struct predictor *p, struct line *l, enum line_command command)
{
    uint8_t bytes[COMMAND_MAX_BYTES];
    struct view text = view_of(NULL, 0);
    int n = l->recalled + (command == LINE_COMMAND_UP ? 1 : -1);
    bool is_known = has_history(p) && l->start_is_known && is_unedited(p, l) && n >= 0 &&
                    (n == 0 || nth_recalled(p, n, bytes, &text));
    if (!is_known || !line_replace(l, text, &p->rules))
        return LINE_EFFECT_UNKNOWN;
    l->recalled = n;
    return LINE_EFFECT_CHANGED;
}
