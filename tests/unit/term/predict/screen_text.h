/* Screens from text, and text from screens, for the tests of the predictor's parts. */
#ifndef SKUA_TESTS_UNIT_TERM_PREDICT_SCREEN_TEXT_H
#define SKUA_TESTS_UNIT_TERM_PREDICT_SCREEN_TEXT_H

#include "test.h"

#include "term/screen/screen.h"
#include "term/text/utf8.h"
#include "term/text/codepoint.h"
#include "term/text/width.h"

/* Write text (UTF-8) into row y from column x on; the cursor goes behind it. */
static inline void
put_text(struct screen *s, int y, int x, const char *text)
{
    static const struct style plain = { 0 };
    struct view rest = view_of_text(text);
    while (rest.len > 0) {
        uint32_t code_point;
        size_t len = utf8_next(rest, &code_point);
        struct view character = view_first(rest, len);
        int width = width_of(code_point);
        struct row *r = screen_row_mut(s, y);
        rest = view_from(rest, len);
        if (width == 0) {
            assert_true(row_append(r, x - 1, character));
            continue;
        }
        row_set(r, x, character, (enum cell_width)width, &plain);
        if (width == 2)
            row_set(r, x + 1, (struct view){ 0 }, CELL_RIGHT_HALF, &plain);
        x += width;
    }
    s->cursor_row = y;
    s->cursor_col = x < s->cols ? x : s->cols - 1;
}

/* Check a row of cells, blanks at its end apart. */
static inline void
expect_cells(const struct row *r, const char *want)
{
    char text[4096];
    size_t len = 0, end = 0;
    for (int x = 0; x < r->cols; x++) {
        uint8_t scratch[4];
        struct view v = row_text(r, x, scratch);
        if (v.len == 0 && r->cell[x].width != CELL_RIGHT_HALF)
            v = view_of(" ", 1);
        assert_true(v.len < sizeof text - len);
        if (v.len > 0)
            memcpy(text + len, v.data, v.len);
        len += v.len;
        if (!(v.len == 1 && v.data[0] == ' '))
            end = len;
    }
    text[end] = '\0';
    assert_string_equal(text, want);
}

#endif
