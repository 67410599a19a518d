/* Keys become guesses about cells and the cursor; each screen culls them (stock_cull.c). */
#include "stock.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "stock_internal.h"
#include "term/text/codepoint.h"
#include "term/text/width.h"

#define PASTE_MIN_BYTES 101

enum { CR = 13, ESC = 27, SPACE = 0x20, DEL = 0x7f };

struct stock *
stock_new(enum predict_display display, int rows, int cols)
{
    struct stock *k = mem_new(1, sizeof *k);
    k->display = display;
    k->rows = rows;
    k->cols = cols;
    k->cell = mem_new((size_t)(rows * cols), sizeof *k->cell);
    k->row_is_active = mem_new((size_t)rows, sizeof *k->row_is_active);
    k->epoch = 1;
    k->sync.send_interval_ms = 250;
    return k;
}

void
stock_free(struct stock *k)
{
    if (k == NULL)
        return;
    free(k->row_is_active);
    free(k->cell);
    free(k);
}

/* The cursor's guess in this epoch. */
static struct stock_cursor *
need_cursor(struct stock *k, const struct screen *s)
{
    struct stock_cursor *last = k->cursors > 0 ? &k->cursor[k->cursors - 1] : NULL;
    if (last != NULL && (last->place.epoch == k->epoch || k->cursors == STOCK_CURSORS_MAX))
        return last;
    struct stock_cursor added = {
        .row = last != NULL ? last->row : s->cursor_row,
        .col = last != NULL ? last->col : s->cursor_col,
        .place = { .active = true, .epoch = k->epoch, .due = k->sync.sent + 1 },
    };
    k->cursor[k->cursors] = added;
    return &k->cursor[k->cursors++];
}

static void
stamp(const struct stock *k, struct stock_place *place, uint64_t now_ms)
{
    place->due = k->sync.sent + 1;
    place->born_ms = now_ms;
}

static void
remember(struct stock_cell *c, const struct stock_glyph *g)
{
    if (!stock_is_old(c, g) && c->olds < STOCK_OLDS_MAX)
        c->old[c->olds++] = *g;
}

/* Cell x of row y is guessed anew, over what `displayed` shows there. */
static struct stock_cell *
begin_cell(struct stock *k, const struct screen *displayed, int y, int x, uint64_t now_ms)
{
    struct stock_cell *c = stock_cell(k, y, x);
    if (!c->place.active || c->unknown)
        *c = (struct stock_cell){ .olds = 0 };
    else
        remember(c, &c->want);
    c->place = (struct stock_place){ .active = true, .epoch = k->epoch };
    stamp(k, &c->place, now_ms);
    struct stock_glyph seen = stock_glyph_of(displayed, y, x);
    remember(c, &seen);
    k->row_is_active[y] = true;
    return c;
}

/* c becomes what stands in column x, guessed or displayed. */
static void
take_over(struct stock *k, struct stock_cell *c, const struct screen *displayed, int y, int x)
{
    const struct stock_cell *from = stock_cell(k, y, x);
    if (!from->place.active) {
        c->want = stock_glyph_of(displayed, y, x);
    } else if (from->unknown) {
        c->unknown = true;
    } else {
        c->want = from->want;
    }
}

static void
newline(struct stock *k, const struct screen *displayed, uint64_t now_ms)
{
    struct stock_cursor *cursor = need_cursor(k, displayed);
    cursor->col = 0;
    if (cursor->row < k->rows - 1) {
        cursor->row++;
        return;
    }
    for (int x = 0; x < k->cols; x++) {
        struct stock_cell *c = stock_cell(k, cursor->row, x);
        c->place = (struct stock_place){ .active = true, .epoch = k->epoch };
        c->want = (struct stock_glyph){ 0 };
        stamp(k, &c->place, now_ms);
    }
    k->row_is_active[cursor->row] = true;
}

static void
insert(struct stock *k, uint32_t code, const struct screen *displayed, uint64_t now_ms)
{
    struct stock_cursor *cursor = need_cursor(k, displayed);
    /* Shells print in the last column, editors mark there that a line goes on. */
    if (cursor->col + 1 >= k->cols)
        stock_doubt(k);
    int y = cursor->row, at = cursor->col;
    for (int x = k->cols - 1; x > at; x--) {
        struct stock_cell *c = begin_cell(k, displayed, y, x, now_ms);
        if (x == k->cols - 1)
            c->unknown = true;
        else
            take_over(k, c, displayed, y, x - 1);
    }
    struct stock_cell *c = begin_cell(k, displayed, y, at, now_ms);
    c->want = (struct stock_glyph){ 0 };
    c->want.len = (uint8_t)codepoint_encode(code, c->want.text);
    stamp(k, &cursor->place, now_ms);
    if (at < k->cols - 1) {
        cursor->col++;
    } else {
        stock_doubt(k);
        newline(k, displayed, now_ms);
    }
}

