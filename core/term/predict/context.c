/* Scores by situation. */
#include "term/predict/context.h"

#include <limits.h>

#include "term/predict/full_screen.h"
#include "term/predict/pane.h"

/* Scores saturate here: half of it is lost with the first refutation. */
#define SCORE_MAX 40
#define SCORE_MIN (-10)

/* A score without limit: never trusted. */
#define SCORE_NEVER INT16_MAX

/* Refutations after which a command is not shown, one more for each so many confirmations. */
#define WRONG_MAX       2
#define RIGHT_PER_WRONG 20

/*
 * Echoes in a row that an unknown program has to show: one that reads a field of a few characters may
 * read a secret right behind it. Where nothing is known of the tty the field may be a date or a code.
 */
#define STRANGER_PROOF       4
#define BLIND_STRANGER_PROOF 9

/* So many echoes, and bracketed paste, show a line editor to a client without hints. */
#define BLIND_EDITOR_SCORE 3

/*
 * Echoes in a row that a program has to show for which the driver echoes characters one by one. It may
 * read a field of a fixed length that way, and a secret behind it; the longest such fields are numbers
 * of cards, 19 digits (ISO/IEC 7812-1).
 */
#define FEW_PROOF 20

/* So many in a row where a line is typed, be it behind a prompt or in a field. */
#define FIELD_SCORE 4

enum context_tty
context_tty_of(const struct hints *hints)
{
    if (!hints->known)
        return CONTEXT_TTY_UNKNOWN;
    if (hints->canonical)
        return hints->echo ? CONTEXT_TTY_CANONICAL : CONTEXT_TTY_SILENT;
    return hints->echo ? CONTEXT_TTY_FEW : CONTEXT_TTY_RAW;
}

/* Whether a mode line of Emacs is of a language whose lines it indents. */
static bool
indents(const struct row *mode_line)
{
    static const char *const flat[] = { "(Text", "(Fundamental", "(Lisp Interaction" };
    for (size_t i = 0; i < sizeof flat / sizeof flat[0]; i++) {
        if (pane_has_word(mode_line, flat[i]))
            return false;
    }
    return true;
}

/* Editors and pagers take commands and patterns in the last row, behind ":", "/" or "?". */
static bool
is_asked(const struct screen *s, const struct prompt *prompt)
{
    uint32_t mark = s->row[s->rows - 1]->cell[0].text;
    /* A ":" alone may be a pager's prompt, where keys are commands. */
    bool is_mark = mark == '/' || mark == '?' || (mark == ':' && s->cursor_col > 1);
    bool is_in_last = s->rows > 1 && s->cursor_row == s->rows - 1 && s->cursor_col > 0;
    /* Where the input begins at the edge the mark is a part of it, as in a chat client. */
    bool is_typed = prompt->is_known && prompt->row == s->cursor_row && prompt->col == 0;
    return is_mark && is_in_last && !is_typed;
}

/*
 * Whether a shell waits in one of several panes: what shows them (tmux, screen) has a bar at an edge,
 * and asks for bracketed paste when the program in the pane does.
 */
static bool
is_shell_pane(const struct screen *s, const struct prompt *prompt)
{
    bool has_bar = full_screen_is_bar(s->row[s->rows - 1]) || full_screen_is_bar(s->row[0]);
    return has_bar && s->modes.bracketed_paste && full_screen_mode(s) == 0 &&
           prompt_is_of_shell(prompt) && prompt->col > 1 &&
           pane_cell_is_blank(prompt->text, prompt->col - 1);
}

/*
 * Whether a program without a prompt gives back what it reads, as cat does: above the row where the
 * input begins, the same text stands twice.
 */
static bool
is_copier(const struct screen *s, const struct prompt *prompt)
{
    int y = prompt->row;
    if (!prompt->is_known || prompt->col != 0 || y < 2 || y >= s->rows)
        return false;
    return !pane_cell_is_blank(s->row[y - 1], 0) &&
           pane_rows_match(s->row[y - 1], s->row[y - 2]);
}

