#include "screen_text.h"

#include <limits.h>

#include "term/predict/line_source.h"
#include "term/predict/modal.h"

enum { ROWS = 8, COLS = 20 };

/* vim in normal mode: two lines, and rows that are none. */
static struct screen *
vim(void)
{
    struct screen *s = screen_new(ROWS, COLS);
    put_text(s, 0, 0, "first");
    put_text(s, 1, 0, "second");
    for (int y = 2; y < ROWS - 1; y++)
        put_text(s, y, 0, "~");
    put_text(s, ROWS - 1, 10, "1,1  All");
    s->cursor_row = s->cursor_col = 0;
    return s;
}

static void
test_the_mode_is_seen(void **state)
{
    (void)state;
    struct screen *s = vim();
    assert_int_equal(modal_of(s, false), MODAL_NORMAL);
    put_text(s, ROWS - 1, 0, "-- INSERT --");
    s->cursor_row = 0;
    assert_int_equal(modal_of(s, false), MODAL_INSERT);
    put_text(s, ROWS - 1, 0, "-- VISUAL --");
    s->cursor_row = 0;
    assert_int_equal(modal_of(s, true), MODAL_NONE);
    /* A text that goes on below the screen: only a program that has inserted is known. */
    put_text(s, ROWS - 1, 0, "               ");
    put_text(s, ROWS - 2, 0, "more");
    s->cursor_row = 0;
    assert_int_equal(modal_of(s, false), MODAL_NONE);
    assert_int_equal(modal_of(s, true), MODAL_NORMAL);
    /* A pager's cursor stands in the last row. */
    s->cursor_row = ROWS - 1;
    assert_int_equal(modal_of(s, true), MODAL_NONE);
    screen_unref(s);
}

/* What a key in normal mode does, with the cursor at column `at` of row 0. */
static enum line_effect
press(struct line *l, enum modal *mode, int at, uint32_t code)
{
    struct screen *s = vim();
    const struct line_source source = { .gap = INT_MAX, .bottom = ROWS - 1 };
    const struct key key = { .kind = code < ' ' ? KEY_CONTROL : KEY_TEXT, .code = code };
    s->cursor_col = at;
    assert_true(line_source_read(l, s, &source));
    assert_true(modal_takes(*mode, &key));
    enum line_effect effect = modal_apply(mode, &key, l, true);
    screen_unref(s);
    return effect;
}

static void
expect_press(uint32_t code, enum line_effect effect, enum modal mode, int row, int col)
{
    struct line l;
    enum modal now = MODAL_NORMAL;
    int r, c;
    assert_int_equal(press(&l, &now, 2, code), effect);
    if (effect != LINE_EFFECT_UNKNOWN) {
        assert_int_equal(now, mode);
        line_cursor(&l, &r, &c);
        assert_int_equal(r, row);
        assert_int_equal(c, col);
    }
    line_fini(&l);
}

static void
test_keys_that_begin_to_insert(void **state)
{
    (void)state;
    expect_press('i', LINE_EFFECT_NONE, MODAL_INSERT, 0, 2);
    expect_press('a', LINE_EFFECT_CHANGED, MODAL_INSERT, 0, 3);
    expect_press('A', LINE_EFFECT_CHANGED, MODAL_INSERT, 0, 5);
    expect_press('o', LINE_EFFECT_CHANGED, MODAL_INSERT, 1, 0);
    expect_press('O', LINE_EFFECT_CHANGED, MODAL_INSERT, 0, 0);
    expect_press(0x1b, LINE_EFFECT_NONE, MODAL_NORMAL, 0, 2);
    expect_press('x', LINE_EFFECT_UNKNOWN, MODAL_NORMAL, 0, 0);
    expect_press('\r', LINE_EFFECT_UNKNOWN, MODAL_NORMAL, 0, 0);
}

static void
test_commands_go_to_the_last_row(void **state)
{
    (void)state;
    expect_press(':', LINE_EFFECT_CHANGED, MODAL_NONE, ROWS - 1, 1);
    expect_press('/', LINE_EFFECT_CHANGED, MODAL_NONE, ROWS - 1, 1);
}

static void
test_escape_steps_back(void **state)
{
    (void)state;
    struct line l;
    enum modal mode = MODAL_INSERT;
    int row, col;
    const struct key text = { .kind = KEY_TEXT, .code = 'x' };
    assert_false(modal_takes(mode, &text));
    assert_int_equal(press(&l, &mode, 3, 0x1b), LINE_EFFECT_CHANGED);
    assert_int_equal(mode, MODAL_NORMAL);
    line_cursor(&l, &row, &col);
    assert_int_equal(col, 2);
    line_fini(&l);
    /* At the start of a row the text may begin in the one above. */
    mode = MODAL_INSERT;
    assert_int_equal(press(&l, &mode, 0, 0x1b), LINE_EFFECT_UNKNOWN);
    line_fini(&l);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_the_mode_is_seen),
        cmocka_unit_test(test_keys_that_begin_to_insert),
        cmocka_unit_test(test_commands_go_to_the_last_row),
        cmocka_unit_test(test_escape_steps_back),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
