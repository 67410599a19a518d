#include "predict_fixture.h"

/* vim, with its first line on the screen. */
static void
start_vim(struct fixture *f, const char *line)
{
    start(f, PREDICT_ALWAYS, 250);
    f->hints = usual_tty(false, false);
    f->server->modes.alternate = true;
    print(f, line);
    for (int y = 1; y < ROWS - 1; y++) {
        print(f, "\r\n");
        print(f, "~");
    }
    f->server->cursor_row = 0;
    f->server->cursor_col = 0;
    answer(f);
}

static void
test_text_behind_the_key_that_inserts(void **state)
{
    (void)state;
    struct fixture f;
    start_vim(&f, "one");
    type(&f, "A");
    type(&f, " two");
    expect_row(&f, 0, "one two");
    expect_cursor(&f, 0, 7);
    /* The mode is shown, then the text; Escape and another line follow. */
    f.server->cursor_col = 3;
    print(&f, " two");
    f.server->cursor_row = ROWS - 1;
    f.server->cursor_col = 0;
    print(&f, "-- INSERT --");
    f.server->cursor_row = 0;
    f.server->cursor_col = 7;
    answer(&f);
    assert_int_equal(predictor_stats(f.p)->refuted, 0);
    type(&f, "\x1b");
    wait(&f, 100);
    type(&f, "o");
    type(&f, "three");
    expect_row(&f, 1, "three");
    expect_cursor(&f, 1, 5);
    stop(&f);
}

static void
test_other_keys_of_normal_mode_are_held(void **state)
{
    (void)state;
    struct fixture f;
    start_vim(&f, "one");
    type(&f, "xp");
    type(&f, "i");
    type(&f, "text");
    expect_row(&f, 0, "one");
    expect_cursor(&f, 0, 0);
    stop(&f);
}

/* Home goes to the start of the row, but where the text may begin in the row above. */
static void
test_where_a_text_begins(void **state)
{
    (void)state;
    struct fixture f;
    start_vim(&f, "one");
    print(&f, "\r\n\n\n\n\n-- INSERT --");
    f.server->cursor_row = 0;
    f.server->cursor_col = 3;
    answer(&f);
    type(&f, "\x1b[H");
    type(&f, "x");
    expect_row(&f, 0, "xone");
    expect_cursor(&f, 0, 1);
    stop(&f);

    start_vim(&f, "one");
    print(&f, "123456789012345678901234567890123456789\r\n\n\n\n\n-- INSERT --");
    row_set(screen_row_mut(f.server, 0), COLS - 1, view_of_text("0"), CELL_NARROW, &f.server->pen);
    f.server->cursor_row = 1;
    f.server->cursor_col = 1;
    answer(&f);
    type(&f, "\x1b[H");
    expect_cursor(&f, 1, 1);
    stop(&f);
}

static void
test_a_suggestion_is_no_text(void **state)
{
    (void)state;
    struct fixture f;
    const struct style dim = { .fg = color_palette(8) };
    start_proved(&f, PREDICT_ALWAYS, 250);
    for (int x = 0; x < 3; x++)
        row_set(screen_row_mut(f.server, 0), 3 + x, view_of("bcd" + x, 1), CELL_NARROW, &dim);
    answer(&f);
    type(&f, "x");
    /* The rest of the line is not pushed. */
    expect(&f, "$ axcd");
    stop(&f);
}

/* What is typed into a search changes the row as only the shell knows. */
static void
test_a_search_is_no_line(void **state)
{
    (void)state;
    struct fixture f;
    start_proved(&f, PREDICT_ALWAYS, 250);
    f.hints = usual_tty(false, false);
    answer(&f);
    type(&f, "\x12");
    print(&f, "\r(reverse-i-search)`': a\b\b\b\b");
    answer(&f);
    type(&f, "x");
    expect(&f, "(reverse-i-search)`': a");
    stop(&f);
}

