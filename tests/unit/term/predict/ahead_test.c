#include "predict_fixture.h"

/* A shell at the bottom row, whose prompt has come back once. */
static void
start_shell(struct fixture *f, const char *prompt)
{
    start(f, PREDICT_ALWAYS, 250);
    f->hints = usual_tty(false, false);
    print(f, "\n\n\n\n\n");
    print(f, prompt);
    answer(f);
    for (int i = 0; i < 4; i++) {
        type(f, "a");
        print(f, "a");
        answer(f);
    }
    type(f, "\r");
    print(f, "\r\nout\r\n");
    print(f, prompt);
    answer(f);
}

/* Type a line that is echoed, and Enter, which is not answered yet; then more. */
static void
type_ahead(struct fixture *f, const char *line, const char *more)
{
    for (const char *at = line; *at != '\0'; at++) {
        const char key[] = { *at, '\0' };
        type(f, key);
        print(f, key);
        answer(f);
    }
    type(f, "\r");
    type(f, more);
}

static void
test_the_prompt_comes_back_at_the_bottom(void **state)
{
    (void)state;
    struct fixture f;
    start_shell(&f, "$ ");
    type_ahead(&f, "ls -l", "cd");
    expect_row(&f, ROWS - 2, "$ ls -l");
    expect_row(&f, ROWS - 1, "$ cd");
    expect_cursor(&f, ROWS - 1, 4);
    /* The answer moves what is above, and nothing here. */
    wait(&f, 500);
    print(&f, "\r\none\r\ntwo\r\n$ ");
    frame(&f, f.sync.sent - 1);
    expect_row(&f, ROWS - 2, "two");
    expect_row(&f, ROWS - 1, "$ cd");
    print(&f, "cd");
    answer(&f);
    expect_row(&f, ROWS - 1, "$ cd");
    assert_int_equal(predictor_stats(f.p)->refuted, 0);
    stop(&f);
}

static void
test_lines_may_follow_one_another(void **state)
{
    (void)state;
    struct fixture f;
    start_shell(&f, "$ ");
    type_ahead(&f, "ls", "cd x");
    type(&f, "\r");
    type(&f, "pwd");
    expect_row(&f, ROWS - 3, "$ ls");
    expect_row(&f, ROWS - 2, "$ cd x");
    expect_row(&f, ROWS - 1, "$ pwd");
    expect_cursor(&f, ROWS - 1, 5);
    stop(&f);
}

/* A line that was sent off before tells how far down the prompt will be. */
static void
test_rows_are_remembered(void **state)
{
    (void)state;
    struct fixture f;
    start(&f, PREDICT_ALWAYS, 250);
    f.hints = usual_tty(false, false);
    print(&f, "$ ");
    answer(&f);
    type_ahead(&f, "ls", "");
    print(&f, "\r\n$ ");
    answer(&f);
    type_ahead(&f, "id", "x");
    expect_row(&f, 2, ""); /* not known yet */
    print(&f, "\r\nann\r\n$ x");
    answer(&f);
    type(&f, "\x7f");
    print(&f, "\b \b");
    answer(&f);
    type_ahead(&f, "id", "y");
    expect_row(&f, 5, "$ y");
    expect_cursor(&f, 5, 3);
    stop(&f);
}

/* The screen shows the prompt again before it is sure to show all else: that is enough. */
static void
test_a_prompt_that_is_back_is_an_answer(void **state)
{
    (void)state;
    struct fixture f;
    start_shell(&f, "$ ");
    type_ahead(&f, "make", "x");
    expect_row(&f, ROWS - 1, "");
    wait(&f, 500);
    print(&f, "\r\n$ ");
    frame(&f, f.sync.echo_ack);
    expect_row(&f, ROWS - 1, "$ x");
    stop(&f);
}

/* Output comes before the prompt: what was typed ahead stays, and nothing is scrolled twice. */
static void
test_what_is_ahead_stays_while_output_comes(void **state)
{
    (void)state;
    struct fixture f;
    start_shell(&f, "$ ");
    type_ahead(&f, "ls -l", "cd");
    wait(&f, 500);
    f.server->modes.bracketed_paste = false;
    print(&f, "\r\none\r\n");
    frame(&f, f.sync.echo_ack);
    expect_row(&f, ROWS - 3, "$ ls -l");
    expect_row(&f, ROWS - 2, "one");
    expect_row(&f, ROWS - 1, "$ cd");
    type(&f, " x");
    expect_row(&f, ROWS - 1, "$ cd x");
    print(&f, "two\r\n");
    frame(&f, f.sync.echo_ack);
    expect_row(&f, ROWS - 3, "one");
    expect_row(&f, ROWS - 1, "$ cd x");
    f.server->modes.bracketed_paste = true;
    print(&f, "$ ");
    frame(&f, f.sync.echo_ack);
    expect_row(&f, ROWS - 2, "two");
    expect_row(&f, ROWS - 1, "$ cd x");
    stop(&f);
}

