/*
 * Rows. Extras are only ever added; when there are more of them than columns the row is compacted, so
 * a row costs at most cols extras however often its cells are rewritten.
 */
#include "term/screen/row.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "term/screen/payload.h"
#include "term/text/codepoint.h"
#include "term/text/width.h"

#define EXTRA_FIRST 4

/* A cell as a register holds it, so that one store writes it; lane 0 is its text. */
typedef uint32_t cell_lanes __attribute__((vector_size(sizeof(struct cell))));

/* Lane by lane: a cell that is stored in parts and loaded as a whole would have to wait for its parts. */
static inline cell_lanes
lanes_of(struct cell c)
{
    uint32_t last;
    memcpy(&last, &c.attrs, sizeof last);
    return (cell_lanes){ c.text, c.fg, c.bg, last };
}

static inline void
store(struct cell *to, cell_lanes lanes)
{
    memcpy(to, &lanes, sizeof lanes);
}

static const struct row_extra *
extra_of(const struct row *r, const struct cell *c)
{
    return &r->extra[c->text & ~CELL_EXTRA];
}

static void
release_extras(struct row *r)
{
    for (int i = 0; i < r->extra_count; i++)
        payload_unref(r->extra[i].link);
    free(r->extra);
    r->extra = NULL;
    r->extra_count = r->extra_cap = 0;
}

static uint32_t
append_extra(struct row *r, const struct row_extra *e)
{
    if (r->extra_count == r->extra_cap) {
        r->extra_cap = (uint16_t)(r->extra_cap > 0 ? r->extra_cap * 2 : EXTRA_FIRST);
        r->extra = mem_resize(r->extra, r->extra_cap, sizeof *r->extra);
    }
    r->extra[r->extra_count] = *e;
    payload_ref(e->link);
    return CELL_EXTRA | r->extra_count++;
}

/* Keep only the extras that a cell still points to. */
static void
compact(struct row *r)
{
    struct row fresh = { .extra = NULL };
    for (int x = 0; x < r->cols; x++) {
        if (cell_has_extra(&r->cell[x]))
            r->cell[x].text = append_extra(&fresh, extra_of(r, &r->cell[x]));
    }
    release_extras(r);
    r->extra = fresh.extra;
    r->extra_count = fresh.extra_count;
    r->extra_cap = fresh.extra_cap;
}

/* The cell that is about to be written must not keep its old extra alive through a compaction. */
static uint32_t
add_extra(struct row *r, int x, const struct row_extra *e)
{
    if (r->extra_count >= 2 * r->cols) {
        r->cell[x].text = 0;
        compact(r);
    }
    return append_extra(r, e);
}

struct row *
row_new(int cols, uint32_t bg)
{
    assert(cols > 0 && cols <= UINT16_MAX / 2);
    struct row *r = mem_new(1, sizeof *r + (size_t)cols * sizeof(struct cell));
    r->refs = 1;
    r->cols = (uint16_t)cols;
    row_erase(r, 0, cols, bg);
    return r;
}

struct row *
row_ref(struct row *r)
{
    r->refs++;
    return r;
}

void
row_unref(struct row *r)
{
    if (r == NULL || --r->refs > 0)
        return;
    release_extras(r);
    free(r);
}

struct row *
row_copy(const struct row *r, int cols, uint32_t bg)
{
    struct row *copy = row_new(cols, bg);
    int kept = cols < r->cols ? cols : r->cols;
    memcpy(copy->cell, r->cell, (size_t)kept * sizeof(struct cell));
    copy->wrapped = r->wrapped && cols == r->cols;
    copy->mark = r->mark;
    copy->beyond = r->beyond;
    if (r->extra_count > 0) {
        copy->extra = mem_new(r->extra_count, sizeof *copy->extra);
        memcpy(copy->extra, r->extra, r->extra_count * sizeof *copy->extra);
        copy->extra_count = copy->extra_cap = r->extra_count;
        for (int i = 0; i < copy->extra_count; i++)
            payload_ref(copy->extra[i].link);
    }
    return copy;
}