static void
backspace(struct stock *k, const struct screen *displayed, uint64_t now_ms)
{
    struct stock_cursor *cursor = need_cursor(k, displayed);
    if (cursor->col == 0)
        return;
    cursor->col--;
    stamp(k, &cursor->place, now_ms);
    for (int x = cursor->col; x < k->cols; x++) {
        struct stock_cell *c = begin_cell(k, displayed, cursor->row, x, now_ms);
        if (x + 2 < k->cols)
            take_over(k, c, displayed, cursor->row, x + 1);
        else
            c->unknown = true;
    }
}

static void
arrow(struct stock *k, int step, const struct screen *displayed, uint64_t now_ms)
{
    struct stock_cursor *cursor = need_cursor(k, displayed);
    int col = cursor->col + step;
    if (col < 0 || col >= k->cols)
        return;
    cursor->col = col;
    stamp(k, &cursor->place, now_ms);
}

static void
on_code_point(struct stock *k, uint32_t code, const struct screen *displayed, uint64_t now_ms)
{
    if (code == DEL) {
        backspace(k, displayed, now_ms);
    } else if (code == CR) {
        stock_doubt(k);
        newline(k, displayed, now_ms);
    } else if (code >= SPACE && width_of(code) == 1) {
        insert(k, code, displayed, now_ms);
    } else {
        stock_doubt(k);
    }
}

static void
on_sequence_byte(struct stock *k, uint8_t byte, const struct screen *displayed, uint64_t now_ms)
{
    if (k->parsing == STOCK_ESCAPE) {
        bool is_csi = byte == '[' || byte == 'O';
        k->parsing = is_csi ? STOCK_CSI : STOCK_GROUND;
        if (!is_csi)
            stock_doubt(k);
    } else if (byte >= '@' && byte <= '~') {
        k->parsing = STOCK_GROUND;
        if (byte == 'C' || byte == 'D')
            arrow(k, byte == 'C' ? 1 : -1, displayed, now_ms);
        else
            stock_doubt(k);
    }
}

void
stock_type(struct stock *k, struct view bytes, const struct screen *displayed,
           const struct predict_sync *sync, uint64_t now_ms)
{
    k->sync.sent = sync->sent;
    if (bytes.len >= PASTE_MIN_BYTES) {
        stock_wipe(k);
        return;
    }
    for (size_t i = 0; i < bytes.len; i++) {
        stock_cull(k, displayed, now_ms);
        uint32_t codes[2];
        if (bytes.data[i] == ESC) {
            k->parsing = STOCK_ESCAPE;
        } else if (k->parsing != STOCK_GROUND) {
            on_sequence_byte(k, bytes.data[i], displayed, now_ms);
        } else {
            int count = utf8_push(&k->utf8, bytes.data[i], codes);
            for (int c = 0; c < count; c++)
                on_code_point(k, codes[c], displayed, now_ms);
        }
    }
}

void
stock_note_sync(struct stock *k, const struct predict_sync *sync)
{
    k->sync = *sync;
}

static bool
is_tentative(const struct stock *k, const struct stock_place *place)
{
    return !place->active || place->epoch > k->confirmed_epoch;
}

static void
paint_row(struct stock *k, struct screen *out, int y)
{
    for (int x = 0; x < k->cols; x++) {
        const struct stock_cell *c = stock_cell(k, y, x);
        struct stock_glyph seen = stock_glyph_of(out, y, x);
        if (is_tentative(k, &c->place) || c->unknown || stock_glyphs_match(&c->want, &seen))
            continue;
        struct style style = { 0 };
        row_set(screen_row_mut(out, y), x, view_of(c->want.text, c->want.len), CELL_NARROW, &style);
    }
}

struct screen *
stock_overlay(struct stock *k, struct screen *s, uint64_t now_ms)
{
    stock_cull(k, s, now_ms);
    bool shows = k->display == PREDICT_ALWAYS || k->slow_link || k->glitch > 0;
    if (!shows || !stock_is_active(k))
        return screen_ref(s);
    struct screen *out = screen_copy(s);
    for (int i = 0; i < k->cursors; i++) {
        if (is_tentative(k, &k->cursor[i].place))
            continue;
        out->cursor_row = k->cursor[i].row;
        out->cursor_col = k->cursor[i].col;
    }
    for (int y = 0; y < k->rows; y++) {
        if (k->row_is_active[y])
            paint_row(k, out, y);
    }
    return out;
}
