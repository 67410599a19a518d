/*
 * A row is painted from left to right, unit by unit; a unit is a cell or both halves of a wide one.
 * Units that the consumer already holds are passed over. Erased cells are never painted as spaces on
 * the wire: there the two are different, and the peer's screen must become equal to ours.
 *
 * The wrap flag of a row lives in its last cell for the consumer: a print there clears it, and only the
 * next print, wrapping into the row below, sets it. So a row whose flag must change has its last unit
 * painted anew, and one whose flag must be set is followed by a wrap (docs/TERMINAL.md, "Painting").
 */
#include "term/display/line.h"

#include "term/display/disputed.h"
#include "term/screen/payload.h"
#include "term/screen/screen.h"
#include "term/text/codepoint.h"
#include "term/text/grapheme.h"
#include "term/text/width.h"

/* A run of erased cells up to this long is cheaper as spaces on a real terminal. */
#define SPACES_MAX 4

/* At most so many unchanged cells are printed again instead of being jumped over. */
#define RETRACE_MAX 8

struct line {
    struct brush *brush;
    int y;
    const struct row *held, *wanted;
    int cols;
    int tail;                   /* from here on all cells are erased ones of one background */
    int forced_from, forced_to; /* units that begin in these columns are painted in any case */
    bool retouch;               /* so is the last one: the wrap flag changes */
    bool last_done;             /* the last unit was painted */
    bool has_rarity;            /* the row may hold disputed text */
};

static int
unit_width(const struct row *r, int x)
{
    return r->cell[x].width == CELL_WIDE && x + 1 < r->cols ? 2 : 1;
}

/* Whether only a background shows in the cell; a right half is not for itself. */
static bool
is_erased(const struct row *r, int x)
{
    uint8_t scratch[4];
    const struct cell *c = &r->cell[x];
    return cell_is_empty(c) || (cell_has_extra(c) && row_text(r, x, scratch).len == 0);
}

static int
tail_of(const struct row *r)
{
    int x = r->cols;
    while (x > 0 && is_erased(r, x - 1) && r->cell[x - 1].bg == r->cell[r->cols - 1].bg)
        x--;
    return x;
}

static bool
is_due(const struct line *l, int x, int width)
{
    if ((x >= l->forced_from && x < l->forced_to) || (l->retouch && x + width >= l->cols))
        return true;
    return !row_cell_equal(l->held, x, l->wanted, x) ||
           (width == 2 && !row_cell_equal(l->held, x + 1, l->wanted, x + 1));
}

static bool
is_disputed(const struct line *l, int x)
{
    uint8_t scratch[4];
    return l->has_rarity && !is_erased(l->wanted, x) &&
           disputed_text(row_text(l->wanted, x, scratch));
}

/* Cells of plain text between the cursor and x can be printed again if that is shorter than a jump. */
static bool
can_retrace(const struct line *l, int x)
{
    const struct brush *b = l->brush;
    if (b->row != l->y || b->col >= x || x - b->col > RETRACE_MAX ||
        l->wanted->cell[b->col].width == CELL_RIGHT_HALF)
        return false;
    size_t bytes = 0;
    for (int i = b->col; i < x; i++) {
        uint8_t scratch[4];
        struct style style = row_style(l->wanted, i);
        if (l->wanted->cell[i].width == CELL_RIGHT_HALF)
            continue;
        if (is_erased(l->wanted, i) || is_disputed(l, i) || !style_equal(&style, &b->pen))
            return false;
        bytes += row_text(l->wanted, i, scratch).len;
    }
    return bytes <= brush_move_cost(b, l->y, x);
}

static void
reach(struct line *l, int x)
{
    struct brush *b = l->brush;
    if (!can_retrace(l, x)) {
        brush_move(b, l->y, x);
        return;
    }
    while (b->col < x) {
        uint8_t scratch[4];
        int at = b->col;
        brush_print(b, row_text(l->wanted, at, scratch), unit_width(l->wanted, at));
    }
}

/*
 * Choose how the consumer measures (?2027) for text that only one of the two models gives this width.
 * By code points it must be one base of that width and marks of none. By clusters the text may begin
 * with what would join the cell before it, were the cursor not put there anew.
 */
static void
choose_measure(struct brush *b, struct view text, int width)
{
    if (b->caps->dialect != CAPS_DIALECT_SKUA)
        return;
    struct view rest;
    bool by_cluster = width_of(codepoint_first(text, &rest)) != width;
    while (rest.len > 0 && !by_cluster)
        by_cluster = width_of(codepoint_first(rest, &rest)) != 0;
    if (b->clusters != by_cluster)
        buf_put_text(b->out, by_cluster ? "\033[?2027h" : "\033[?2027l");
    b->clusters = by_cluster;
    if (by_cluster)
        b->row = BRUSH_LOST;
}

/* The columns that a consumer may give text: by code points one after the other, or by cluster. */
static int
spread_width(struct view text)
{
    int sum = 0, clustered = grapheme_width(text);
    while (text.len > 0) {
        int width = width_of(codepoint_first(text, &text));
        sum += width > 0 ? width : 0;
    }
    return sum > clustered ? sum : clustered;
}

/*
 * Text of disputed width: its cells are blanked first, so that nothing old shows if the consumer takes
 * it for narrower or drops it; then nobody knows where the cursor is, and what lies to the right is
 * painted again as far as the text may have run over it. Where it might run over a real terminal's edge
 * only its first code point is shown. Two Skua ends share one table: there, none of this.
 */