static bool
extra_equal(const struct row_extra *a, const struct row_extra *b)
{
    return a->underline == b->underline && a->len == b->len &&
           memcmp(a->text, b->text, a->len) == 0 && payload_equal(a->link, b->link);
}

bool
row_cell_equal(const struct row *a, int ax, const struct row *b, int bx)
{
    const struct cell *c = &a->cell[ax], *d = &b->cell[bx];
    if (!cell_has_extra(c) || !cell_has_extra(d))
        return memcmp(c, d, sizeof *c) == 0;
    return c->fg == d->fg && c->bg == d->bg && c->attrs == d->attrs && c->width == d->width &&
           extra_equal(extra_of(a, c), extra_of(b, d));
}

bool
row_equal(const struct row *a, const struct row *b)
{
    if (a == b)
        return true;
    if (a->cols != b->cols || a->wrapped != b->wrapped || a->mark != b->mark)
        return false;
    if (a->extra_count == 0 && b->extra_count == 0)
        return memcmp(a->cell, b->cell, a->cols * sizeof(struct cell)) == 0;
    for (int x = 0; x < a->cols; x++) {
        if (!row_cell_equal(a, x, b, x))
            return false;
    }
    return true;
}

struct view
row_text(const struct row *r, int x, uint8_t scratch[4])
{
    const struct cell *c = &r->cell[x];
    if (cell_has_extra(c)) {
        const struct row_extra *e = extra_of(r, c);
        return view_of(e->text, e->len);
    }
    if (c->text == 0)
        return (struct view){ 0 };
    return view_of(scratch, codepoint_encode(c->text, scratch));
}

struct style
row_style(const struct row *r, int x)
{
    const struct cell *c = &r->cell[x];
    struct style s = { .fg = c->fg, .bg = c->bg, .attrs = c->attrs };
    if (cell_has_extra(c)) {
        const struct row_extra *e = extra_of(r, c);
        s.underline = e->underline;
        s.link = e->link;
    }
    return s;
}

static inline uint8_t
beyond_of(const struct style *s)
{
    uint8_t beyond = 0;
    if ((s->attrs & ~(STYLE_STOCK_MASK | STYLE_PROTECTED)) != 0 ||
        style_underline(s->attrs) > UNDERLINE_SINGLE)
        beyond |= ROW_BEYOND_ATTRS;
    if ((s->attrs & STYLE_PROTECTED) != 0)
        beyond |= ROW_BEYOND_PROTECTED;
    if (s->underline != COLOR_DEFAULT)
        beyond |= ROW_BEYOND_UNDERLINE;
    if (s->link != NULL)
        beyond |= ROW_BEYOND_LINK;
    return beyond;
}

/* Text that every peer measures alike: Latin below the combining marks, and plain CJK ideographs. */
static inline bool
is_undisputed(uint32_t code_point)
{
    unsigned common = width_common(code_point);
    return common != 0 && (common & WIDTH_DISPUTED) == 0;
}

void
row_set(struct row *r, int x, struct view text, enum cell_width width, const struct style *style)
{
    assert(text.len <= CELL_TEXT_MAX_BYTES);
    uint32_t code_point = 0;
    bool single = text.len == 0 || codepoint_only(text, &code_point);
    r->beyond |= beyond_of(style);
    if (text.len > 0 && !(single && is_undisputed(code_point)))
        r->beyond |= ROW_BEYOND_TEXT;
    uint32_t stored = code_point;
    if (!single || style->underline != COLOR_DEFAULT || style->link != NULL) {
        struct row_extra e = { .underline = style->underline, .link = style->link };
        e.len = (uint8_t)text.len;
        if (text.len > 0)
            memcpy(e.text, text.data, text.len);
        stored = add_extra(r, x, &e);
    }
    r->cell[x] = (struct cell){ .text = stored,
                                .fg = style->fg,
                                .bg = style->bg,
                                .attrs = style->attrs,
                                .width = (uint8_t)width };
}