/* vim shows its mode, with the cursor at the start of its text. */
static void
put_mode(struct fixture *f, const char *mode)
{
    f->server->cursor_row = ROWS - 1;
    print(f, "\r");
    print(f, mode);
    f->server->cursor_row = f->server->cursor_col = 0;
    answer(f);
}

/* A server that does not tell of the alternate screen: the picture does, and a shell below it ends that. */
static void
test_an_editor_of_a_silent_server(void **state)
{
    (void)state;
    struct fixture f;
    start_vim(&f, "one");
    f.hints = (struct hints){ 0 };
    f.server->modes.alternate = false;
    answer(&f);
    type(&f, "A");
    type(&f, " two");
    expect_row(&f, 0, "one two");
    stop(&f);

    /* Once it has inserted it needs no marks, until a shell is back in the last row. */
    start_vim(&f, "one");
    f.hints = (struct hints){ 0 };
    f.server->modes.alternate = false;
    for (int y = 1; y < ROWS - 1; y++)
        row_set(screen_row_mut(f.server, y), 0, view_of("m", 1), CELL_NARROW, &f.server->pen);
    put_mode(&f, "-- INSERT --");
    put_mode(&f, "            ");
    type(&f, "A");
    type(&f, " two");
    expect_row(&f, 0, "one two");
    f.server->cursor_row = ROWS - 1;
    print(&f, "\r$ ");
    answer(&f);
    type(&f, "A");
    expect_row(&f, ROWS - 1, "$");
    f.server->cursor_row = 0;
    f.server->cursor_col = 0;
    answer(&f);
    type(&f, "A");
    type(&f, " two");
    expect_row(&f, 0, "one");
    stop(&f);
}

/* What a chat client leaves above a shell does not make a field of its line. */
static void
test_a_shell_below_what_was_left(void **state)
{
    (void)state;
    const struct style bar = { .attrs = STYLE_INVERSE };
    struct fixture f;
    start(&f, PREDICT_ALWAYS, 250);
    for (int x = 0; x < COLS; x++)
        row_set(screen_row_mut(f.server, ROWS - 2), x, view_of(" ", 1), CELL_NARROW, &bar);
    print(&f, "\n\n\n\n\n$ ");
    answer(&f);
    for (int i = 0; i < 4; i++) {
        type(&f, "a");
        print(&f, "a");
        answer(&f);
    }
    type(&f, "\r");
    expect_row(&f, ROWS - 2, "$ aaaa");
    expect_cursor(&f, ROWS - 1, 0);
    stop(&f);
}

/* irssi with its prompt, and the last row shows `text` behind it. */
static void
show_irssi(struct fixture *f, const char *text)
{
    static const char bar_text[] = " [12:00] [ann(+i)]";
    const struct style bar = { .bg = color_palette(4) };
    for (int x = 0; x < COLS; x++)
        row_set(screen_row_mut(f->server, ROWS - 2), x,
                view_of(x < (int)sizeof bar_text - 1 ? &bar_text[x] : " ", 1), CELL_NARROW, &bar);
    f->server->cursor_row = ROWS - 1;
    print(f, "\r                                       \r[#x] ");
    print(f, text);
    answer(f);
}

/*
 * Its field is moved along when it is full, so that the cursor is at two thirds: at the last column but
 * one, and when it has been moved at the one before that.
 */
