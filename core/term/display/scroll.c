/*
 * Which distance to scroll by is put to the vote: every row of the new screen whose content is found
 * exactly once in the old one votes for the distance between the two. For the winner the stretch of
 * rows is taken that saves most. A screen of several panes may take several rounds.
 */
#include "term/display/scroll.h"

#include <stdlib.h>

#include "base/mem.h"
#include "term/display/line.h"

#define ROUNDS_MAX 4

/* What setting and clearing a region, or a few moves, may cost: less saved than this is not worth it. */
#define OVERHEAD_BYTES 16

/* Rows are hashed over this many bytes' worth of cells at a time. FNV-1a's prime, 64 bits. */
#define HASH_PRIME 0x100000001b3u
#define HASH_START 0xcbf29ce484222325u

struct field {
    struct brush *brush;
    const struct row **held;
    struct row *const *wanted;
    const struct row *blank;
    int top, bottom; /* nothing differs above and below these */
};

/* A stretch of new rows [first, last] that the old screen holds `up` rows further down (or up: < 0). */
struct shift {
    int first, last, up;
    int saved;
};

/* Old rows by their hash, open addressing; a slot's row is AMBIGUOUS if two rows share the hash. */
struct index {
    size_t mask;
    struct slot {
        uint64_t hash; /* 0: free */
        int row;
    } * slot;
};

#define AMBIGUOUS (-1)

static bool
same_cells(const struct row *a, const struct row *b)
{
    if (a == b)
        return true;
    if (a->mark != b->mark)
        return false;
    for (int x = 0; x < a->cols; x++) {
        if (!row_cell_equal(a, x, b, x))
            return false;
    }
    return true;
}

/* 0 for a blank row, which says nothing about where anything went. Extras are left to same_cells(). */
static uint64_t
hash_of(const struct row *r)
{
    uint64_t hash = HASH_START;
    bool is_blank = true;
    for (int x = 0; x < r->cols; x++) {
        const struct cell *c = &r->cell[x];
        uint32_t text = cell_has_extra(c) ? CELL_EXTRA : c->text;
        hash = (hash ^ text) * HASH_PRIME;
        hash = (hash ^ ((uint64_t)c->fg << 32 | c->bg)) * HASH_PRIME;
        hash = (hash ^ c->attrs) * HASH_PRIME;
        is_blank = is_blank && text == 0;
    }
    hash ^= hash >> 32;
    return is_blank ? 0 : hash | 1;
}

static struct slot *
find_slot(struct index *index, uint64_t hash)
{
    size_t i = (size_t)hash & index->mask;
    while (index->slot[i].hash != 0 && index->slot[i].hash != hash)
        i = (i + 1) & index->mask;
    return &index->slot[i];
}

static void
build_index(struct index *index, const struct field *f)
{
    size_t size = 8;
    while (size < 2 * (size_t)(f->bottom - f->top + 1))
        size *= 2;
    index->mask = size - 1;
    index->slot = mem_new(size, sizeof *index->slot);
    for (int y = f->top; y <= f->bottom; y++) {
        if (f->held[y] == f->wanted[y])
            continue;
        uint64_t hash = hash_of(f->held[y]);
        if (hash == 0)
            continue;
        struct slot *slot = find_slot(index, hash);
        slot->row = slot->hash == 0 ? y : AMBIGUOUS;
        slot->hash = hash;
    }
}

/* The distance that most rows agree on; 0 if none has moved. */
static int
elect(struct field *f)
{
    int count = f->bottom - f->top + 1;
    struct index index;
    build_index(&index, f);
    int *votes = mem_new(2 * (size_t)count + 1, sizeof *votes);
    int best = 0;
    for (int y = f->top; y <= f->bottom; y++) {
        if (f->held[y] == f->wanted[y])
            continue;
        uint64_t hash = hash_of(f->wanted[y]);
        if (hash == 0)
            continue;
        const struct slot *slot = find_slot(&index, hash);
        if (slot->hash == 0 || slot->row == AMBIGUOUS || slot->row == y)
            continue;
        int up = slot->row - y;
        if (++votes[up + count] > votes[best + count])
            best = up;
    }
    free(votes);
    free(index.slot);
    return best;
}

/* The stretch that saves most by a scroll of `up`, from a moved row to one: the run of largest sum. */
static struct shift
best_stretch(const struct field *f, int up)
{
    struct shift best = { .up = up, .saved = 0 };
    int sum = 0, start = f->top;
    for (int y = f->top; y <= f->bottom; y++) {
        int from = y + up;
        if (from < f->top || from > f->bottom) {
            sum = 0;
            start = y + 1;
            continue;
        }
        bool moved = same_cells(f->held[from], f->wanted[y]);
        sum += line_cost(f->held[y], f->wanted[y]);
        sum -= moved ? 0 : line_cost(f->held[from], f->wanted[y]);
        if (sum <= 0 || (!moved && start == y)) {
            sum = 0;
            start = y + 1;
        } else if (moved && sum > best.saved) {
            best = (struct shift){ .first = start, .last = y, .up = up, .saved = sum };
        }
    }
    return best;
}

static int
distance(const struct shift *s)
{
    return s->up > 0 ? s->up : -s->up;
}

