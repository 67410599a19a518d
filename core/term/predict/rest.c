/*
 * The line at rest: where the next key goes, as the server shows it.
 */
#include <limits.h>

#include "term/predict/full_screen.h"
#include "term/predict/line_source.h"
#include "term/predict/predict_internal.h"

/* So many blanks part the line from a right prompt or a neighbour. */
#define TAIL_GAP 2

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
        if (full_screen_is_bar(s->row[y]))
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

/* Whether the text in the cursor's row, which has the whole width, does not begin in the row above. */
static bool
begins_row(const struct screen *s, int left)
{
    const struct row *above = s->cursor_row > 0 ? s->row[s->cursor_row - 1] : NULL;
    return left == 0 &&
           (above == NULL || full_screen_is_bar(above) || pane_cell_is_blank(above, s->cols - 1));
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
        .slides = situation->is_field && full_screen_shows_irssi(raw),
        .has_slid = p->has_slid,
    };
    /* A text has no prompt: the line begins where its row does. */
    bool is_elsewhere =
        source.row != raw->cursor_row || !source.start_is_known || raw->cursor_row < raw->rows - 1;
    if (situation->is_full_screen && is_elsewhere) {
        source.row = raw->cursor_row;
        source.col = pane_of(raw, raw->cursor_row, raw->cursor_col).left;
        source.start_is_known = begins_row(raw, source.col);
    } else if (source.slides && source.has_slid) {
        source.start_is_known = false;
    }
    if (line_source_read(&p->rest, raw, &source))
        return true;
    /* What we took for the start is none: only what follows the cursor is the line's. */
    source.row = raw->cursor_row;
    source.col = raw->cursor_col;
    source.start_is_known = false;
    return line_source_read(&p->rest, raw, &source);
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

void
rest_note_above(struct predictor *p, const struct screen *raw)
{
    int y = p->rest.top - 1;
    row_unref(p->above);
    p->above = y >= 0 && y < raw->rows ? row_ref(raw->row[y]) : NULL;
}

/* A pattern is typed in the last row: a pager was asked for it, or the mark stood there alone. */
static bool
asks_pattern(const struct predictor *p, const struct screen *raw)
{
    uint32_t mark = raw->row[raw->rows - 1]->cell[0].text;
    bool is_alone = p->prompt.row == raw->cursor_row && p->prompt.col == 1;
    return (mark == '/' || mark == '?') && raw->cursor_row == raw->rows - 1 &&
           (is_alone || p->is_asking) && !raw->modes.bracketed_paste;
}

/* A shell's prompt is no part of a whole screen: one that seems to be there was left behind. */
static bool
has_whole_screen(const struct predictor *p, const struct screen *raw)
{
    bool is_left = !raw->modes.alternate && raw->modes.bracketed_paste &&
                   raw->cursor_row == raw->rows - 1 && prompt_is_of_shell(&p->prompt);
    return (p->is_whole && !is_left) || (!p->hints.known && asks_pattern(p, raw));
}

bool
rest_begin(struct predictor *p, const struct screen *raw, enum modal modal)
{
    note_editor(p, raw);
    bool resumed = resume_rest(p, raw);
    if (!resumed)
        prompt_find(&p->prompt, raw);
    struct situation situation = situation_of(raw, has_whole_screen(p, raw), &p->hints, &p->prompt);
    /* Of all that can be typed in normal mode, only what is inserted after it can be followed. */
    if (modal == MODAL_NORMAL)
        situation = situation_inserting(&situation);
    if (modal == MODAL_PAGER)
        situation = situation_asking(&situation);
    situation.is_copier = situation.is_copier && p->has_sent_line;
    p->context = contexts_find(&p->contexts, &situation);
    if (!resumed) {
        predictor_forget_rest(p);
        p->has_rest = read_rest(p, raw, &situation);
    }
    /* What is searched for is shown where no line editor has its line. */
    if (!p->has_rest || pane_has_word(raw->row[raw->cursor_row], "-i-search"))
        return false;
    rest_note_above(p, raw);
    p->rest.from = p->rest.cells->cols;
    p->rest.to = 0;
    p->rules = (struct line_rules){
        .canonical = situation.tty == CONTEXT_TTY_CANONICAL || situation.is_copier,
        .shift = !p->preference.overwrite && context_pushes(p->context),
        .suggests = !situation.is_full_screen && cut_suggestion(&p->rest),
        .lines_below = situation.is_full_screen,
    };
    p->unsettled =
        p->unsettled && raw->cursor_row == p->unsettled_row && raw->cursor_col == p->unsettled_col;
    return true;
}