static void
test_a_field_that_moves_along(void **state)
{
    (void)state;
    struct fixture f;
    start(&f, PREDICT_ALWAYS, 250);
    f.hints = usual_tty(false, false);
    f.server->modes.bracketed_paste = false;
    f.server->modes.alternate = true;
    show_irssi(&f, "");
    for (int i = 0; i < 5; i++) {
        type(&f, "a");
        print(&f, "a");
        answer(&f);
    }
    type(&f, "bcdefghijklmnopqrstuvwxyz012");
    expect_row(&f, ROWS - 1, "[#x] aaaaabcdefghijklmnopqrstuvwxyz012");
    expect_cursor(&f, ROWS - 1, COLS - 2);
    type(&f, "3");
    expect_row(&f, ROWS - 1, "[#x] hijklmnopqrstuvwxyz0123");
    expect_cursor(&f, ROWS - 1, 5 + (COLS - 5) * 2 / 3);
    show_irssi(&f, "hijklmnopqrstuvwxyz0123");
    assert_int_equal(predictor_stats(f.p)->refuted, 0);
    /* The line is read anew behind a key of which nothing is known. */
    type(&f, "\t");
    answer(&f);
    type(&f, "456789ABC");
    expect_row(&f, ROWS - 1, "[#x] hijklmnopqrstuvwxyz0123456789ABC");
    expect_cursor(&f, ROWS - 1, COLS - 3);
    type(&f, "D");
    expect_row(&f, ROWS - 1, "[#x] rstuvwxyz0123456789ABCD");
    /* What stands left of it is not known. */
    show_irssi(&f, "rstuvwxyz0123456789ABCD");
    type(&f, "\t");
    answer(&f);
    type(&f, "\x01");
    expect_cursor(&f, ROWS - 1, 28);
    /* An empty field begins anew. */
    type(&f, "\r");
    show_irssi(&f, "");
    type(&f, "aaaaabcdefghijklmnopqrstuvwxyz012");
    expect_cursor(&f, ROWS - 1, COLS - 2);
    stop(&f);
}

/* less, with a page on the screen, whose last row shows `prompt`. */
static void
show_less(struct fixture *f, const char *prompt)
{
    f->server->cursor_row = f->server->cursor_col = 0;
    print(f, "one\r\ntwo\r\nthree\r\nfour\r\nfive\r\n               \r");
    print(f, prompt);
    answer(f);
}

/* The pattern shows from its mark on; other keys of a pager are not known. Told of the screen or not. */
static void
test_a_pager_asks(void **state)
{
    (void)state;
    for (int is_told = 0; is_told < 2; is_told++) {
        struct fixture f;
        start(&f, PREDICT_ALWAYS, 250);
        if (is_told)
            f.hints = usual_tty(false, false);
        f.server->modes.bracketed_paste = false;
        f.server->modes.alternate = is_told;
        show_less(&f, ":");
        type(&f, "/");
        expect_row(&f, ROWS - 1, "/");
        type(&f, "ab");
        expect_row(&f, ROWS - 1, "/ab");
        expect_cursor(&f, ROWS - 1, 3);
        /* What is typed on is known to be that pattern even where it is read anew. */
        show_less(&f, "/ab");
        assert_int_equal(predictor_stats(f.p)->refuted, 0);
        type(&f, "\x0f");
        show_less(&f, "/abz");
        type(&f, "c");
        expect_row(&f, ROWS - 1, "/abzc");
        type(&f, "\r");
        show_less(&f, ":");
        type(&f, "i");
        type(&f, "/");
        expect_row(&f, ROWS - 1, ":");
        stop(&f);
    }
}

/* A pager's pattern, of which nothing is told but its mark; a shell's prompt may begin with one too. */
static void
test_a_pattern(void **state)
{
    (void)state;
    static const char *const asked[] = { "/", "/dev/sda: " };
    for (int i = 0; i < 2; i++) {
        struct fixture f;
        start(&f, PREDICT_ALWAYS, 250);
        f.server->modes.bracketed_paste = false;
        print(&f, "\n\n\n\n\n");
        print(&f, asked[i]);
        answer(&f);
        type(&f, "x");
        expect_row(&f, ROWS - 1, i == 0 ? "/x" : "/dev/sda:");
        stop(&f);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_text_behind_the_key_that_inserts),
        cmocka_unit_test(test_other_keys_of_normal_mode_are_held),
        cmocka_unit_test(test_where_a_text_begins),
        cmocka_unit_test(test_a_suggestion_is_no_text),
        cmocka_unit_test(test_a_search_is_no_line),
        cmocka_unit_test(test_an_editor_of_a_silent_server),
        cmocka_unit_test(test_a_shell_below_what_was_left),
        cmocka_unit_test(test_a_field_that_moves_along),
        cmocka_unit_test(test_a_pager_asks),
        cmocka_unit_test(test_a_pattern),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
