#include "screen_check.h"

#include <assert.h>

#include "term/text/utf8.h"

/* A stock server's titles may hold DEL (docs/TERMINAL.md, "Titles"); the painter takes it out. */
static void
check_text(struct view text, bool may_delete)
{
    assert(utf8_is_valid(text));
    while (text.len > 0) {
        uint32_t code_point;
        text = view_from(text, utf8_next(text, &code_point));
        assert(code_point >= 0x20 &&
               (code_point < 0x7F || code_point > 0x9F || (may_delete && code_point == 0x7F)));
    }
}

static void
check_cell(const struct row *r, int x, bool repaired)
{
    uint8_t scratch[4];
    const struct cell *c = &r->cell[x];
    bool follows_wide = x > 0 && r->cell[x - 1].width == CELL_WIDE;
    bool is_right = c->width == CELL_RIGHT_HALF;
    assert(c->width <= CELL_WIDE && c->unused == 0);
    assert(!is_right || (follows_wide && c->text == 0));
    assert(!repaired || is_right == follows_wide);
    assert(!repaired || c->width != CELL_WIDE || x + 1 < r->cols);
    if (cell_has_extra(c)) {
        assert((c->text & ~CELL_EXTRA) < r->extra_count);
        assert(r->extra[c->text & ~CELL_EXTRA].len <= CELL_TEXT_MAX_BYTES);
    }
    check_text(row_text(r, x, scratch), false);
}

void
screen_check(const struct screen *s, bool repaired)
{
    assert(screen_size_is_valid(s->rows, s->cols));
    assert(0 <= s->cursor_row && s->cursor_row < s->rows);
    assert(0 <= s->cursor_col && s->cursor_col < s->cols);
    for (int y = 0; y < s->rows; y++) {
        assert(s->row[y]->refs > 0 && s->row[y]->cols == s->cols);
        for (int x = 0; x < s->cols; x++)
            check_cell(s->row[y], x, repaired);
    }
    check_text(payload_view(s->title), !repaired);
    check_text(payload_view(s->icon), !repaired);
}