/* The rows that move or are lost: the stretch, and where it comes from. */
static void
region_of(const struct shift *s, int *top, int *bottom)
{
    *top = s->up > 0 ? s->first : s->first + s->up;
    *bottom = s->up > 0 ? s->last + s->up : s->last;
}

/* What is left to paint of the rows that a scroll brings in, against what it would be without. */
static int
loss_of(const struct field *f, const struct shift *s)
{
    int top, bottom, loss = 0;
    region_of(s, &top, &bottom);
    int first = s->up > 0 ? bottom - distance(s) + 1 : top;
    for (int y = first; y < first + distance(s); y++)
        loss += line_cost(f->blank, f->wanted[y]) - line_cost(f->held[y], f->wanted[y]);
    return loss;
}

/* A region that ends in front of blank rows may as well take them in: it needs no margins then. */
static int
lower_end(const struct field *f, int bottom, int up)
{
    int rows = f->brush->rows;
    if (up < 0)
        return bottom;
    for (int y = bottom + 1; y < rows; y++) {
        if (!row_equal(f->held[y], f->blank))
            return bottom;
    }
    return rows - 1;
}

static void
set_margins(struct brush *b, int top, int bottom)
{
    buf_putf(b->out, "\033[%d;%dr", top + 1, bottom + 1);
    b->row = b->col = 0;
}

static void
clear_margins(struct brush *b)
{
    buf_put_text(b->out, "\033[r");
    b->row = b->col = 0;
}

static void
repeat(struct brush *b, const char *text, int count)
{
    for (int i = 0; i < count; i++)
        buf_put_text(b->out, text);
}

/* On the wire SU, SD, IL and DL are at hand; from the last row a line feed is the shortest. */
static void
scroll_wire(struct brush *b, int top, int bottom, int up)
{
    int count = up > 0 ? up : -up;
    bool is_last = bottom == b->rows - 1;
    if (top == 0 && is_last && up > 0 && b->row == bottom && !b->newline && count <= 3) {
        brush_move(b, bottom, 0);
        repeat(b, "\n", count);
    } else if (top == 0 && is_last) {
        if (b->col == b->cols)
            b->row = BRUSH_LOST;
        brush_csi(b, count, up > 0 ? 'S' : 'T');
    } else if (is_last) {
        brush_move(b, top, 0);
        brush_csi(b, count, up > 0 ? 'M' : 'L');
    } else {
        set_margins(b, top, bottom);
        brush_csi(b, count, up > 0 ? 'S' : 'T');
        clear_margins(b);
    }
}

/* A real terminal: index and reverse index at the margins, which all of them have. */
static void
scroll_outer(struct brush *b, int top, int bottom, int up)
{
    bool is_whole = top == 0 && bottom == b->rows - 1;
    if (!is_whole)
        set_margins(b, top, bottom);
    brush_move(b, up > 0 ? bottom : top, 0);
    repeat(b, up > 0 ? "\n" : "\033M", up > 0 ? up : -up);
    if (!is_whole)
        clear_margins(b);
}

static bool
can_scroll(const struct brush *b, int top, int bottom)
{
    return (b->caps->can & CAPS_CAN_SCROLL_REGION) != 0 || (top == 0 && bottom == b->rows - 1);
}

static void
move_held(struct field *f, int top, int bottom, int up)
{
    int count = up > 0 ? up : -up;
    int kept = bottom - top + 1 - count;
    const struct row **held = f->held;
    memmove(&held[up > 0 ? top : top + count], &held[up > 0 ? top + count : top],
            (size_t)kept * sizeof(const struct row *));
    int first = up > 0 ? bottom - count + 1 : top;
    for (int y = first; y < first + count; y++)
        held[y] = f->blank;
}

static void
narrow(struct field *f)
{
    while (f->top <= f->bottom && row_equal(f->held[f->top], f->wanted[f->top]))
        f->top++;
    while (f->bottom > f->top && row_equal(f->held[f->bottom], f->wanted[f->bottom]))
        f->bottom--;
}

static bool
scroll_once(struct field *f)
{
    struct brush *b = f->brush;
    narrow(f);
    if (f->bottom - f->top < 1)
        return false;
    int up = elect(f);
    if (up == 0)
        return false;
    struct shift s = best_stretch(f, up);
    if (s.saved <= OVERHEAD_BYTES / 2 || s.saved - loss_of(f, &s) <= OVERHEAD_BYTES / 2)
        return false;
    int top, bottom;
    region_of(&s, &top, &bottom);
    bottom = lower_end(f, bottom, up);
    bool is_whole = top == 0 && bottom == b->rows - 1;
    if (!can_scroll(b, top, bottom) || (!is_whole && s.saved - loss_of(f, &s) <= OVERHEAD_BYTES))
        return false;
    brush_background(b, COLOR_DEFAULT);
    if (b->caps->dialect == CAPS_DIALECT_OUTER)
        scroll_outer(b, top, bottom, up);
    else
        scroll_wire(b, top, bottom, up);
    move_held(f, top, bottom, up);
    return true;
}

void
scroll_paint(struct brush *b, const struct row **held, struct row *const *wanted,
             const struct row *blank)
{
    struct field f = { .brush = b, .held = held, .wanted = wanted, .blank = blank };
    for (int round = 0; round < ROUNDS_MAX; round++) {
        f.top = 0;
        f.bottom = b->rows - 1;
        if (!scroll_once(&f))
            return;
    }
}
