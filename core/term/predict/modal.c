/* Sources: vim's help, "Vim-modes" and "inserting"; POSIX.1-2017, vi. */
#include "term/predict/modal.h"

#include "term/predict/full_screen.h"
#include "term/predict/pane.h"

enum { ESCAPE = 0x1b };

/* Whether the last row begins with the words of a mode, or of a question. */
static bool
is_spoken(const struct screen *s)
{
    const struct row *r = s->row[s->rows - 1];
    return r->cols < 2 || (r->cell[0].text == '-' && r->cell[1].text == '-');
}

enum modal
modal_of(const struct screen *s, bool is_known)
{
    if (s->rows < 3 || s->cursor_row >= s->rows - 1)
        return MODAL_NONE;
    if (pane_says_insert(s->row[s->rows - 1]))
        return MODAL_INSERT;
    bool is_vi =
        is_known || (s->cursor_row < s->rows - 2 && full_screen_is_below_text(s, s->rows - 2));
    return is_vi && !is_spoken(s) ? MODAL_NORMAL : MODAL_NONE;
}

bool
modal_takes(enum modal mode, const struct key *key)
{
    bool is_escape = key->kind == KEY_CONTROL && key->code == ESCAPE;
    return mode == MODAL_NORMAL || mode == MODAL_PAGER || (mode == MODAL_INSERT && is_escape);
}

static enum line_effect
move_to(struct line *l, int i)
{
    if (i == l->cursor)
        return LINE_EFFECT_NONE;
    return line_move(l, i) ? LINE_EFFECT_CHANGED : LINE_EFFECT_UNKNOWN;
}

/* Whether the text may go on in the next row. */
static bool
fills_row(const struct line *l)
{
    return l->len > 0 && line_col(l, l->len) == l->pane.left;
}

/* Escape: back by a character, but not out of the line. */
static enum line_effect
leave(struct line *l)
{
    bool is_start = l->cursor == l->floor || line_col(l, l->cursor) == l->pane.left;
    /* At the start of a row the line may begin in the row above. */
    if (is_start)
        return l->cursor == l->len ? LINE_EFFECT_NONE : LINE_EFFECT_UNKNOWN;
    return move_to(l, line_before(l, l->cursor));
}

/* o: a new line below. */
static enum line_effect
open_below(struct line *l)
{
    return line_move(l, l->len) && line_break(l) ? LINE_EFFECT_CHANGED : LINE_EFFECT_UNKNOWN;
}

static bool
is_asked(uint32_t code)
{
    return code == ':' || code == '/' || code == '?';
}

/* A command or a pattern is typed in the last row. */
static enum line_effect
ask(struct line *l, uint8_t mark)
{
    struct line below = { .pane = { .left = 0, .cols = l->pane.left + l->pane.cols },
                          .top = l->rows - 1,
                          .rows = l->rows,
                          .start_is_known = true,
                          .is_elsewhere = true };
    below.cells = row_new(below.pane.cols, COLOR_DEFAULT);
    below.room = below.pane.cols - 1;
    below.from = below.pane.cols;
    if (l->pane.left > 0 || !line_insert(&below, view_of(&mark, 1), CELL_NARROW, true)) {
        line_fini(&below);
        return LINE_EFFECT_UNKNOWN;
    }
    /* What stood there goes: a ruler, a message. */
    below.to = below.cells->cols;
    line_fini(l);
    *l = below;
    return LINE_EFFECT_CHANGED;
}

enum line_effect
modal_apply(enum modal *mode, const struct key *key, struct line *l, bool begins)
{
    if (*mode == MODAL_INSERT) {
        *mode = MODAL_NORMAL;
        return leave(l);
    }
    if (*mode == MODAL_NORMAL && key->kind == KEY_CONTROL && key->code == ESCAPE)
        return LINE_EFFECT_NONE;
    bool is_other = *mode == MODAL_PAGER && (key->code == ':' || !is_asked(key->code));
    if (key->kind != KEY_TEXT || is_other)
        return LINE_EFFECT_UNKNOWN;
    *mode = is_asked(key->code) ? MODAL_NONE : MODAL_INSERT;
    switch (key->code) {
    case ':':
    case '/':
    case '?': return ask(l, (uint8_t)key->code);
    case 'i': return LINE_EFFECT_NONE;
    case 'a': return move_to(l, line_after(l, l->cursor));
    case 'A': return fills_row(l) ? LINE_EFFECT_UNKNOWN : move_to(l, l->len);
    case 'O': return begins && line_break_above(l) ? LINE_EFFECT_CHANGED : LINE_EFFECT_UNKNOWN;
    case 'o': return fills_row(l) ? LINE_EFFECT_UNKNOWN : open_below(l);
    default: return LINE_EFFECT_UNKNOWN;
    }
}
