/* Prompts, known by their text. */
#include "term/predict/prompt.h"

#include <string.h>

#include "term/predict/pane.h"
#include "term/text/codepoint.h"

/* A prompt is looked for so many rows above the cursor. */
#define PROMPT_REACH 4

void
prompt_fini(struct prompt *p)
{
    row_unref(p->text);
    *p = (struct prompt){ 0 };
}

/* Whether row y reads as the prompt does, from its border to where the input begins. */
static bool
stands_in(const struct prompt *p, const struct screen *s, int y)
{
    if (y < 0 || y >= s->rows || p->text->cols != s->cols)
        return false;
    bool is_blank = true;
    for (int x = pane_of(s, y, p->col).left; x < p->col; x++) {
        if (!pane_cells_match(p->text, x, s->row[y], x))
            return false;
        is_blank = is_blank && pane_cell_is_blank(p->text, x);
    }
    return !is_blank;
}

static bool
is_before_cursor(const struct prompt *p, const struct screen *s, int y)
{
    return y < s->cursor_row || (y == s->cursor_row && p->col <= s->cursor_col);
}

static bool
find_again(struct prompt *p, const struct screen *s)
{
    if (p->text == NULL || p->text->cols != s->cols)
        return false;
    if (!p->moved_on && p->row == s->cursor_row && p->col <= s->cursor_col &&
        (p->col == 0 || stands_in(p, s, p->row)))
        return true;
    /* A new line begins beside its prompt; one in editing may have wrapped. */
    int reach = p->moved_on ? 0 : PROMPT_REACH;
    for (int y = s->cursor_row; y >= s->cursor_row - reach; y--) {
        if (!is_before_cursor(p, s, y) || !stands_in(p, s, y))
            continue;
        p->row = y;
        p->has_returned = p->has_returned || p->moved_on;
        return true;
    }
    return false;
}

void
prompt_begin(struct prompt *p, const struct screen *s, int col)
{
    row_unref(p->text);
    p->text = row_ref(s->row[s->cursor_row]);
    p->row = s->cursor_row;
    p->col = col;
    p->is_known = true;
    p->moved_on = p->has_returned = false;
}

void
prompt_find(struct prompt *p, const struct screen *s)
{
    if (find_again(p, s)) {
        /* Found at once after a line was sent: it is a prompt, whatever it was taken for before. */
        p->is_known = p->is_known || p->moved_on;
        p->moved_on = false;
        return;
    }
    /* Elsewhere without a reason that we know of: an editor, a menu. Text may lie to the left. */
    bool begins = p->moved_on || p->text == NULL;
    prompt_begin(p, s, s->cursor_col);
    p->is_known = begins;
}

bool
prompt_again(struct prompt *p, const struct screen *s)
{
    bool is_again = p->moved_on && p->text != NULL &&
                    (p->col == 0 || (p->col <= s->cursor_col && stands_in(p, s, s->cursor_row)));
    if (!is_again)
        return false;
    p->row = s->cursor_row;
    p->moved_on = false;
    p->is_known = p->has_returned = true;
    return true;
}

void
prompt_move_on(struct prompt *p)
{
    p->moved_on = true;
}

void
prompt_scroll(struct prompt *p, int rows)
{
    p->row -= rows;
}

uint32_t
prompt_mark(const struct prompt *p)
{
    if (p->text == NULL || p->col > p->text->cols)
        return 0;
    for (int x = p->col - 1; x >= 0; x--) {
        if (pane_cell_is_blank(p->text, x))
            continue;
        uint8_t scratch[4];
        struct view rest, cell = row_text(p->text, x, scratch);
        return cell.len > 0 ? codepoint_first(cell, &rest) : 0;
    }
    return 0;
}

bool
prompt_is_of_shell(const struct prompt *p)
{
    static const uint32_t marks[] = { '$', '#', '%', '>', 0x276f, 0x279c, 0x3bb, 0xbb };
    uint32_t mark = prompt_mark(p);
    for (size_t i = 0; i < sizeof marks / sizeof marks[0]; i++) {
        if (mark == marks[i])
            return true;
    }
    return false;
}

/* The prompt in ASCII without the blanks at its ends; false: it is not ASCII, or longer. */
static bool
read_text(const struct prompt *p, char *text, size_t size)
{
    size_t len = 0, end = 0;
    for (int x = 0; x < p->col && x < p->text->cols; x++) {
        bool is_blank = pane_cell_is_blank(p->text, x);
        if (is_blank && len == 0)
            continue;
        if (len + 1 >= size || (!is_blank && p->text->cell[x].text >= 0x7f))
            return false;
        text[len++] = is_blank ? ' ' : (char)p->text->cell[x].text;
        end = is_blank ? end : len;
    }
    text[end] = '\0';
    return true;
}

bool
prompt_is_of_sql(const struct prompt *p)
{
    char text[32];
    if (p->text == NULL || !read_text(p, text, sizeof text))
        return false;
    size_t name = strcspn(text, "= -:?");
    return name > 0 && (strcmp(text + name, "=>") == 0 || strcmp(text + name, "=#") == 0);
}

bool
prompt_is_of_interpreter(const struct prompt *p)
{
    static const char *const known[] = {
        ">>>",     "...",   "(gdb)",  "(lldb)", "(Pdb)",
        "sqlite>", "ghci>", "mysql>", "psql>",  "MariaDB [(none)]>"
    };
    char text[32];
    if (p->text == NULL || !read_text(p, text, sizeof text))
        return false;
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++) {
        if (strcmp(text, known[i]) == 0)
            return true;
    }
    return prompt_is_of_sql(p);
}

bool
prompt_goes_on(const struct prompt *p)
{
    char text[32];
    if (p->text == NULL || !read_text(p, text, sizeof text))
        return false;
    size_t len = strlen(text);
    char mark = len > 0 ? text[len - 1] : '\0', before = len > 1 ? text[len - 2] : '\0';
    bool is_angle = mark == '>' && strcmp(text, ">>>") != 0 &&
                    strspn(text, "abcdefghijklmnopqrstuvwxyz >") == len;
    bool is_sql =
        (mark == '>' || mark == '#') && before != '\0' && strchr("-('\"*$", before) != NULL;
    return is_angle || is_sql || strncmp(text, "...", 3) == 0;
}

uint32_t
prompt_place(const struct prompt *p)
{
    uint32_t hash = 2166136261u ^ prompt_mark(p); /* FNV-1a */
    for (int x = 0; p->text != NULL && x < p->col && x < p->text->cols; x++) {
        uint32_t c = p->text->cell[x].text;
        if (pane_cell_is_blank(p->text, x) || c == ':' || c == '/' || c == '~')
            break;
        hash = (hash ^ c) * 16777619u;
    }
    return hash;
}
