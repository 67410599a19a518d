/*
 * Corners come counted from 1, from the margins in origin mode, clamped to the screen; a rectangle
 * turned inside out is none. Every operation costs at most the cells of the screen.
 */
#include "term/emulator/rect.h"

#include "term/emulator/emulator_internal.h"
#include "term/emulator/reply.h"
#include "term/text/codepoint.h"

/* Rows and columns from 0; the last ones are outside. */
struct rect {
    int top, left, bottom, right;
};

static int
at_most(int value, int limit)
{
    return value < limit ? value : limit;
}

/* Read four parameters from the first-th on. Returns false if they make no rectangle. */
static bool
read_rect(const struct emulator *e, const struct parser_sequence *s, int first, struct rect *out)
{
    const struct screen *screen = e->screen;
    const struct edit *edit = &e->edit;
    int row0 = edit->origin ? edit->top : 0;
    int col0 = edit->origin ? edit->left : 0;
    int rows = edit->origin ? edit->bottom + 1 : screen->rows;
    int cols = edit->origin ? edit->right + 1 : screen->cols;
    *out = (struct rect){
        .top = parser_param(s, first, 1) - 1 + row0,
        .left = parser_param(s, first + 1, 1) - 1 + col0,
        .bottom = at_most(parser_param(s, first + 2, screen->rows) + row0, rows),
        .right = at_most(parser_param(s, first + 3, screen->cols) + col0, cols),
    };
    return out->top < out->bottom && out->left < out->right;
}

static void
erase(struct emulator *e, const struct parser_sequence *s, bool selective)
{
    struct rect r;
    if (!read_rect(e, s, 0, &r))
        return;
    for (int y = r.top; y < r.bottom; y++) {
        if (selective)
            edit_erase_unprotected(&e->edit, y, r.left, r.right);
        else
            edit_erase(&e->edit, y, r.left, r.right);
    }
}

static void
fill(struct emulator *e, const struct parser_sequence *s)
{
    struct rect r;
    int c = parser_param(s, 0, 0);
    bool is_printable = (c >= 0x20 && c <= 0x7E) || (c >= 0xA0 && c <= 0xFF);
    if (!is_printable || !read_rect(e, s, 1, &r))
        return;
    uint8_t bytes[4];
    struct view text = view_of(bytes, codepoint_encode((uint32_t)c, bytes));
    for (int y = r.top; y < r.bottom; y++) {
        struct row *row = edit_open(&e->edit, y, r.left, r.right);
        for (int x = r.left; x < r.right; x++)
            row_set(row, x, text, CELL_NARROW, &e->screen->pen);
        edit_close(&e->edit, y, r.left, r.right);
    }
}

/* Through a copy of the screen, whose rows are shared: overlap then does no harm. */
static void
copy(struct emulator *e, const struct parser_sequence *s)
{
    struct rect r;
    if (!read_rect(e, s, 0, &r))
        return;
    const struct edit *edit = &e->edit;
    int top = parser_param(s, 5, 1) - 1 + (edit->origin ? edit->top : 0);
    int left = parser_param(s, 6, 1) - 1 + (edit->origin ? edit->left : 0);
    int rows = at_most(r.bottom - r.top, e->screen->rows - top);
    int cols = at_most(r.right - r.left, e->screen->cols - left);
    if (rows <= 0 || cols <= 0)
        return;
    for (int y = r.top; y < r.top + rows; y++) {
        /* Wide cells across the source's edges are not copied in halves. */
        edit_open(&e->edit, y, r.left, r.left + cols);
        edit_close(&e->edit, y, r.left, r.left);
    }
    struct screen *source = screen_copy(e->screen);
    for (int y = 0; y < rows; y++) {
        struct row *row = edit_open(&e->edit, top + y, left, left + cols);
        for (int x = 0; x < cols; x++)
            row_put(row, left + x, source->row[r.top + y], r.left + x);
        edit_close(&e->edit, top + y, left, left + cols);
    }
    screen_unref(source);
}

struct change {
    uint16_t set, clear, toggle;
};

