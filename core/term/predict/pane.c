/* Borders: a vertical line that goes on above and below. */
#include "term/predict/pane.h"

#include <string.h>

#include "term/text/codepoint.h"

/* So many rows above and below must show a bar in the same column before it is a border. */
#define BOX_REACH 1
#define BAR_REACH 2

/* Greys of xterm's palette, and how light a grey may be that counts as dark. */
enum { DARK_GREY = 8, GREY_RAMP_FIRST = 232, GREY_RAMP_DARK = 246, GREY_DARK_LEVEL = 0x98 };

static uint32_t
only_code_point(const struct row *r, int x)
{
    uint8_t scratch[4];
    uint32_t code_point = 0;
    codepoint_only(row_text(r, x, scratch), &code_point);
    return code_point;
}

static bool
is_box(uint32_t code_point)
{
    return code_point >= 0x2502 && code_point <= 0x257f && code_point != 0x2504 &&
           code_point != 0x2505 && code_point != 0x2550;
}

static bool
goes_on(const struct screen *s, int row, int col, int reach, bool box)
{
    for (int y = row - reach; y <= row + reach; y++) {
        if (y < 0 || y >= s->rows)
            continue;
        uint32_t c = only_code_point(s->row[y], col);
        if (box ? !is_box(c) : c != '|')
            return false;
    }
    return true;
}

static bool
is_border(const struct screen *s, int row, int col)
{
    uint32_t c = only_code_point(s->row[row], col);
    if (is_box(c))
        return s->rows > 1 && goes_on(s, row, col, BOX_REACH, true);
    return c == '|' && s->rows > BAR_REACH && goes_on(s, row, col, BAR_REACH, false);
}

struct pane
pane_of(const struct screen *s, int row, int col)
{
    /* The cursor stands on a border: no pane to speak of. */
    if (is_border(s, row, col))
        return (struct pane){ .left = 0, .cols = s->cols };
    int left = col, right = col;
    while (left > 0 && !is_border(s, row, left - 1))
        left--;
    while (right < s->cols && !is_border(s, row, right))
        right++;
    return (struct pane){ .left = left, .cols = right - left };
}

bool
pane_cell_is_blank(const struct row *r, int x)
{
    uint32_t text = r->cell[x].text;
    return text == 0 || text == ' ' || text == 0xa0;
}

bool
pane_cell_is_dim(const struct row *r, int x)
{
    struct style style = row_style(r, x);
    uint32_t fg = style.fg, value = fg & ~COLOR_KIND_MASK;
    if ((style.attrs & STYLE_FAINT) != 0)
        return true;
    if ((fg & COLOR_KIND_MASK) == COLOR_KIND_PALETTE)
        return value == DARK_GREY || (value >= GREY_RAMP_FIRST && value <= GREY_RAMP_DARK);
    uint32_t red = value >> 16, green = value >> 8 & 0xff, blue = value & 0xff;
    return (fg & COLOR_KIND_MASK) == COLOR_KIND_RGB && red == green && green == blue &&
           red <= GREY_DARK_LEVEL;
}

bool
pane_says_insert(const struct row *r)
{
    static const char text[] = PANE_INSERT;
    bool is_same = r->cols >= PANE_INSERT_COLS;
    for (int x = 0; is_same && x < PANE_INSERT_COLS; x++)
        is_same = text[x] == ' ' ? pane_cell_is_blank(r, x) : r->cell[x].text == (uint8_t)text[x];
    return is_same;
}

bool
pane_cells_match(const struct row *a, int ax, const struct row *b, int bx)
{
    bool blank = pane_cell_is_blank(a, ax);
    if (blank || pane_cell_is_blank(b, bx))
        return blank == pane_cell_is_blank(b, bx);
    uint8_t sa[4], sb[4];
    return view_equal(row_text(a, ax, sa), row_text(b, bx, sb));
}

bool
pane_has_word(const struct row *r, const char *word)
{
    int len = (int)strlen(word);
    for (int x = 0; x + len <= r->cols; x++) {
        int i = 0;
        while (i < len && r->cell[x + i].text == (uint8_t)word[i])
            i++;
        if (i == len)
            return true;
    }
    return false;
}

bool
pane_rows_match(const struct row *a, const struct row *b)
{
    if (a->cols != b->cols)
        return false;
    int x = 0;
    while (x < a->cols && pane_cells_match(a, x, b, x))
        x++;
    return x == a->cols;
}
