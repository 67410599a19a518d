/*
 * The order of one paint: events, then what the cells depend on, then moved rows, then rows from top to
 * bottom, then cursor, pen and modes. Toward a real terminal the pen ends plain; on the wire it is part
 * of the screen and ends as the screen has it.
 */
#include "term/display/paint.h"

#include <stdlib.h>

#include "base/mem.h"
#include "term/display/brush.h"
#include "term/display/clean.h"
#include "term/display/level.h"
#include "term/display/line.h"
#include "term/display/notification.h"
#include "term/display/scroll.h"

struct painter {
    const struct screen *before, *after; /* before is NULL where the consumer is unknown */
    const struct caps *caps;
    struct buf *out;
    struct brush brush;
    const struct row **held; /* borrowed from before, or blank */
    struct row *blank;
};

static bool
is_outer(const struct painter *p)
{
    return p->caps->dialect == CAPS_DIALECT_OUTER;
}

/* Whether the consumer has what `can` names. */
static bool
has(const struct painter *p, uint32_t can)
{
    return (p->caps->can & can) == can;
}

static void
put_string(struct painter *p, const char *start, struct view text)
{
    buf_put_text(p->out, start);
    buf_put(p->out, text);
    buf_put_u8(p->out, '\a');
}

static void
paint_title(struct painter *p)
{
    const struct screen *b = p->before, *a = p->after;
    if (!has(p, CAPS_CAN_TITLE) || !a->title_set)
        return;
    if (b != NULL && b->title_set && payload_equal(a->title, b->title) &&
        payload_equal(a->icon, b->icon))
        return;
    if (payload_equal(a->title, a->icon)) {
        put_string(p, "\033]0;", payload_view(a->title));
        return;
    }
    put_string(p, "\033]1;", payload_view(a->icon));
    put_string(p, "\033]2;", payload_view(a->title));
}

/* An event: who comes to an unknown consumer replays nothing. Stock has no counter, only the value. */
static void
paint_clipboard(struct painter *p)
{
    const struct screen_clipboard *now = &p->after->clipboard;
    if (p->before == NULL || !has(p, CAPS_CAN_CLIPBOARD) || now->target == 0)
        return;
    const struct screen_clipboard *then = &p->before->clipboard;
    if (now->count == then->count && payload_equal(now->contents, then->contents))
        return;
    if (!clean_is_base64(payload_view(now->contents)))
        return;
    buf_put_text(p->out, "\033]52;");
    buf_put_u8(p->out, now->target);
    put_string(p, ";", payload_view(now->contents));
}

/* OSC 7 travels to a peer; nobody else is told (screen_project()). */
static void
paint_directory(struct painter *p)
{
    struct payload *then = p->before != NULL ? p->before->directory : NULL;
    if (p->caps->dialect == CAPS_DIALECT_SKUA && !payload_equal(then, p->after->directory))
        put_string(p, "\033]7;", payload_view(p->after->directory));
}

static void
paint_events(struct painter *p)
{
    if (p->before != NULL && p->before->bell_count != p->after->bell_count)
        buf_put_u8(p->out, '\a');
    paint_title(p);
    paint_clipboard(p);
    paint_directory(p);
    notification_paint(p->before, p->after, p->caps, p->out);
}

static void
paint_reverse_video(struct painter *p)
{
    bool reverse = p->after->modes.reverse_video;
    bool is_due = p->before == NULL ? has(p, CAPS_CAN_REVERSE_VIDEO)
                                    : p->before->modes.reverse_video != reverse;
    if (is_due)
        buf_put_text(p->out, reverse ? "\033[?5h" : "\033[?5l");
}

/* Whether the consumer's cells are those of `before`: not after a change of size. */
static bool
has_cells(const struct painter *p)
{
    const struct screen *b = p->before, *a = p->after;
    return b != NULL && b->rows == a->rows && b->cols == a->cols;
}

/* Start over from a blank screen, whatever the consumer shows. */
static void
clear(struct painter *p)
{
    struct brush *brush = &p->brush;
    buf_put_text(p->out, "\033[r\033[0m\033[H\033[2J");
    brush->row = brush->col = 0;
    brush->pen = (struct style){ .link = brush->pen.link }; /* which SGR leaves alone */
    if (p->before == NULL) {
        if (has(p, CAPS_CAN_LINKS))
            buf_put_text(p->out, "\033]8;;\033\\");
        buf_put_text(p->out, "\033[?25l");
        brush->visible = false;
    }
    for (int y = 0; y < p->after->rows; y++)
        p->held[y] = p->blank;
}

static void
take_cells(struct painter *p)
{
    const struct screen *b = p->before;
    p->brush.row = b->cursor_row;
    p->brush.col = b->cursor_col;
    for (int y = 0; y < b->rows; y++)
        p->held[y] = b->row[y];
    scroll_paint(&p->brush, p->held, p->after->row, p->blank);
}

static bool
is_bare(const struct row *r, uint32_t bg)
{
    const struct cell erased = cell_erased(bg);
    for (int x = 0; x < r->cols; x++) {
        if (memcmp(&r->cell[x], &erased, sizeof erased) != 0)
            return false;
    }
    return !r->wrapped && r->mark == ROW_MARK_NONE;
}

/* Whether row y and all below it are to be erased in one background. */
static bool
is_bare_below(const struct painter *p, int y, uint32_t bg)
{
    const struct screen *a = p->after;
    while (y < a->rows && is_bare(a->row[y], bg))
        y++;
    return y == a->rows;
}

