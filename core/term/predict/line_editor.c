/* Commands over a line. Sources: readline(3), zshzle(1), termios(3) and Linux's n_tty. */
#include "term/predict/line_editor.h"

#include "term/text/codepoint.h"
#include "term/text/width.h"

enum { BS = 8, TAB = 9, LF = 10, CR = 13, SPACE = 0x20, DEL = 0x7f };

/* Control characters of a line editor, emacs keys. */
static const uint8_t editor_controls[0x20] = {
    ['A' & 31] = LINE_COMMAND_BEGIN,     ['B' & 31] = LINE_COMMAND_BACKWARD,
    ['D' & 31] = LINE_COMMAND_CTRL_D,    ['E' & 31] = LINE_COMMAND_FINISH,
    ['F' & 31] = LINE_COMMAND_FORWARD,   ['H' & 31] = LINE_COMMAND_RUBOUT,
    ['K' & 31] = LINE_COMMAND_KILL_END,  ['U' & 31] = LINE_COMMAND_KILL_ALL,
    ['W' & 31] = LINE_COMMAND_KILL_WORD, ['Y' & 31] = LINE_COMMAND_YANK,
    ['M' & 31] = LINE_COMMAND_ENTER,     ['J' & 31] = LINE_COMMAND_ENTER,
    ['N' & 31] = LINE_COMMAND_DOWN,      ['P' & 31] = LINE_COMMAND_UP,
    ['C' & 31] = LINE_COMMAND_BREAK,     ['L' & 31] = LINE_COMMAND_BREAK,
    ['Z' & 31] = LINE_COMMAND_BREAK,     ['\\' & 31] = LINE_COMMAND_BREAK,
};

/* What the terminal driver does with a character in canonical mode: termios(3), Linux's n_tty. */
static enum line_command
driver_command(uint32_t code, const struct hints *tty)
{
    if (code == CR || code == LF)
        return LINE_COMMAND_ENTER;
    if (code == 0)
        return LINE_COMMAND_CARET;
    if (code == tty->erase)
        return LINE_COMMAND_ERASE;
    if (code == tty->kill)
        return LINE_COMMAND_KILL_ALL;
    if (tty->extended && code == tty->word_erase)
        return LINE_COMMAND_KILL_WORD;
    switch (code) {
    case TAB: return LINE_COMMAND_TAB;
    case 'D' & 31: return LINE_COMMAND_BREAK;
    case 'C' & 31:
    case 'Z' & 31:
    case '\\' & 31: return tty->signals ? LINE_COMMAND_BREAK : LINE_COMMAND_CARET;
    case 'O' & 31:
    case 'R' & 31:
    case 'V' & 31: return tty->extended ? LINE_COMMAND_OTHER : LINE_COMMAND_CARET;
    case 'Q' & 31:
    case 'S' & 31: return LINE_COMMAND_OTHER;
    default: return code < SPACE || code == DEL ? LINE_COMMAND_CARET : LINE_COMMAND_TEXT;
    }
}

static enum line_command
editor_command(uint32_t code)
{
    if (code == DEL)
        return LINE_COMMAND_ERASE;
    /* TEXT, the zero of the table, stands for all that it does not name. */
    uint8_t command = editor_controls[code & 31];
    return command == LINE_COMMAND_TEXT ? LINE_COMMAND_OTHER : (enum line_command)command;
}

static enum line_command
alt_command(uint32_t code)
{
    switch (code) {
    case 'b': return LINE_COMMAND_WORD_LEFT;
    case 'f': return LINE_COMMAND_WORD_RIGHT;
    case 'd': return LINE_COMMAND_DELETE_WORD;
    case DEL:
    case BS: return LINE_COMMAND_ERASE_WORD;
    default: return LINE_COMMAND_OTHER;
    }
}

/* xterm's modifier parameter: 1, or 1 plus shift 1, alt 2, ctrl 4. */
static enum line_command
cursor_command(uint32_t final, unsigned modifier)
{
    bool is_plain = modifier <= 1, is_word = modifier == 5 || modifier == 3;
    switch (final) {
    case 'A': return is_plain ? LINE_COMMAND_UP : LINE_COMMAND_OTHER;
    case 'B': return is_plain ? LINE_COMMAND_DOWN : LINE_COMMAND_OTHER;
    case 'C':
        return is_plain ? LINE_COMMAND_RIGHT
                        : (is_word ? LINE_COMMAND_WORD_RIGHT : LINE_COMMAND_OTHER);
    case 'D':
        return is_plain ? LINE_COMMAND_LEFT
                        : (is_word ? LINE_COMMAND_WORD_LEFT : LINE_COMMAND_OTHER);
    case 'H': return is_plain ? LINE_COMMAND_HOME : LINE_COMMAND_OTHER;
    case 'F': return is_plain ? LINE_COMMAND_END : LINE_COMMAND_OTHER;
    default: return LINE_COMMAND_OTHER;
    }
}

