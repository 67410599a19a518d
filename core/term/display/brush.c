/* Moves are built in every way that is safe from where the cursor is; the shortest is written. */
#include "term/display/brush.h"

#include <assert.h>

#include "term/display/pen.h"
#include "term/display/sequence.h"
#include "term/screen/screen.h"

/* Fewer than this many single-byte steps are worth building. */
#define STEPS_MAX 12

bool
brush_can_wrap(const struct brush *b)
{
    return b->caps->dialect != CAPS_DIALECT_OUTER || (b->caps->can & CAPS_CAN_LAST_CELL) != 0;
}

static bool
is_lost(const struct brush *b)
{
    return b->row == BRUSH_LOST;
}

static bool
is_pending(const struct brush *b)
{
    return b->col == b->cols;
}

static void
build_absolute(struct sequence *s, int row, int col)
{
    sequence_text(s, "\033[");
    if (row > 0)
        sequence_number(s, (unsigned)row + 1);
    if (col > 0) {
        sequence_byte(s, ';');
        sequence_number(s, (unsigned)col + 1);
    }
    sequence_byte(s, 'H');
}

/* Add the shorter of `count` times step (count bytes) and CSI count final. */
static void
add_steps(struct sequence *s, int count, char step, char final)
{
    struct sequence csi = { .len = 0 };
    sequence_csi(&csi, count, final);
    if (count < STEPS_MAX && (size_t)count <= csi.len)
        sequence_repeat(s, step, count);
    else
        sequence_csi(s, count, final);
}

static void
add_columns(const struct brush *b, struct sequence *s, int from, int to)
{
    if (to == from)
        return;
    struct sequence relative = { .len = 0 }, absolute = { .len = 0 };
    if (to < from)
        add_steps(&relative, from - to, '\b', 'D');
    else
        sequence_csi(&relative, to - from, 'C');
    if (b->caps->dialect != CAPS_DIALECT_OUTER)
        sequence_csi(&absolute, to + 1, 'G');
    bool by_column = absolute.len > 0 && absolute.len < relative.len;
    const struct sequence *best = by_column ? &absolute : &relative;
    for (size_t i = 0; i < best->len; i++)
        sequence_byte(s, best->bytes[i]);
}

static void
add_rows(const struct brush *b, struct sequence *s, int to)
{
    int down = to - b->row;
    if (down == -1)
        sequence_text(s, "\033M");
    else if (down < 0)
        sequence_csi(s, -down, 'A');
    else if (down > 0 && b->newline)
        sequence_csi(s, down, 'B');
    else if (down > 0)
        add_steps(s, down, '\n', 'B');
}

/* Out of a pending wrap only a return leads to the same place everywhere. */
static bool
build_relative(const struct brush *b, struct sequence *s, int row, int col)
{
    int from = b->col;
    if (is_lost(b) || (is_pending(b) && !brush_can_wrap(b)))
        return false;
    if (is_pending(b) || (col == 0 && from != 0)) {
        sequence_byte(s, '\r');
        from = 0;
    }
    add_columns(b, s, from, col);
    add_rows(b, s, row);
    return true;
}

static void
build_move(const struct brush *b, struct sequence *s, int row, int col)
{
    struct sequence relative = { .len = 0 };
    build_absolute(s, row, col);
    if (build_relative(b, &relative, row, col) && relative.len < s->len)
        *s = relative;
}

size_t
brush_move_cost(const struct brush *b, int row, int col)
{
    if (b->row == row && b->col == col)
        return 0;
    struct sequence s = { .len = 0 };
    build_move(b, &s, row, col);
    return s.len;
}

void
brush_move(struct brush *b, int row, int col)
{
    assert(row >= 0 && row < b->rows && col >= 0 && col < b->cols);
    if (b->row == row && b->col == col)
        return;
    if (b->veil)
        brush_show(b, false);
    struct sequence s = { .len = 0 };
    build_move(b, &s, row, col);
    buf_put(b->out, sequence_view(&s));
    b->row = row;
    b->col = col;
}

void
brush_show(struct brush *b, bool visible)
{
    if (b->visible == visible)
        return;
    buf_put_text(b->out, visible ? "\033[?25h" : "\033[?25l");
    b->visible = visible;
}

void
brush_style(struct brush *b, const struct style *style)
{
    pen_put(&b->pen, style, b->caps, b->out);
    b->pen = *style;
}

void
brush_background(struct brush *b, uint32_t bg)
{
    const struct style bare = { .bg = bg };
    if (b->caps->dialect == CAPS_DIALECT_OUTER || b->pen.bg != bg)
        brush_style(b, &bare);
}

static void
advance(struct brush *b, int columns)
{
    if (is_lost(b))
        return;
    if (is_pending(b)) {
        b->row++;
        b->col = 0;
    }
    b->col += columns;
    assert(b->col <= b->cols);
    if (is_pending(b) && !brush_can_wrap(b))
        b->row = BRUSH_LOST;
}

static bool
has_controls(struct view text)
{
    for (size_t i = 0; i < text.len; i++) {
        uint8_t byte = text.data[i];
        if (byte < 0x20 || byte == 0x7f)
            return true;
        if (byte == 0xc2 && (i + 1 == text.len || text.data[i + 1] < 0xa0))
            return true;
    }
    return false;
}

void
brush_print(struct brush *b, struct view text, int width)
{
    if (has_controls(text))
        text = view_of("  ", (size_t)width);
    buf_put(b->out, text);
    advance(b, width);
}

void
brush_spaces(struct brush *b, int count)
{
    for (int i = 0; i < count; i++)
        buf_put_u8(b->out, ' ');
    advance(b, count);
}

void
brush_csi(struct brush *b, int number, char final)
{
    struct sequence s = { .len = 0 };
    sequence_csi(&s, number, final);
    buf_put(b->out, sequence_view(&s));
}
