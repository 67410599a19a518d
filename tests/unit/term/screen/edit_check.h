/* What holds of every screen, whatever was done to it; and a way to write a screen down. */
#ifndef SKUA_TESTS_UNIT_TERM_SCREEN_EDIT_CHECK_H
#define SKUA_TESTS_UNIT_TERM_SCREEN_EDIT_CHECK_H

#include "test.h"

#include "base/buf.h"
#include "term/screen/edit.h"

/* Each invariant that edit.h promises. */
static inline void
edit_check(const struct edit *e)
{
    const struct screen *s = e->screen;
    assert_in_range(s->cursor_row, 0, s->rows - 1);
    assert_in_range(s->cursor_col, 0, s->cols - 1);
    assert_true(0 <= e->top && e->top <= e->bottom && e->bottom < s->rows);
    assert_true(0 <= e->left && e->left <= e->right && e->right < s->cols);
    for (int y = 0; y < s->rows; y++) {
        const struct row *r = s->row[y];
        assert_int_equal(r->cols, s->cols);
        for (int x = 0; x < s->cols; x++) {
            bool follows_wide = x > 0 && r->cell[x - 1].width == CELL_WIDE;
            bool is_right = r->cell[x].width == CELL_RIGHT_HALF;
            assert_true(!is_right || follows_wide);
            if (e->rules->repairs_halves) {
                assert_int_equal(is_right, follows_wide);
                assert_false(r->cell[x].width == CELL_WIDE && x == s->cols - 1);
            }
            assert_true(!is_right || r->cell[x].text == 0);
        }
    }
}

/* Rows joined by '/': '.' empty, '#' empty with a background, '>' right half, '+' wrapped. */
static inline void
edit_expect(const struct edit *e, const char *expected)
{
    const struct screen *s = e->screen;
    struct buf out;
    buf_init(&out, 1 << 20);
    for (int y = 0; y < s->rows; y++) {
        const struct row *r = s->row[y];
        buf_put_text(&out, y > 0 ? "/" : "");
        for (int x = 0; x < s->cols; x++) {
            uint8_t scratch[4];
            if (r->cell[x].width == CELL_RIGHT_HALF)
                buf_put_text(&out, ">");
            else if (cell_is_empty(&r->cell[x]))
                buf_put_text(&out, r->cell[x].bg == COLOR_DEFAULT ? "." : "#");
            else
                buf_put(&out, row_text(r, x, scratch));
        }
        buf_put_text(&out, r->wrapped ? "+" : "");
    }
    buf_put_u8(&out, 0);
    assert_string_equal((const char *)out.data, expected);
    buf_fini(&out);
    edit_check(e);
}

#endif
