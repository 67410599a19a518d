#include "screen_text.h"

#include "term/predict/full_screen.h"

enum { ROWS = 8, COLS = 24 };

static const struct hints untold = { 0 };
static const struct hints told = { .known = true };

static void
put_bar(struct screen *s, int y, const char *text)
{
    const struct style bar = { .attrs = STYLE_INVERSE };
    size_t len = strlen(text);
    for (int x = 0; x < COLS; x++)
        row_set(screen_row_mut(s, y), x, view_of((size_t)x < len ? &text[x] : " ", 1), CELL_NARROW,
                &bar);
}

/* A shell's screen, with the cursor behind the prompt in row y. */
static struct screen *
shell(int y)
{
    struct screen *s = screen_new(ROWS, COLS);
    put_text(s, 0, 0, "one");
    put_text(s, y, 0, "$ ");
    return s;
}

static void
test_a_server_of_ours_tells(void **state)
{
    (void)state;
    struct screen *s = shell(3);
    put_bar(s, ROWS - 1, "0:sh");
    assert_true(full_screen_is(s, &untold));
    assert_false(full_screen_is(s, &told));
    s->modes.alternate = true;
    assert_true(full_screen_is(s, &told));
    screen_unref(s);
}

static void
test_pictures(void **state)
{
    (void)state;
    struct screen *s = shell(3);
    assert_false(full_screen_is(s, &untold));
    screen_unref(s);

    /* A list of windows below, or a title above. */
    for (int y = 0; y < ROWS; y += ROWS - 1) {
        s = shell(3);
        put_bar(s, y, "0:sh");
        assert_true(full_screen_is(s, &untold));
        screen_unref(s);
    }

    /* A line typed in a row with a colour is none. */
    s = shell(ROWS - 1);
    put_bar(s, ROWS - 1, "(END)");
    assert_false(full_screen_is(s, &untold));
    screen_unref(s);

    /* A chat client: a bar above the line that is typed. */
    s = shell(ROWS - 1);
    put_bar(s, ROWS - 2, " [12:00] [ann]");
    assert_true(full_screen_is(s, &untold));
    assert_true(full_screen_shows_irssi(s));
    put_bar(s, ROWS - 2, " [ann] [12:00]");
    assert_false(full_screen_shows_irssi(s));
    screen_unref(s);

    /* nano's help. */
    s = shell(2);
    put_text(s, ROWS - 2, 0, "^G Help  ^O Write");
    put_text(s, ROWS - 1, 0, "^X Exit  ^R Read");
    s->cursor_row = 2;
    assert_true(full_screen_is(s, &untold));
    assert_true(full_screen_shows_help(s));
    screen_unref(s);
}

static void
test_bars(void **state)
{
    (void)state;
    const struct style bar = { .attrs = STYLE_INVERSE };
    struct row *r = row_new(3, COLOR_DEFAULT);
    assert_false(full_screen_is_bar(r));
    row_set(r, 0, view_of_text("a"), CELL_NARROW, &bar);
    assert_false(full_screen_is_bar(r));
    row_set(r, 2, view_of_text("b"), CELL_NARROW, &bar);
    assert_true(full_screen_is_bar(r));
    row_unref(r);
}

/* A pager's prompt below a page: a colon alone, or in inverse; nothing behind it. */
static void
test_pagers(void **state)
{
    (void)state;
    static const char *const rows[] = { ":", "(END)", ":x", "one" };
    for (int i = 0; i < 4; i++) {
        for (int is_full = 0; is_full < 2; is_full++) {
            struct screen *s = screen_new(ROWS, COLS);
            const struct style inverse = { .attrs = STYLE_INVERSE };
            int len = (int)strlen(rows[i]);
            put_text(s, 0, 0, "one");
            put_text(s, ROWS - 2, 0, is_full ? "two" : "");
            put_text(s, ROWS - 1, 0, rows[i]);
            for (int x = 0; i == 1 && x < len; x++)
                row_set(screen_row_mut(s, ROWS - 1), x, view_of(&rows[i][x], 1), CELL_NARROW,
                        &inverse);
            assert_int_equal(full_screen_shows_pager(s), is_full && i < 2);
            s->modes.bracketed_paste = true;
            assert_false(full_screen_shows_pager(s));
            s->modes.bracketed_paste = false;
            put_text(s, ROWS - 1, COLS - 1, "x");
            s->cursor_col = len;
            assert_false(full_screen_shows_pager(s));
            screen_unref(s);
        }
    }
}

/* vi marks what is no text; when it has left, a shell stands below those marks. */
static void
test_rows_below_the_text(void **state)
{
    (void)state;
    struct screen *s = screen_new(ROWS, COLS);
    put_text(s, 0, 0, "one");
    for (int y = 1; y < ROWS - 1; y++)
        put_text(s, y, 0, "~");
    s->cursor_row = s->cursor_col = 0;
    assert_true(full_screen_is(s, &untold));
    put_text(s, ROWS - 1, 0, ":wq");
    assert_true(full_screen_is(s, &untold));
    put_text(s, ROWS - 1, 0, "$ l");
    assert_false(full_screen_is(s, &untold));
    put_text(s, ROWS - 1, 0, "-- INSERT --");
    assert_true(full_screen_is(s, &untold));
    assert_int_not_equal(full_screen_mode(s), 0);
    screen_unref(s);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_server_of_ours_tells),
        cmocka_unit_test(test_pictures),
        cmocka_unit_test(test_bars),
        cmocka_unit_test(test_pagers),
        cmocka_unit_test(test_rows_below_the_text),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