/*
 * Row flags of the shell's prompt (OSC 133) are set where the cursor is. No sequence takes one away,
 * and the start of a prompt is not overruled; but a fresh row has none: delete the line, insert one.
 */
static void
paint_mark(struct painter *p, int y, struct line_start *start)
{
    struct brush *b = &p->brush;
    uint8_t held = p->held[y]->mark, mark = p->after->row[y]->mark;
    if (p->caps->dialect != CAPS_DIALECT_SKUA || held == mark)
        return;
    if (mark == ROW_MARK_NONE || held == ROW_MARK_PROMPT) {
        brush_move(b, y, 0);
        brush_background(b, COLOR_DEFAULT);
        buf_put_text(p->out, "\033[M\033[L");
        p->held[y] = p->blank;
        *start = (struct line_start){ .done = 0 };
    }
    if (mark == ROW_MARK_NONE || mark > ROW_MARK_OUTPUT)
        return;
    if (b->row != y)
        brush_move(b, y, 0);
    buf_putf(p->out, "\033]133;%c\a", 'A' + mark - ROW_MARK_PROMPT);
}

/* Erase everything from row y on at once, if that saves more than one row's erasing. */
static bool
erase_below(struct painter *p, int y)
{
    uint32_t bg = p->after->row[y]->cell[0].bg;
    if ((bg != COLOR_DEFAULT && !has(p, CAPS_CAN_COLOR_ERASE)) || !is_bare_below(p, y, bg))
        return false;
    int due = 0;
    for (int i = y; i < p->after->rows && due < 2; i++) {
        if (p->held[i]->mark != ROW_MARK_NONE && p->caps->dialect == CAPS_DIALECT_SKUA)
            return false;
        due += line_cost(p->held[i], p->after->row[i]) > 0;
    }
    if (due < 2)
        return false;
    brush_move(&p->brush, y, 0);
    brush_background(&p->brush, bg);
    buf_put_text(p->out, "\033[J");
    return true;
}

static void
paint_rows(struct painter *p)
{
    const struct screen *a = p->after;
    struct line_start start = { .done = 0 };
    for (int y = 0; y < a->rows; y++) {
        bool is_joined = start.done > 0 || start.spoiled;
        if (!is_joined && p->held[y] == a->row[y])
            continue;
        if (!is_joined && line_cost(p->held[y], a->row[y]) > 0 && erase_below(p, y))
            return;
        paint_mark(p, y, &start);
        line_paint(&p->brush, y, p->held[y], a->row[y], y + 1 < a->rows ? a->row[y + 1] : NULL,
                   &start);
    }
}

static void
paint_cells(struct painter *p)
{
    p->held = mem_new((size_t)p->after->rows, sizeof *p->held);
    p->blank = row_new(p->after->cols, COLOR_DEFAULT);
    if (has_cells(p))
        take_cells(p);
    else
        clear(p);
    paint_rows(p);
    row_unref(p->blank);
    free(p->held);
}

static void
paint_cursor(struct painter *p)
{
    struct brush *b = &p->brush;
    b->veil = false;
    brush_move(b, p->after->cursor_row, p->after->cursor_col);
    brush_show(b, p->after->cursor_visible);
}

static void
paint_pen(struct painter *p)
{
    const struct style plain = { .fg = COLOR_DEFAULT };
    brush_style(&p->brush, is_outer(p) ? &plain : &p->after->pen);
}

static void
paint_levels(struct painter *p)
{
    const struct screen *b = p->before, *a = p->after;
    bool is_unknown = b == NULL && has(p, CAPS_CAN_CLUSTERS);
    if (is_unknown || p->brush.clusters != a->modes.clusters)
        buf_put_text(p->out, a->modes.clusters ? "\033[?2027h" : "\033[?2027l");
    level_paint(b != NULL ? &b->modes : NULL, &a->modes, p->caps, p->out);
}

static void
start(struct painter *p)
{
    const struct screen *b = p->before;
    p->brush = (struct brush){
        .caps = p->caps,
        .out = p->out,
        .rows = p->after->rows,
        .cols = p->after->cols,
        .veil = is_outer(p) && !has(p, CAPS_CAN_SYNC),
    };
    if (b == NULL)
        return;
    p->brush.visible = b->cursor_visible;
    p->brush.clusters = b->modes.clusters;
    p->brush.newline = b->modes.newline;
    if (!is_outer(p))
        p->brush.pen = b->pen;
}

void
paint(const struct screen *before, const struct screen *after, const struct caps *caps,
      struct buf *out)
{
    if (before != NULL && screen_equal(before, after))
        return;
    struct painter p = { .before = before, .after = after, .caps = caps, .out = out };
    bool is_bracketed = is_outer(&p) && has(&p, CAPS_CAN_SYNC);
    size_t length_before = out->len;
    if (is_bracketed)
        buf_put_text(out, "\033[?2026h");
    size_t length_start = out->len;
    start(&p);
    paint_events(&p);
    paint_reverse_video(&p);
    paint_cells(&p);
    paint_cursor(&p);
    paint_pen(&p);
    paint_levels(&p);
    if (out->len == length_start)
        out->len = length_before; /* what differs cannot be shown: nothing to bracket */
    else if (is_bracketed)
        buf_put_text(out, "\033[?2026l");
}
