/* Verdicts of the model of stock, and what follows from them. */
#include <string.h>

#include "stock_internal.h"

/* Of the send interval: half the round trip. */
#define SHOW_ABOVE_MS 30
#define HIDE_UP_TO_MS 20
#define GLITCH_MS     250
#define GLITCH_BIG_MS 5000
#define REPAIR_COUNT  10
#define REPAIR_GAP_MS 150

enum verdict { INACTIVE, PENDING, NO_CREDIT, CORRECT, INCORRECT };

struct stock_cell *
stock_cell(struct stock *k, int y, int x)
{
    return &k->cell[y * k->cols + x];
}

struct stock_glyph
stock_glyph_of(const struct screen *s, int y, int x)
{
    uint8_t scratch[4];
    struct view text = row_text(s->row[y], x, scratch);
    struct stock_glyph g = { 0 };
    g.len = (uint8_t)(text.len < STOCK_GLYPH_BYTES ? text.len : STOCK_GLYPH_BYTES);
    if (g.len > 0)
        memcpy(g.text, text.data, g.len);
    return g;
}

static bool
is_blank(const struct stock_glyph *g)
{
    return g->len == 0 || (g->len == 1 && g->text[0] == ' ') ||
           (g->len == 2 && g->text[0] == 0xc2 && g->text[1] == 0xa0);
}

bool
stock_glyphs_match(const struct stock_glyph *a, const struct stock_glyph *b)
{
    if (is_blank(a) || is_blank(b))
        return is_blank(a) && is_blank(b);
    return a->len == b->len && memcmp(a->text, b->text, a->len) == 0;
}

bool
stock_is_old(const struct stock_cell *c, const struct stock_glyph *g)
{
    for (int i = 0; i < c->olds; i++) {
        if (stock_glyphs_match(&c->old[i], g))
            return true;
    }
    return false;
}

bool
stock_is_active(const struct stock *k)
{
    bool is_active = k->cursors > 0;
    for (int y = 0; y < k->rows && !is_active; y++)
        is_active = k->row_is_active[y];
    return is_active;
}

void
stock_doubt(struct stock *k)
{
    k->epoch++;
}

void
stock_wipe(struct stock *k)
{
    for (int y = 0; y < k->rows; y++) {
        if (k->row_is_active[y])
            memset(stock_cell(k, y, 0), 0, (size_t)k->cols * sizeof *k->cell);
        k->row_is_active[y] = false;
    }
    k->cursors = 0;
    stock_doubt(k);
}

static void
kill_epoch(struct stock *k, uint64_t epoch, const struct screen *s)
{
    int kept = 0;
    for (int i = 0; i < k->cursors; i++) {
        if (k->cursor[i].place.epoch < epoch)
            k->cursor[kept++] = k->cursor[i];
    }
    k->cursors = kept;
    if (kept < STOCK_CURSORS_MAX) {
        k->cursor[k->cursors++] = (struct stock_cursor){
            .row = s->cursor_row,
            .col = s->cursor_col,
            .place = { .active = true, .epoch = k->epoch, .due = k->sync.sent + 1 },
        };
    }
    for (int i = 0; i < k->rows * k->cols; i++) {
        if (k->cell[i].place.active && k->cell[i].place.epoch >= epoch)
            k->cell[i] = (struct stock_cell){ .olds = 0 };
    }
    stock_doubt(k);
}

static enum verdict
cell_verdict(const struct stock *k, const struct stock_cell *c, const struct stock_glyph *seen)
{
    if (!c->place.active)
        return INACTIVE;
    if (k->sync.echo_ack < c->place.due)
        return PENDING;
    if (c->unknown || is_blank(&c->want))
        return NO_CREDIT;
    if (!stock_glyphs_match(&c->want, seen))
        return INCORRECT;
    return stock_is_old(c, &c->want) ? NO_CREDIT : CORRECT;
}

static void
credit(struct stock *k, const struct stock_cell *c, uint64_t now_ms)
{
    if (c->place.epoch > k->confirmed_epoch)
        k->confirmed_epoch = c->place.epoch;
    bool is_quick = now_ms - c->place.born_ms < GLITCH_MS;
    if (is_quick && k->glitch > 0 && now_ms >= k->last_quick_ms + REPAIR_GAP_MS) {
        k->glitch--;
        k->last_quick_ms = now_ms;
    }
}

static void
note_age(struct stock *k, uint64_t age_ms)
{
    if (age_ms >= GLITCH_BIG_MS)
        k->glitch = 2 * REPAIR_COUNT;
    else if (age_ms >= GLITCH_MS && k->glitch < REPAIR_COUNT)
        k->glitch = REPAIR_COUNT;
}

/* Returns false where everything was wiped. */
static bool
cull_row(struct stock *k, const struct screen *s, int y, uint64_t now_ms)
{
    bool is_active = false;
    for (int x = 0; x < k->cols; x++) {
        struct stock_cell *c = stock_cell(k, y, x);
        struct stock_glyph seen = stock_glyph_of(s, y, x);
        switch (cell_verdict(k, c, &seen)) {
        case INACTIVE: break;
        case PENDING: note_age(k, now_ms - c->place.born_ms); break;
        case CORRECT: credit(k, c, now_ms); /* fall through */
        case NO_CREDIT: *c = (struct stock_cell){ .olds = 0 }; break;
        case INCORRECT:
            if (c->place.epoch <= k->confirmed_epoch) {
                stock_wipe(k);
                return false;
            }
            kill_epoch(k, c->place.epoch, s);
            break;
        }
        is_active = is_active || c->place.active;
    }
    k->row_is_active[y] = is_active;
    return true;
}

static void
cull_cursors(struct stock *k, const struct screen *s)
{
    int kept = 0;
    for (int i = 0; i < k->cursors; i++) {
        const struct stock_cursor *c = &k->cursor[i];
        if (k->sync.echo_ack < c->place.due) {
            k->cursor[kept++] = *c;
            continue;
        }
        bool is_last = i == k->cursors - 1;
        if (is_last && (c->row != s->cursor_row || c->col != s->cursor_col)) {
            stock_wipe(k);
            return;
        }
    }
    k->cursors = kept;
}

void
stock_cull(struct stock *k, const struct screen *s, uint64_t now_ms)
{
    if (k->sync.send_interval_ms > SHOW_ABOVE_MS)
        k->slow_link = true;
    else if (k->sync.send_interval_ms <= HIDE_UP_TO_MS && !stock_is_active(k))
        k->slow_link = false;
    for (int y = 0; y < k->rows; y++) {
        if (k->row_is_active[y] && !cull_row(k, s, y, now_ms))
            return;
    }
    cull_cursors(k, s);
}