struct situation
situation_of(const struct screen *s, bool is_whole, const struct hints *hints,
             const struct prompt *prompt)
{
    struct situation out = {
        .tty = context_tty_of(hints),
        .is_whole = is_whole,
        .bracketed_paste = s->modes.bracketed_paste,
        .cursor_style = s->modes.cursor_style,
        .mode_hash = full_screen_mode(s),
    };
    out.inserts = out.is_whole && pane_says_insert(s->row[s->rows - 1]);
    out.is_emacs = is_whole && full_screen_shows_emacs(s);
    out.indents = out.is_emacs && indents(s->row[s->rows - 2]);
    out.takes_text = out.is_emacs || (is_whole && full_screen_shows_help(s));
    out.is_pane = is_whole && is_shell_pane(s, prompt);
    out.is_full_screen = (out.is_whole || out.mode_hash != 0) && !out.is_pane;
    /* In a text, what is left of the input is text. */
    out.mark = out.is_full_screen ? 0 : prompt_mark(prompt);
    /* What one program proved is not true of another that happens to have the same prompt. */
    if (out.tty == CONTEXT_TTY_RAW && !out.bracketed_paste && !out.is_full_screen)
        out.program = hints->program;
    out.is_asked = out.is_full_screen && is_asked(s, prompt);
    out.is_field = out.is_whole && out.is_full_screen && !out.is_asked && out.mode_hash == 0 &&
                   prompt->is_known && s->rows > 1 && s->cursor_row == s->rows - 1 &&
                   prompt->row == s->cursor_row;
    out.is_interpreter = !out.is_full_screen && prompt_is_of_interpreter(prompt);
    out.is_copier = out.tty == CONTEXT_TTY_UNKNOWN && !out.is_full_screen && is_copier(s, prompt);
    return out;
}

struct situation
situation_inserting(const struct situation *s)
{
    struct screen *like = screen_new(2, PANE_INSERT_COLS);
    for (int x = 0; x < PANE_INSERT_COLS; x++)
        row_set(screen_row_mut(like, 1), x, view_of(&PANE_INSERT[x], 1), CELL_NARROW, &like->pen);
    struct situation out = *s;
    out.mode_hash = full_screen_mode(like);
    out.inserts = out.is_full_screen = true;
    screen_unref(like);
    return out;
}

struct situation
situation_asking(const struct situation *s)
{
    struct situation out = *s;
    out.is_asked = out.is_full_screen = out.is_whole = true;
    out.is_field = false;
    out.mark = 0;
    return out;
}

static bool
situation_equal(const struct situation *a, const struct situation *b)
{
    return a->tty == b->tty && a->is_whole == b->is_whole &&
           a->bracketed_paste == b->bracketed_paste && a->cursor_style == b->cursor_style &&
           a->mark == b->mark && a->mode_hash == b->mode_hash && a->program == b->program &&
           a->is_asked == b->is_asked && a->takes_text == b->takes_text &&
           a->is_emacs == b->is_emacs && a->indents == b->indents && a->is_pane == b->is_pane &&
           a->is_interpreter == b->is_interpreter && a->is_field == b->is_field &&
           a->is_copier == b->is_copier;
}

/* Whether a program is known to read a line here, and to edit it itself. */
static bool
has_editor(const struct situation *s)
{
    return !s->is_full_screen && (s->bracketed_paste || s->is_interpreter);
}

struct context *
contexts_find(struct contexts *c, const struct situation *situation)
{
    struct context *oldest = &c->slot[0];
    c->clock++;
    for (int i = 0; i < CONTEXT_MAX; i++) {
        struct context *at = &c->slot[i];
        if (at->used != 0 && situation_equal(&at->situation, situation)) {
            at->used = c->clock;
            return at;
        }
        if (at->used < oldest->used)
            oldest = at;
    }
    *oldest = (struct context){ .situation = *situation, .used = c->clock };
    return oldest;
}

static void
count(uint8_t *counter)
{
    if (*counter < UINT8_MAX)
        (*counter)++;
}

void
context_right(struct context *c, enum line_command command)
{
    count(&c->right[command]);
    if (command == LINE_COMMAND_TEXT && c->score < SCORE_MAX)
        c->score++;
}

void
context_wrong(struct context *c, enum line_command command)
{
    count(&c->wrong[command]);
    if (command != LINE_COMMAND_TEXT)
        return;
    c->score = (int16_t)(c->score / 2 - 4);
    if (c->score < SCORE_MIN)
        c->score = SCORE_MIN;
}

void
context_saw_tail(struct context *c, bool pushed)
{
    if (pushed)
        c->stays = 0;
    else
        count(&c->stays);
}

bool
context_pushes(const struct context *c)
{
    return c->stays == 0;
}

/*
 * Confirmations in a row that make text trusted. 20 give a chance of 0.95 by the rule of succession;
 * where a line editor is known to wait, less proof is needed. A program that is not known to read
 * lines may read a secret next: it is never trusted beyond the line in hand.
 */
