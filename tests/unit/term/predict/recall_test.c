#include "predict_fixture.h"

#define UP   "\033[A"
#define DOWN "\033[B"

/* A key that the program echoes so, and the answer. */
static void
key(struct fixture *f, const char *typed, const char *echo)
{
    type(f, typed);
    wait(f, 500);
    print(f, echo);
    answer(f);
}

static void
keys(struct fixture *f, const char *text)
{
    for (; *text != '\0'; text++) {
        const char one[] = { *text, '\0' };
        key(f, one, one);
    }
}

/* A shell at whose prompt these lines were sent, each of which printed a row; NULL ends them. */
static void
start_shell(struct fixture *f, const char *const *lines)
{
    start(f, PREDICT_ALWAYS, 250);
    f->hints = usual_tty(false, false);
    print(f, "me@box:~$ ");
    answer(f);
    for (; *lines != NULL; lines++) {
        keys(f, *lines);
        key(f, "\r", "\r\nout\r\nme@box:~$ ");
    }
}

static const char *const two[] = { "make", "git log", NULL };

static void
test_up_and_down(void **state)
{
    (void)state;
    struct fixture f;
    start_shell(&f, two);
    type(&f, UP);
    expect(&f, "me@box:~$ git log");
    expect_cursor(&f, 4, 17);
    type(&f, UP);
    expect(&f, "me@box:~$ make");
    type(&f, DOWN);
    expect(&f, "me@box:~$ git log");
    type(&f, DOWN);
    expect(&f, "me@box:~$");
    /* There is nothing below, and above only what the shell knows. */
    type(&f, DOWN);
    type(&f, "x");
    expect(&f, "me@box:~$");
    stop(&f);
}

static void
test_what_is_brought_back_is_edited(void **state)
{
    (void)state;
    struct fixture f;
    start_shell(&f, two);
    type(&f, UP);
    type(&f, "\x7f\x7f\x7f");
    type(&f, "diff");
    expect(&f, "me@box:~$ git diff");
    /* What Up does to a line that was edited is the shell's affair. */
    type(&f, UP);
    type(&f, "x");
    expect(&f, "me@box:~$ git diff");
    wait(&f, 500);
    print(&f, "git diff");
    frame(&f, f.sync.sent - 2);
    assert_int_equal(predictor_stats(f.p)->refuted, 0);
    stop(&f);
}

/* Typed ahead: the line whose Enter is not answered yet is the newest. */
static void
test_a_line_on_its_way_counts(void **state)
{
    (void)state;
    struct fixture f;
    start_shell(&f, two);
    keys(&f, "ls");
    type(&f, "\r");
    type(&f, UP);
    type(&f, UP);
    expect_row(&f, ROWS - 1, "me@box:~$ git log");
    stop(&f);
}

/* The answer to Enter comes with the line that Up has brought back already: it is not brought back twice. */
static void
test_a_screen_ahead_is_not_counted_twice(void **state)
{
    (void)state;
    struct fixture f;
    start_shell(&f, two);
    keys(&f, "ls");
    type(&f, "\r");
    type(&f, UP);
    type(&f, "\x7f");
    type(&f, "d");
    wait(&f, 500);
    print(&f, "\r\nme@box:~$ ls");
    frame(&f, f.sync.sent - 3);
    expect(&f, "me@box:~$ ld");
    expect_cursor(&f, 5, 12);
    type(&f, "x");
    expect(&f, "me@box:~$ ldx");
    stop(&f);
}

/* A line twice, a blank before it: some shells keep those, and some do not. */
static void
test_where_shells_differ(void **state)
{
    (void)state;
    struct fixture f;
    static const char *const twice[] = { "ls", "make", "make", NULL };
    static const char *const blank[] = { "ls", " make", NULL };
    start_shell(&f, twice);
    type(&f, UP);
    expect(&f, "me@box:~$ make");
    type(&f, UP);
    expect(&f, "me@box:~$ make");
    type(&f, "x");
    expect(&f, "me@box:~$ make");
    stop(&f);
    start_shell(&f, blank);
    type(&f, UP);
    type(&f, "x");
    expect(&f, "me@box:~$");
    stop(&f);
}

/* Lines that we did not see being sent have come in between: nothing of it is known any more. */
static void
test_one_mistake_ends_it(void **state)
{
    (void)state;
    struct fixture f;
    start_shell(&f, two);
    type(&f, UP);
    wait(&f, 500);
    print(&f, "git log");
    answer(&f);
    key(&f, "\x15", "\b\b\b\b\b\b\b       \b\b\b\b\b\b\b");
    keys(&f, "a");
    key(&f, "\r", "\r\nout\r\nme@box:~$ ");
    type(&f, UP);
    expect(&f, "me@box:~$ a");
    wait(&f, 500);
    print(&f, "other");
    answer(&f);
    expect(&f, "me@box:~$ other");
    key(&f, "\x15", "\b\b\b\b\b     \b\b\b\b\b");
    keys(&f, "b");
    key(&f, "\x7f", "\b \b");
    type(&f, UP);
    expect(&f, "me@box:~$");
    stop(&f);
}

/* Another machine's prompt, the rest of a statement, and a secret that nobody echoed. */
static void
test_what_is_never_brought_back(void **state)
{
    (void)state;
    struct fixture f;
    start_shell(&f, two);
    keys(&f, "bash");
    key(&f, "\r", "\r\nme@other:~$ ");
    type(&f, UP);
    type(&f, "x");
    expect(&f, "me@other:~$");
    stop(&f);

    start_shell(&f, two);
    keys(&f, "for i in 1");
    key(&f, "\r", "\r\n> ");
    keys(&f, "do id; done");
    key(&f, "\r", "\r\nme@box:~$ ");
    type(&f, UP);
    type(&f, "x");
    expect(&f, "me@box:~$");
    stop(&f);

    start_shell(&f, two);
    type(&f, "h");
    type(&f, "i");
    type(&f, "\r");
    wait(&f, 500);
    print(&f, "\r\nme@box:~$ ");
    answer(&f);
    type(&f, UP);
    expect(&f, "me@box:~$");
    stop(&f);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_up_and_down),
        cmocka_unit_test(test_what_is_brought_back_is_edited),
        cmocka_unit_test(test_a_line_on_its_way_counts),
        cmocka_unit_test(test_a_screen_ahead_is_not_counted_twice),
        cmocka_unit_test(test_where_shells_differ),
        cmocka_unit_test(test_one_mistake_ends_it),
        cmocka_unit_test(test_what_is_never_brought_back),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