static enum line_command
csi_command(const struct key *key)
{
    unsigned modifier = key_param(key, 1, 1);
    if (key->prefix != 0)
        return LINE_COMMAND_SILENT;
    if (key->code == 'I' || key->code == 'O')
        return LINE_COMMAND_SILENT; /* focus */
    if (key->code != '~')
        return cursor_command(key->code, modifier);
    if (modifier > 1)
        return LINE_COMMAND_OTHER;
    switch (key_param(key, 0, 0)) {
    case 1:
    case 7: return LINE_COMMAND_HOME;
    case 4:
    case 8: return LINE_COMMAND_END;
    case 3: return LINE_COMMAND_DELETE;
    default: return LINE_COMMAND_OTHER;
    }
}

enum line_command
line_command_of(const struct key *key, const struct hints *tty)
{
    bool canonical = tty->known && tty->canonical;
    switch (key->kind) {
    case KEY_TEXT: return canonical ? driver_command(key->code, tty) : LINE_COMMAND_TEXT;
    case KEY_CONTROL: return canonical ? driver_command(key->code, tty) : editor_command(key->code);
    case KEY_ALT: return canonical ? LINE_COMMAND_OTHER : alt_command(key->code);
    case KEY_CSI: {
        enum line_command command = csi_command(key);
        return canonical && command != LINE_COMMAND_SILENT ? LINE_COMMAND_OTHER : command;
    }
    case KEY_SS3: return canonical ? LINE_COMMAND_OTHER : cursor_command(key->code, 1);
    case KEY_OTHER: return LINE_COMMAND_SILENT;
    }
    return LINE_COMMAND_OTHER;
}

void
line_kill_fini(struct line_kill *k)
{
    row_unref(k->cells);
    *k = (struct line_kill){ 0 };
}