static int
score_needed(const struct situation *s)
{
    bool asks = s->mark == ':' || s->mark == '?', is_mute = s->mark == 0;
    switch (s->tty) {
    case CONTEXT_TTY_CANONICAL: return SCORE_MIN;
    case CONTEXT_TTY_SILENT:
    case CONTEXT_TTY_FEW: return SCORE_NEVER;
    case CONTEXT_TTY_RAW:
        if (asks && !s->is_full_screen)
            return SCORE_NEVER;
        if (s->inserts || s->takes_text || s->is_asked || has_editor(s))
            return 0;
        return s->is_field ? FIELD_SCORE : (is_mute ? 20 : 8);
    case CONTEXT_TTY_UNKNOWN: break;
    }
    if (s->is_full_screen)
        return s->inserts || s->takes_text || s->is_asked ? 0 : (s->mode_hash != 0 ? 8 : 20);
    if (asks || (is_mute && !s->bracketed_paste && !s->is_copier))
        return SCORE_NEVER;
    if (s->is_interpreter)
        return 0;
    return s->bracketed_paste ? 3 : 20;
}

bool
context_can_be_trusted(const struct context *c)
{
    return score_needed(&c->situation) < SCORE_NEVER;
}

int
context_proof_needed(const struct context *c, bool calm)
{
    const struct situation *s = &c->situation;
    bool is_known_reader =
        s->tty == CONTEXT_TTY_CANONICAL || s->bracketed_paste || s->is_full_screen || has_editor(s);
    if (s->tty == CONTEXT_TTY_SILENT)
        return INT_MAX;
    if (s->tty == CONTEXT_TTY_FEW)
        return FEW_PROOF;
    if (is_known_reader || calm)
        return 1;
    return s->tty == CONTEXT_TTY_UNKNOWN ? BLIND_STRANGER_PROOF : STRANGER_PROOF;
}

/* Keys that are named for what they do, in a line or a text. */
static bool
is_named(enum line_command command)
{
    return command == LINE_COMMAND_HOME || command == LINE_COMMAND_END ||
           command == LINE_COMMAND_DELETE;
}

static bool
is_basic(enum line_command command)
{
    return command <= LINE_COMMAND_ENTER;
}

bool
context_knows(const struct context *c, enum line_command command)
{
    const struct situation *s = &c->situation;
    if (s->tty == CONTEXT_TTY_CANONICAL)
        return true;
    /* What shows a pane moves its cursor once, to where the answer ends. */
    if ((s->is_pane || s->indents) && command == LINE_COMMAND_ENTER)
        return false;
    int wrong = c->wrong[command], right = c->right[command];
    if (command != LINE_COMMAND_TEXT && wrong >= WRONG_MAX + right / RIGHT_PER_WRONG)
        return false;
    bool is_line_editor = s->tty == CONTEXT_TTY_RAW ||
                          (s->tty == CONTEXT_TTY_UNKNOWN && c->score >= BLIND_EDITOR_SCORE);
    bool is_motion = command >= LINE_COMMAND_BACKWARD && command <= LINE_COMMAND_KILL_END &&
                     command != LINE_COMMAND_RUBOUT && command != LINE_COMMAND_KILL_ALL;
    bool is_emacs =
        s->is_emacs && wrong == 0 &&
        (is_motion || command == LINE_COMMAND_WORD_LEFT || command == LINE_COMMAND_WORD_RIGHT);
    /* Keys that those who show panes take for themselves. */
    bool is_prefix =
        s->is_pane && (command == LINE_COMMAND_BEGIN || command == LINE_COMMAND_BACKWARD);
    /* A field in which text was proved is edited as shells edit their line. */
    bool is_line =
        has_editor(s) || (s->is_field && c->score >= FIELD_SCORE && command != LINE_COMMAND_ENTER);
    bool is_editor = is_line_editor && is_line && wrong == 0 && !is_prefix;
    bool is_text = s->inserts || s->takes_text;
    bool is_plain = !s->is_full_screen || is_text;
    /* What gives back lines without a prompt leaves their editing to the driver. */
    bool is_driver = s->is_copier && wrong == 0 &&
                     (command == LINE_COMMAND_KILL_ALL || command == LINE_COMMAND_KILL_WORD);
    bool is_common = is_basic(command) ? command != LINE_COMMAND_ENTER || is_plain
                                       : is_named(command) && is_plain;
    return is_common || right > 0 || is_editor || is_emacs || is_driver;
}

bool
context_trusts(const struct context *c, enum line_command command)
{
    return c->score >= score_needed(&c->situation) && context_knows(c, command);
}
