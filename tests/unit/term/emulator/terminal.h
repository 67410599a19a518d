/* An emulator in a window of 10 by 4, fed with C strings: what the tests of this room start from. */
#ifndef SKUA_TESTS_UNIT_TERM_EMULATOR_TERMINAL_H
#define SKUA_TESTS_UNIT_TERM_EMULATOR_TERMINAL_H

#include "test.h"

#include "term/emulator/emulator.h"

#define TERMINAL_ROWS 4
#define TERMINAL_COLS 10

static inline struct emulator *
terminal_new(enum emulator_role role)
{
    return emulator_new(role, screen_new(TERMINAL_ROWS, TERMINAL_COLS));
}

static inline void
terminal_feed(struct emulator *e, const char *bytes)
{
    emulator_feed(e, view_of_text(bytes), 0);
}

/* The answers are exactly these; they are taken. */
static inline void
terminal_expect_reply(struct emulator *e, const char *expected)
{
    struct buf *replies = emulator_replies(e);
    assert_int_equal(replies->len, strlen(expected));
    if (replies->len > 0)
        assert_memory_equal(replies->data, expected, replies->len);
    buf_clear(replies);
}

/* Row y begins with this text and is empty behind it; an empty cell before it counts as '.'. */
static inline void
terminal_expect_row(struct emulator *e, int y, const char *expected)
{
    const struct row *r = emulator_screen(e)->row[y];
    struct buf text;
    buf_init(&text, 4096);
    for (int x = 0; x < r->cols; x++) {
        uint8_t scratch[4];
        struct view cell = row_text(r, x, scratch);
        if (cell.len == 0 && r->cell[x].width == CELL_NARROW)
            buf_put_text(&text, ".");
        buf_put(&text, cell);
    }
    while (text.len > 0 && text.data[text.len - 1] == '.')
        text.len--;
    buf_put_u8(&text, 0);
    assert_string_equal((const char *)text.data, expected);
    buf_fini(&text);
}

static inline void
terminal_expect_cursor(struct emulator *e, int row, int col)
{
    assert_int_equal(emulator_screen(e)->cursor_row, row);
    assert_int_equal(emulator_screen(e)->cursor_col, col);
}

#endif
