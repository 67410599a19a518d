/*
 * Lines typed ahead: behind Enter, before the prompt has come back. Where it will be is known in the
 * bottom row, where the screen scrolls by as much as the program writes; behind a line that prints
 * nothing; and behind one that was sent off before.
 *
 * A program that the line starts may ask for a secret: only such lines are followed as cannot do that.
 */
#include "term/predict/predict_internal.h"
#include "term/predict/query.h"
#include "term/predict/statement.h"

/* Python's, before a new statement. */
static bool
is_python(const struct prompt *prompt)
{
    const struct cell *c = prompt->text->cell;
    return prompt->col == 4 && c[0].text == '>' && c[1].text == '>' && c[2].text == '>' &&
           pane_cell_is_blank(prompt->text, 3);
}

/* Whether somebody reads lines here whose language is known. */
static bool
is_followed(const struct predictor *p, const struct situation *s)
{
    const struct prompt *prompt = &p->prompt;
    if (prompt->text == NULL || !prompt->is_known || !prompt->has_returned || s->is_full_screen ||
        (s->tty != CONTEXT_TTY_RAW && s->tty != CONTEXT_TTY_UNKNOWN))
        return false;
    return is_python(prompt) || prompt_is_of_sql(prompt) ||
           (s->bracketed_paste && !s->is_interpreter && prompt_is_of_shell(prompt) &&
            !prompt_goes_on(prompt));
}

/* Rows of text that is no longer than the window, else LANDING_UNKNOWN. */
static int
rows_of(struct view text, int rows, int cols)
{
    return rows < 0 || text.len > (size_t)cols ? LANDING_UNKNOWN : rows;
}

/* Whether a line asks for nothing, and how many rows it prints, or LANDING_UNKNOWN. */
static bool
is_brief(const struct predictor *p, struct view text, int *rows)
{
    int cols = p->cols;
    if (is_python(&p->prompt)) {
        *rows = rows_of(text, statement_rows(text), cols);
        return statement_is_brief(text);
    }
    if (prompt_is_of_sql(&p->prompt)) {
        *rows = rows_of(text, query_rows(text), cols);
        return query_is_brief(text);
    }
    *rows = rows_of(text, command_rows(text), cols);
    return command_is_brief(text) && !(p->shows_directory && command_goes_elsewhere(text));
}

/* The row where the prompt will stand behind a line that prints so many rows, or -1: not known. */
static int
landing_row(const struct line *sent, int rows)
{
    int row, col;
    line_cursor(sent, &row, &col);
    if (rows == LANDING_ELSEWHERE || (rows == LANDING_UNKNOWN && row < sent->rows - 1))
        return -1;
    row += rows > 0 ? rows : 0;
    return row < sent->rows ? row : sent->rows - 1;
}

bool
ahead_begin(struct predictor *p, const struct line *sent, struct line *next)
{
    uint8_t bytes[COMMAND_MAX_BYTES];
    struct view text;
    int printed;
    bool is_known = sent->start_is_known && sent->wraps && !p->unsettled &&
                    context_trusts(p->context, LINE_COMMAND_TEXT) &&
                    is_followed(p, &p->context->situation);
    if (!is_known || !command_text(sent, bytes, &text) || !is_brief(p, text, &printed))
        return false;
    int rows = landings_rows(&p->landings, command_hash(text));
    int row = landing_row(sent, rows != LANDING_UNKNOWN ? rows : printed);
    int cap = 2 * sent->pane.cols - p->prompt.col;
    if (row < 0 || cap <= 0)
        return false;
    *next = (struct line){
        .cells = row_new(cap, COLOR_DEFAULT),
        .pane = sent->pane,
        .top = row,
        .left = p->prompt.col,
        .room = cap,
        .from = cap,
        .rows = sent->rows,
        .scrolled = sent->scrolled,
        .lead = p->prompt.col > 0 ? row_style(p->prompt.text, p->prompt.col - 1) : sent->lead,
        .start_is_known = true,
        .wraps = true,
        .is_elsewhere = true,
        .is_ahead = true,
    };
    next->lead.link = NULL;
    return true;
}

bool
ahead_is_answered(const struct predictor *p, const struct line *sent, const struct screen *raw)
{
    struct prompt prompt = p->prompt;
    struct situation now = p->context->situation;
    now.tty = context_tty_of(&p->hints);
    now.bracketed_paste = raw->modes.bracketed_paste;
    if (!sent->start_is_known || !is_followed(p, &now) || !prompt_again(&prompt, raw))
        return false;
    /* The same text may stand further up from another time: here it would be the line itself. */
    struct line whole = *sent;
    whole.from = 0;
    whole.to = whole.len;
    return !line_text_stands(&whole, raw, line_row(sent, 0) - prompt.row);
}

void
ahead_note(struct predictor *p, const struct line *sent, int shift, const struct screen *raw)
{
    if (!sent->start_is_known || p->prompt.text == NULL || p->context->situation.is_full_screen)
        return;
    uint8_t bytes[COMMAND_MAX_BYTES];
    struct view text;
    if (!command_text(sent, bytes, &text))
        return;
    int last = line_row(sent, sent->len > 0 ? sent->len - 1 : 0) - shift;
    struct prompt prompt = p->prompt;
    bool is_back = prompt_again(&prompt, raw);
    p->shows_directory = p->shows_directory || (!is_back && command_goes_elsewhere(text));
    landings_note(&p->landings, command_hash(text),
                  is_back && raw->cursor_row > last ? raw->cursor_row - last - 1
                                                    : LANDING_ELSEWHERE);
}