static void
print_disputed(struct line *l, int x, struct view text, int width)
{
    struct brush *b = l->brush;
    struct style style = row_style(l->wanted, x);
    choose_measure(b, text, width);
    brush_move(b, l->y, x);
    brush_style(b, &style);
    if (b->caps->dialect != CAPS_DIALECT_SKUA) {
        int spread = spread_width(text);
        if (b->caps->dialect == CAPS_DIALECT_OUTER && x + spread > l->cols) {
            struct view rest;
            codepoint_first(text, &rest);
            text.len -= rest.len;
        }
        brush_spaces(b, width);
        brush_move(b, l->y, x);
        int reached = x + (spread > width ? spread : width + 1);
        l->forced_from = x + width;
        l->forced_to = reached > l->forced_to ? reached : l->forced_to;
    }
    brush_print(b, text, width);
    b->row = BRUSH_LOST;
}

static void
paint_text(struct line *l, int x, int width)
{
    struct brush *b = l->brush;
    uint8_t scratch[4];
    struct view text = row_text(l->wanted, x, scratch);
    if (is_disputed(l, x)) {
        print_disputed(l, x, text, width);
        return;
    }
    struct style style = row_style(l->wanted, x);
    reach(l, x);
    brush_style(b, &style);
    brush_print(b, text, width);
}

/* Whether erasing leaves the background behind. */
static bool
can_erase(const struct brush *b, uint32_t bg)
{
    return bg == COLOR_DEFAULT || (b->caps->can & CAPS_CAN_COLOR_ERASE) != 0;
}

static void
paint_spaces(struct line *l, int x, int count, uint32_t bg)
{
    struct brush *b = l->brush;
    const struct style bare = { .bg = bg };
    brush_move(b, l->y, x);
    brush_style(b, &bare);
    brush_spaces(b, count);
}

/* Erase count cells from x on; up to the end of the row if they reach it. */
static void
erase(struct line *l, int x, int count)
{
    struct brush *b = l->brush;
    uint32_t bg = l->wanted->cell[x].bg;
    bool to_end = x + count == l->cols;
    bool is_wire = b->caps->dialect != CAPS_DIALECT_OUTER;
    bool by_count = (b->caps->can & CAPS_CAN_ERASE_CHARS) != 0 && (is_wire || count > SPACES_MAX);
    if (!can_erase(b, bg) || (!to_end && !by_count)) {
        paint_spaces(l, x, count, bg);
        return;
    }
    brush_move(b, l->y, x);
    brush_background(b, bg);
    if (to_end)
        buf_put_text(b->out, "\033[K");
    else
        brush_csi(b, count, 'X');
}

/* How many erased cells of one background follow from x on, unchanged ones at the end left out. */
static int
erased_run(const struct line *l, int x)
{
    int due = x + 1;
    for (int i = x;
         i < l->cols && is_erased(l->wanted, i) && l->wanted->cell[i].bg == l->wanted->cell[x].bg;
         i++) {
        if (is_due(l, i, 1))
            due = i + 1;
    }
    return due - x;
}

static void
paint_units(struct line *l, int x)
{
    while (x < l->cols) {
        int width = unit_width(l->wanted, x);
        if (!is_due(l, x, width)) {
            x += width;
            continue;
        }
        if (!is_erased(l->wanted, x)) {
            paint_text(l, x, width);
        } else {
            width = x >= l->tail ? l->cols - x : erased_run(l, x);
            erase(l, x, width);
        }
        x += width;
        l->last_done = x >= l->cols;
    }
}

/*
 * The last column was just printed and the row goes on below: wrap, by printing what comes first there
 * if the pen may change for it without a sequence that some consumers take as the end of a pending
 * wrap, else a space that the next row paints over.
 */
static struct line_start
wrap(struct brush *b, const struct row *next)
{
    uint8_t scratch[4];
    struct view text = row_text(next, 0, scratch);
    struct style style = row_style(next, 0);
    int width = unit_width(next, 0);
    if (text.len == 0 || disputed_text(text) || !payload_equal(style.link, b->pen.link)) {
        brush_spaces(b, 1);
        return (struct line_start){ .spoiled = true };
    }
    brush_style(b, &style);
    brush_print(b, text, width);
    return (struct line_start){ .done = width };
}

void
line_paint(struct brush *b, int y, const struct row *held, const struct row *wanted,
           const struct row *next, struct line_start *start)
{
    struct line l = { .brush = b, .y = y, .held = held, .wanted = wanted, .cols = b->cols };
    l.tail = tail_of(wanted);
    l.forced_to = start->spoiled ? 1 : 0;
    l.retouch = held->wrapped != wanted->wrapped;
    l.has_rarity = (wanted->beyond & ROW_BEYOND_TEXT) != 0;
    l.last_done = start->done >= l.cols;
    paint_units(&l, start->done);
    *start = (struct line_start){ .done = 0 };
    bool is_pending = b->row == y && b->col == b->cols;
    if (wanted->wrapped && next != NULL && l.last_done && is_pending)
        *start = wrap(b, next);
}

int
line_cost(const struct row *held, const struct row *wanted)
{
    if (held == wanted)
        return 0;
    int cost = held->wrapped != wanted->wrapped ? 8 : 0;
    int tail = tail_of(wanted);
    bool in_run = false;
    for (int x = 0; x < wanted->cols; x++) {
        bool differs = !row_cell_equal(held, x, wanted, x);
        if (differs && x >= tail)
            return cost + 6;
        if (differs && !in_run)
            cost += 5;
        if (differs && !is_erased(wanted, x))
            cost++;
        in_run = differs;
    }
    return cost;
}