static struct cell
cell_in(const struct style *style, enum cell_width width)
{
    return (struct cell){
        .fg = style->fg, .bg = style->bg, .attrs = style->attrs, .width = (uint8_t)width
    };
}

void
row_fill_ascii(struct row *r, int x, struct view text, const struct style *style)
{
    const cell_lanes narrow = lanes_of(cell_in(style, CELL_NARROW));
    struct cell *cell = &r->cell[x];
    const uint8_t *byte = text.data;
    size_t left = text.len;
    for (; left >= 4; left -= 4, cell += 4, byte += 4) {
        store(&cell[0], narrow | (cell_lanes){ byte[0] });
        store(&cell[1], narrow | (cell_lanes){ byte[1] });
        store(&cell[2], narrow | (cell_lanes){ byte[2] });
        store(&cell[3], narrow | (cell_lanes){ byte[3] });
    }
    for (; left > 0; left--)
        store(cell++, narrow | (cell_lanes){ *byte++ });
    r->beyond |= beyond_of(style);
}

size_t
row_fill(struct row *r, int x, int end, const uint32_t *points, size_t count,
         const struct style *style, int *behind)
{
    const cell_lanes narrow = lanes_of(cell_in(style, CELL_NARROW));
    const cell_lanes wide = lanes_of(cell_in(style, CELL_WIDE));
    const cell_lanes half = lanes_of((struct cell){ .bg = style->bg, .width = CELL_RIGHT_HALF });
    struct cell *cell = &r->cell[x];
    const struct cell *stop = &r->cell[end];
    unsigned all = 0;
    size_t n = 0;
    for (; n < count; n++) {
        uint32_t c = points[n];
        unsigned common = width_common(c);
        int width = common & WIDTH_COLUMNS;
        if (width == 0 || width > stop - cell)
            break;
        all |= common;
        store(cell++, (width == 2 ? wide : narrow) | (cell_lanes){ c });
        if (width == 2)
            store(cell++, half);
    }
    if (n > 0)
        r->beyond |= beyond_of(style) | ((all & WIDTH_DISPUTED) != 0 ? ROW_BEYOND_TEXT : 0);
    *behind = (int)(cell - r->cell);
    return n;
}

bool
row_append(struct row *r, int x, struct view marks)
{
    uint8_t scratch[4], joined[CELL_TEXT_MAX_BYTES];
    struct view text = row_text(r, x, scratch);
    if (marks.len > sizeof joined - text.len)
        return false;
    if (text.len > 0)
        memcpy(joined, text.data, text.len);
    memcpy(joined + text.len, marks.data, marks.len);
    struct style style = row_style(r, x);
    struct payload *link = payload_ref(style.link);
    row_set(r, x, view_of(joined, text.len + marks.len), (enum cell_width)r->cell[x].width, &style);
    payload_unref(link);
    return true;
}

void
row_erase(struct row *r, int from, int to, uint32_t bg)
{
    const cell_lanes erased = lanes_of(cell_erased(bg));
    struct cell *cell = &r->cell[from];
    int left = to - from;
    for (; left >= 4; left -= 4, cell += 4) {
        store(&cell[0], erased);
        store(&cell[1], erased);
        store(&cell[2], erased);
        store(&cell[3], erased);
    }
    for (; left > 0; left--)
        store(cell++, erased);
    if (from == 0 && to == r->cols) {
        release_extras(r);
        r->beyond = r->mark != ROW_MARK_NONE ? ROW_BEYOND_MARK : 0;
    }
}

void
row_move(struct row *r, int to, int from, int count)
{
    memmove(&r->cell[to], &r->cell[from], (size_t)count * sizeof(struct cell));
}

void
row_put(struct row *r, int x, const struct row *src, int sx)
{
    struct cell c = src->cell[sx];
    if (cell_has_extra(&c)) {
        struct row_extra e = *extra_of(src, &c);
        payload_ref(e.link);
        c.text = add_extra(r, x, &e);
        payload_unref(e.link);
    }
    r->cell[x] = c;
    r->beyond |= src->beyond;
}