/* What letters and digits are to word commands; beyond ASCII all are taken for letters. */
static bool
is_word_cell(const struct line *l, int i)
{
    uint32_t c = l->cells->cell[i].text;
    return c >= 0x80 || (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') ||
           (c >= 'a' && c <= 'z') || l->cells->cell[i].width == CELL_RIGHT_HALF;
}

static bool
is_driver_word_cell(const struct line *l, int i)
{
    return is_word_cell(l, i) || l->cells->cell[i].text == '_';
}

static bool
is_dark_cell(const struct line *l, int i)
{
    return !pane_cell_is_blank(l->cells, i) || l->cells->cell[i].width == CELL_RIGHT_HALF;
}

typedef bool (*cell_test_fn)(const struct line *l, int i);

static int
word_start(const struct line *l, cell_test_fn is_word)
{
    int i = l->cursor;
    while (i > 0 && !is_word(l, i - 1))
        i--;
    while (i > 0 && is_word(l, i - 1))
        i--;
    return i;
}

static int
word_end(const struct line *l, cell_test_fn is_word)
{
    int i = l->cursor;
    while (i < l->len && !is_word(l, i))
        i++;
    while (i < l->len && is_word(l, i))
        i++;
    return i;
}

static enum line_effect
effect(bool done)
{
    return done ? LINE_EFFECT_CHANGED : LINE_EFFECT_UNKNOWN;
}

static enum line_effect
move_to(struct line *l, int i)
{
    if (i < l->floor)
        return LINE_EFFECT_UNKNOWN;
    if (i == l->cursor)
        return LINE_EFFECT_NONE;
    return effect(line_move(l, i));
}

/* Whether the start of the line is a wall that the cursor stands at. */
static enum line_effect
at_start(const struct line *l, const struct line_rules *rules)
{
    return l->start_is_known && !rules->lines_below ? LINE_EFFECT_NONE : LINE_EFFECT_UNKNOWN;
}

static enum line_effect
at_end(const struct line_rules *rules)
{
    return rules->lines_below || rules->suggests ? LINE_EFFECT_UNKNOWN : LINE_EFFECT_NONE;
}

/* Take from..to-1 out and put the cursor at from. */
static enum line_effect
cut(struct line *l, int from, int to, const struct line_rules *rules, struct line_kill *killed)
{
    if (from == to)
        return LINE_EFFECT_NONE;
    if (from < l->floor)
        return LINE_EFFECT_UNKNOWN;
    struct row *cells = row_ref(l->cells);
    if (!line_remove(l, from, to, rules->shift)) {
        row_unref(cells);
        return LINE_EFFECT_UNKNOWN;
    }
    line_move(l, from);
    if (killed != NULL) {
        line_kill_fini(killed);
        killed->len = to - from;
        killed->cells = row_new(killed->len, COLOR_DEFAULT);
        for (int i = 0; i < killed->len; i++)
            row_put(killed->cells, i, cells, from + i);
    }
    row_unref(cells);
    return LINE_EFFECT_CHANGED;
}

static enum line_effect
erase(struct line *l, const struct line_rules *rules)
{
    int from = line_before(l, l->cursor);
    if (l->cursor == 0)
        return rules->canonical ? LINE_EFFECT_NONE : at_start(l, rules);
    /* The driver steps back one column, and never up a row. */
    bool is_plain = l->cells->cell[from].width == CELL_NARROW && from == l->cursor - 1;
    bool is_row_start = line_col(l, l->cursor) == l->pane.left;
    if (rules->canonical && (!is_plain || l->has_tab || is_row_start))
        return LINE_EFFECT_UNKNOWN;
    return cut(l, from, l->cursor, rules, NULL);
}

static enum line_effect
kill_back(struct line *l, int from, const struct line_rules *rules, struct line_kill *killed)
{
    bool is_folded = line_row(l, from) != line_row(l, l->cursor);
    if (l->cursor == 0)
        return rules->canonical ? LINE_EFFECT_NONE : at_start(l, rules);
    if (rules->canonical && (l->has_tab || is_folded))
        return LINE_EFFECT_UNKNOWN;
    if (from == 0 && !l->start_is_known)
        return LINE_EFFECT_UNKNOWN;
    return cut(l, from, l->cursor, rules, killed);
}

/* A brace at the start of a line of a text may be moved to where the program wants it. */
static bool
is_moved(const struct line *l, uint32_t code_point)
{
    if (code_point != '{' && code_point != '}')
        return false;
    int i = l->cursor;
    while (i > l->floor && pane_cell_is_blank(l->cells, i - 1))
        i--;
    return i == l->floor;
}

static enum line_effect
type(struct line *l, uint32_t code_point, const struct line_rules *rules)
{
    uint8_t utf8[4];
    struct view text = view_of(utf8, codepoint_encode(code_point, utf8));
    int width = width_of(code_point);
    if (rules->lines_below && is_moved(l, code_point))
        return LINE_EFFECT_UNKNOWN;
    if (width == 0)
        return effect(line_append(l, text));
    if (width < 0)
        return LINE_EFFECT_UNKNOWN;
    return effect(line_insert(l, text, width, rules->shift));
}

bool
line_replace(struct line *l, struct view text, const struct line_rules *rules)
{
    if (cut(l, 0, l->len, rules, NULL) == LINE_EFFECT_UNKNOWN)
        return false;
    while (text.len > 0) {
        if (type(l, codepoint_first(text, &text), rules) == LINE_EFFECT_UNKNOWN)
            return false;
    }
    return true;
}

static enum line_effect
yank(struct line *l, const struct line_rules *rules, const struct line_kill *killed)
{
    if (killed->cells == NULL)
        return LINE_EFFECT_UNKNOWN;
    for (int i = 0; i < killed->len; i++) {
        uint8_t scratch[4];
        struct view text = row_text(killed->cells, i, scratch);
        int width = killed->cells->cell[i].width;
        if (width == CELL_RIGHT_HALF)
            continue;
        if (text.len == 0)
            text = view_of(" ", 1);
        if (!line_insert(l, text, width, rules->shift))
            return LINE_EFFECT_UNKNOWN;
    }
    return LINE_EFFECT_CHANGED;
}

static enum line_effect
caret(struct line *l, uint32_t code)
{
    uint8_t shown = (uint8_t)(code ^ 0x40);
    return effect(line_insert(l, view_of("^", 1), CELL_NARROW, false) &&
                  line_insert(l, view_of(&shown, 1), CELL_NARROW, false));
}

/* Del and ^D. */
static enum line_effect
delete_right(struct line *l, enum line_command command, const struct line_rules *rules)
{
    /* An end of file on an empty line. */
    if (command == LINE_COMMAND_CTRL_D && l->len == 0)
        return LINE_EFFECT_UNKNOWN;
    if (l->cursor == l->len)
        return at_end(rules);
    return cut(l, l->cursor, line_after(l, l->cursor), rules, NULL);
}

static enum line_effect
right(struct line *l, const struct line_rules *rules)
{
    if (l->cursor == l->len)
        return at_end(rules);
    return move_to(l, line_after(l, l->cursor));
}

static enum line_effect
left(struct line *l, const struct line_rules *rules)
{
    return l->cursor == 0 ? at_start(l, rules) : move_to(l, line_before(l, l->cursor));
}

static enum line_effect
home(struct line *l)
{
    return l->start_is_known || l->floor > 0 ? move_to(l, l->floor) : LINE_EFFECT_UNKNOWN;
}

static enum line_effect
end(struct line *l, const struct line_rules *rules)
{
    return rules->suggests && l->cursor == l->len ? LINE_EFFECT_UNKNOWN : move_to(l, l->len);
}

/* Commands on words, whose ends programs see differently. */
static enum line_effect
on_words(struct line *l, enum line_command command, const struct line_rules *rules,
         struct line_kill *killed)
{
    int start = word_start(l, is_word_cell), stop = word_end(l, is_word_cell);
    if (command == LINE_COMMAND_WORD_LEFT)
        return start == 0 && !l->start_is_known ? LINE_EFFECT_UNKNOWN : move_to(l, start);
    if (command == LINE_COMMAND_ERASE_WORD)
        return kill_back(l, start, rules, killed);
    if (rules->suggests && stop == l->len)
        return LINE_EFFECT_UNKNOWN;
    if (command == LINE_COMMAND_WORD_RIGHT)
        return move_to(l, stop);
    return cut(l, l->cursor, stop, rules, killed);
}

enum line_effect
line_command_apply(struct line *l, enum line_command command, const struct key *key,
                   const struct line_rules *rules, struct line_kill *killed)
{
    switch (command) {
    case LINE_COMMAND_TEXT: return type(l, key->code, rules);
    case LINE_COMMAND_ERASE:
    case LINE_COMMAND_RUBOUT: return erase(l, rules);
    case LINE_COMMAND_LEFT:
    case LINE_COMMAND_BACKWARD: return left(l, rules);
    case LINE_COMMAND_RIGHT:
    case LINE_COMMAND_FORWARD: return right(l, rules);
    case LINE_COMMAND_ENTER: return effect(rules->lines_below ? line_break(l) : line_enter(l));
    case LINE_COMMAND_DELETE:
    case LINE_COMMAND_CTRL_D: return delete_right(l, command, rules);
    case LINE_COMMAND_BEGIN:
    case LINE_COMMAND_HOME: return home(l);
    case LINE_COMMAND_FINISH:
    case LINE_COMMAND_END: return end(l, rules);
    case LINE_COMMAND_KILL_ALL: return kill_back(l, 0, rules, killed);
    case LINE_COMMAND_KILL_END:
        /* At the end of a line of a text it joins the next. */
        if (rules->lines_below && l->cursor == l->len)
            return LINE_EFFECT_UNKNOWN;
        return cut(l, l->cursor, l->len, rules, killed);
    case LINE_COMMAND_KILL_WORD:
        return kill_back(l, word_start(l, rules->canonical ? is_driver_word_cell : is_dark_cell),
                         rules, killed);
    case LINE_COMMAND_YANK: return yank(l, rules, killed);
    case LINE_COMMAND_WORD_LEFT:
    case LINE_COMMAND_WORD_RIGHT:
    case LINE_COMMAND_DELETE_WORD:
    case LINE_COMMAND_ERASE_WORD: return on_words(l, command, rules, killed);
    case LINE_COMMAND_TAB: return effect(line_tab(l));
    case LINE_COMMAND_CARET: return caret(l, key->code);
    case LINE_COMMAND_SILENT: return LINE_EFFECT_NONE;
    default: return LINE_EFFECT_UNKNOWN;
    }
}
