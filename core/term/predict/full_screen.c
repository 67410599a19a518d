/* Sources: the manuals of the programs that are named; tmux(1), "STYLES". */
#include "term/predict/full_screen.h"

#include "term/predict/pane.h"

/* Cells of the bottom row that may show a mode. */
#define MODE_COLS 32

bool
full_screen_is_bar(const struct row *r)
{
    struct style first = row_style(r, 0), last = row_style(r, r->cols - 1);
    return (first.attrs & last.attrs & STYLE_INVERSE) != 0 ||
           (first.bg != COLOR_DEFAULT && last.bg != COLOR_DEFAULT);
}

uint32_t
full_screen_mode(const struct screen *s)
{
    const struct row *r = s->row[s->rows - 1];
    if (s->rows < 2 || r->cols < 6 || r->cell[0].text != '-' || r->cell[1].text != '-' ||
        r->cell[2].text != ' ')
        return 0;
    uint32_t hash = 2166136261u; /* FNV-1a */
    for (int x = 0; x < r->cols && x < MODE_COLS; x++) {
        hash = (hash ^ r->cell[x].text) * 16777619u;
        if (x > 4 && r->cell[x].text == '-' && r->cell[x - 1].text == '-')
            return hash != 0 ? hash : 1;
    }
    return 0;
}

bool
full_screen_shows_emacs(const struct screen *s)
{
    if (s->rows < 4 || s->cols < 16 || s->cursor_row >= s->rows - 2)
        return false;
    const struct row *r = s->row[s->rows - 2];
    bool has_colon = false;
    for (int x = 1; x < 8; x++)
        has_colon = has_colon || r->cell[x].text == ':';
    return full_screen_is_bar(r) && r->cell[0].text == '-' && has_colon;
}

bool
full_screen_shows_help(const struct screen *s)
{
    if (s->rows < 6 || s->cols < 3 || s->cursor_row >= s->rows - 3)
        return false;
    for (int y = s->rows - 2; y < s->rows; y++) {
        const struct cell *c = s->row[y]->cell;
        if (c[0].text != '^' || c[1].text < 'A' || c[1].text > '_' || c[2].text > ' ')
            return false;
    }
    return true;
}

bool
full_screen_shows_irssi(const struct screen *s)
{
    static const char form[] = " [00:00]";
    if (s->rows < 4 || s->cols < 16 || !full_screen_is_bar(s->row[s->rows - 2]))
        return false;
    const struct cell *c = s->row[s->rows - 2]->cell;
    for (int x = 1; form[x] != '\0'; x++) {
        bool is_digit = c[x].text >= '0' && c[x].text <= '9';
        if (form[x] == '0' ? !is_digit : c[x].text != (uint8_t)form[x])
            return false;
    }
    return true;
}

static bool
is_blank_from(const struct row *r, int x)
{
    while (x < r->cols && pane_cell_is_blank(r, x))
        x++;
    return x == r->cols;
}

bool
full_screen_shows_pager(const struct screen *s)
{
    int last = s->rows - 1, end = s->cursor_col;
    if (s->rows < 4 || s->cursor_row != last || end == 0 || s->modes.bracketed_paste ||
        is_blank_from(s->row[0], 0) || is_blank_from(s->row[last - 1], 0))
        return false;
    const struct row *r = s->row[last];
    bool is_prompt = end == 1 && r->cell[0].text == ':', is_inverse = true;
    for (int x = 0; x < end && is_inverse; x++)
        is_inverse = (row_style(r, x).attrs & STYLE_INVERSE) != 0;
    return (is_prompt || is_inverse) && is_blank_from(r, end);
}

bool
full_screen_is_below_text(const struct screen *s, int y)
{
    for (int x = 1; x < s->cols; x++) {
        if (!pane_cell_is_blank(s->row[y], x))
            return false;
    }
    return s->row[y]->cell[0].text == '~';
}

/* A command or a pattern in the bottom row of vi. */
static bool
is_asked(const struct screen *s)
{
    uint32_t mark = s->row[s->rows - 1]->cell[0].text;
    return mark == ':' || mark == '/' || mark == '?';
}

bool
full_screen_is(const struct screen *s, const struct hints *hints)
{
    if (hints->known || s->modes.alternate || s->rows < 4)
        return s->modes.alternate;
    int last = s->rows - 1;
    bool is_in_last = s->cursor_row == last;
    bool is_vi = full_screen_is_below_text(s, last - 1) &&
                 (s->cursor_row < last - 1 || (is_in_last && is_asked(s)));
    bool has_bar = full_screen_is_bar(s->row[last - 1]) || full_screen_is_bar(s->row[0]) ||
                   (!is_in_last && full_screen_is_bar(s->row[last]));
    return is_vi || has_bar || full_screen_mode(s) != 0 || full_screen_shows_emacs(s) ||
           full_screen_shows_help(s);
}
