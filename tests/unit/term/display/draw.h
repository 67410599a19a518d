/* Screens drawn by hand, and bytes made readable. */
#ifndef SKUA_TESTS_UNIT_TERM_DISPLAY_DRAW_H
#define SKUA_TESTS_UNIT_TERM_DISPLAY_DRAW_H

#include "test.h"

#include "base/buf.h"
#include "term/display/paint.h"
#include "term/screen/screen.h"
#include "term/text/codepoint.h"
#include "term/text/width.h"

#define DRAW_MAX_BYTES (1 << 20)

/* Write text from (y, x) on, a code point a cell, marks joined to the cell before. */
static inline void
draw_styled(struct screen *s, int y, int x, const char *text, const struct style *style)
{
    struct view rest = view_of_text(text);
    struct row *r = screen_row_mut(s, y);
    while (rest.len > 0) {
        struct view from = rest;
        uint32_t c = codepoint_first(rest, &rest);
        struct view one = view_first(from, from.len - rest.len);
        int width = width_of(c);
        if (width == 0) {
            int base = r->cell[x - 1].width == CELL_RIGHT_HALF ? x - 2 : x - 1;
            assert_true(row_append(r, base, one));
            continue;
        }
        row_set(r, x++, one, width == 2 ? CELL_WIDE : CELL_NARROW, style);
        if (width == 2) {
            r->cell[x] = cell_erased(style->bg);
            r->cell[x++].width = CELL_RIGHT_HALF;
        }
    }
}

static inline void
draw(struct screen *s, int y, int x, const char *text)
{
    const struct style plain = { .fg = COLOR_DEFAULT };
    draw_styled(s, y, x, text, &plain);
}

/* A whole cluster in one cell of the given width. */
static inline void
draw_cluster(struct screen *s, int y, int x, const char *text, int width)
{
    const struct style plain = { .fg = COLOR_DEFAULT };
    struct row *r = screen_row_mut(s, y);
    row_set(r, x, view_of_text(text), width == 2 ? CELL_WIDE : CELL_NARROW, &plain);
    if (width == 2) {
        r->cell[x + 1] = cell_erased(COLOR_DEFAULT);
        r->cell[x + 1].width = CELL_RIGHT_HALF;
    }
}

static inline void
draw_cursor(struct screen *s, int y, int x)
{
    s->cursor_row = y;
    s->cursor_col = x;
}

/* The painted bytes with ESC as \e, BEL as \a and so on; the caller frees them. */
static inline char *
draw_readable(struct view bytes)
{
    static const char controls[] = "\033e\aa\bb\nn\rr";
    char *out = calloc(bytes.len + 1, 2), *p = out;
    assert_non_null(out);
    for (size_t i = 0; i < bytes.len; i++) {
        char byte = (char)bytes.data[i];
        const char *control = NULL;
        for (size_t j = 0; j + 1 < sizeof controls && control == NULL; j += 2)
            control = controls[j] == byte ? &controls[j + 1] : NULL;
        if (control != NULL)
            *p++ = '\\';
        *p++ = control != NULL ? *control : byte;
    }
    return out;
}

/* Paint from before to after and compare with the readable form. */
static inline void
draw_expect(const struct screen *before, const struct screen *after, const struct caps *caps,
            const char *expected)
{
    struct buf out;
    buf_init(&out, DRAW_MAX_BYTES);
    paint(before, after, caps, &out);
    assert_false(out.overflow);
    char *readable = draw_readable(buf_view(&out));
    assert_string_equal(readable, expected);
    free(readable);
    buf_fini(&out);
}

#endif