static void
add_change(struct change *c, int code, bool toggles)
{
    static const struct {
        uint8_t code;
        uint16_t attr;
    } attrs[] = {
        { 1, STYLE_BOLD },
        { 4, UNDERLINE_SINGLE << STYLE_UNDERLINE_SHIFT },
        { 5, STYLE_BLINK },
        { 7, STYLE_INVERSE },
    };
    for (size_t i = 0; i < sizeof attrs / sizeof attrs[0]; i++) {
        bool is_all = code == 0;
        if (toggles && (is_all || code == attrs[i].code)) {
            c->toggle ^= attrs[i].attr;
        } else if (!toggles && code == attrs[i].code) {
            c->set |= attrs[i].attr;
            c->clear = (uint16_t)(c->clear & ~attrs[i].attr);
        } else if (!toggles && (is_all || code == attrs[i].code + 20 ||
                                (code == 22 && attrs[i].attr == STYLE_BOLD))) {
            c->clear |= attrs[i].attr == STYLE_BOLD || attrs[i].code != 4
                            ? attrs[i].attr
                            : (uint16_t)STYLE_UNDERLINE_MASK;
            c->set = (uint16_t)(c->set & ~attrs[i].attr);
        }
    }
}

static void
change_cells(struct emulator *e, int y, int from, int to, const struct change *c)
{
    struct row *row = screen_row_mut(e->screen, y);
    for (int x = from; x < to; x++) {
        struct cell *cell = &row->cell[x];
        if (cell->width == CELL_RIGHT_HALF || cell_is_empty(cell))
            continue;
        cell->attrs = (uint16_t)(((cell->attrs & ~c->clear) | c->set) ^ c->toggle);
    }
}

/* DECCARA and DECRARA: a rectangle, or the stream of cells from corner to corner (DECSACE). */
static void
change(struct emulator *e, const struct parser_sequence *s, bool toggles)
{
    struct rect r;
    struct change c = { 0 };
    if (!read_rect(e, s, 0, &r))
        return;
    for (int i = 4; i < s->count || i == 4; i++)
        add_change(&c, parser_param(s, i, 0), toggles);
    for (int y = r.top; y < r.bottom; y++) {
        bool is_stream = !e->modes.rectangle_extents;
        int from = is_stream && y > r.top ? 0 : r.left;
        int to = is_stream && y < r.bottom - 1 ? e->screen->cols : r.right;
        change_cells(e, y, from, to, &c);
    }
}

/* xterm's sum: each cell's code point, an empty one counting as a space, negated. */
static void
checksum(struct emulator *e, const struct parser_sequence *s)
{
    struct rect r;
    uint32_t sum = 0;
    if (!e->checksums_allowed || !read_rect(e, s, 2, &r))
        return;
    for (int y = r.top; y < r.bottom; y++) {
        for (int x = r.left; x < r.right; x++) {
            uint8_t scratch[4];
            struct view rest, text = row_text(e->screen->row[y], x, scratch);
            sum += text.len > 0 ? codepoint_first(text, &rest) : ' ';
        }
    }
    reply_putf(e, "\033P%d!~%04X\033\\", parser_param(s, 0, 0), (0 - sum) & 0xFFFF);
}

bool
rect_csi(struct emulator *e, const struct parser_sequence *s)
{
    switch (s->key) {
    case PARSER_KEY(0, '$', 0, 'z'): erase(e, s, false); return true;
    case PARSER_KEY(0, '$', 0, '{'): erase(e, s, true); return true;
    case PARSER_KEY(0, '$', 0, 'x'): fill(e, s); return true;
    case PARSER_KEY(0, '$', 0, 'v'): copy(e, s); return true;
    case PARSER_KEY(0, '$', 0, 'r'): change(e, s, false); return true;
    case PARSER_KEY(0, '$', 0, 't'): change(e, s, true); return true;
    case PARSER_KEY(0, '*', 0, 'x'):
        e->modes.rectangle_extents = parser_param(s, 0, 0) == 2;
        return true;
    case PARSER_KEY(0, '*', 0, 'y'): checksum(e, s); return true;
    default: return false;
    }
}