/* The same line twice: the row above tells that the second was answered, and it is not painted again. */
static void
test_the_same_line_again(void **state)
{
    (void)state;
    struct fixture f;
    start_shell(&f, "$ ");
    type_ahead(&f, "ls", "");
    print(&f, "\r\none\r\n$ ");
    answer(&f);
    type(&f, "l");
    type(&f, "s");
    type(&f, "\r");
    type(&f, "id");
    wait(&f, 500);
    print(&f, "ls\r\ntwo\r\n$ ");
    frame(&f, f.sync.echo_ack);
    expect_row(&f, ROWS - 4, "one");
    expect_row(&f, ROWS - 3, "$ ls");
    expect_row(&f, ROWS - 2, "two");
    expect_row(&f, ROWS - 1, "$ id");
    stop(&f);
}

/* The text of a line may stand above from another time: that is no answer. */
static void
test_an_older_line_is_no_answer(void **state)
{
    (void)state;
    struct fixture f;
    start_shell(&f, "$ ");
    type_ahead(&f, "make", "");
    print(&f, "\r\n$ ");
    answer(&f);
    type(&f, "m");
    type(&f, "ake\r");
    type(&f, "x");
    print(&f, "m"); /* the rest is on its way */
    wait(&f, 500);
    frame(&f, f.sync.echo_ack + 1);
    expect_row(&f, ROWS - 2, "$ make");
    expect_row(&f, ROWS - 1, "");
    stop(&f);
}

/* Python's prompt: what is typed behind a statement that asks nobody. */
static void
test_statements(void **state)
{
    (void)state;
    struct fixture f;
    start(&f, PREDICT_ALWAYS, 250);
    f.server->modes.bracketed_paste = false;
    f.hints = usual_tty(false, false);
    print(&f, ">>> ");
    answer(&f);
    type_ahead(&f, "x", "");
    print(&f, "\r\n>>> ");
    answer(&f);
    type_ahead(&f, "y = 1", "z");
    expect_row(&f, 2, ">>> z");
    print(&f, "\r\n>>> z");
    answer(&f);
    type_ahead(&f, " = input()", "s");
    expect_row(&f, 3, "");
    stop(&f);
}

/* A prompt that shows the directory is not the one that comes back behind cd. */
static void
test_a_prompt_that_changes(void **state)
{
    (void)state;
    struct fixture f;
    start_shell(&f, "$ ");
    type_ahead(&f, "cd a", "x");
    expect_row(&f, ROWS - 1, "$ x");
    wait(&f, 500);
    print(&f, "\r\na$ x");
    answer(&f);
    type(&f, "\x7f");
    print(&f, "\b \b");
    answer(&f);
    type_ahead(&f, "true", "");
    print(&f, "\r\na$ ");
    answer(&f);
    type_ahead(&f, "cd b", "x");
    expect_row(&f, ROWS - 1, "");
    print(&f, "\r\nb$ x");
    answer(&f);
    expect_row(&f, ROWS - 1, "b$ x");
    stop(&f);
}

/* psql's prompt: further up only the rows of some statements are known. */
static void
test_queries(void **state)
{
    (void)state;
    struct fixture f;
    start(&f, PREDICT_ALWAYS, 250);
    f.hints = usual_tty(false, false);
    print(&f, "db=> ");
    answer(&f);
    type_ahead(&f, "x", "");
    print(&f, "\r\ndb=> ");
    answer(&f);
    type_ahead(&f, "drop table x;", "s");
    expect_row(&f, 3, "db=> s");
    print(&f, "\r\nDROP TABLE\r\ndb=> s");
    answer(&f);
    type_ahead(&f, "elect 1 from x;", "secret");
    expect_row(&f, 4, "");
    stop(&f);
}

static void
expect_nothing_ahead(const char *prompt, const char *line)
{
    struct fixture f;
    start_shell(&f, prompt);
    type_ahead(&f, line, "secret");
    for (int y = 0; y < ROWS; y++) {
        struct screen *s = predictor_overlay(f.p, f.raw, f.now_ms);
        for (int x = 0; x + 2 < COLS; x++)
            assert_false(s->row[y]->cell[x].text == 's' && s->row[y]->cell[x + 1].text == 'e' &&
                         s->row[y]->cell[x + 2].text == 'c');
        screen_unref(s);
    }
    stop(&f);
}

/* A program that is not known to ask for nothing may ask for a secret. */
static void
test_nothing_is_shown_that_may_be_a_secret(void **state)
{
    (void)state;
    const char *lines[] = {
        "sudo ls", "./x", "make", "ls; ssh h", "echo $(x)", "cat", "read -s x"
    };
    for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++)
        expect_nothing_ahead("$ ", lines[i]);
    /* The command stands in a line above, or the prompt is a question. */
    expect_nothing_ahead("> ", "ls");
    expect_nothing_ahead("quote> ", "ls");
    expect_nothing_ahead("Name: ", "ls");
    expect_nothing_ahead("db=# ", "\\\\password");
    expect_nothing_ahead("db-# ", "drop table x;");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_the_prompt_comes_back_at_the_bottom),
        cmocka_unit_test(test_what_is_ahead_stays_while_output_comes),
        cmocka_unit_test(test_the_same_line_again),
        cmocka_unit_test(test_lines_may_follow_one_another),
        cmocka_unit_test(test_rows_are_remembered),
        cmocka_unit_test(test_a_prompt_that_is_back_is_an_answer),
        cmocka_unit_test(test_an_older_line_is_no_answer),
        cmocka_unit_test(test_statements),
        cmocka_unit_test(test_a_prompt_that_changes),
        cmocka_unit_test(test_queries),
        cmocka_unit_test(test_nothing_is_shown_that_may_be_a_secret),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
