#include "screen_text.h"

#include "term/predict/command.h"
#include "term/predict/line_source.h"

static void
expect(const char *text, enum command_kind want)
{
    if (command_kind_of(view_of_text(text)) != want)
        fail_msg("\"%s\" is of kind %d", text, command_kind_of(view_of_text(text)));
}

static void
test_programs_that_ask(void **state)
{
    (void)state;
    const char *lines[] = {
        "sudo ls",         "/usr/bin/sudo -i", "LANG=C sudo x",
        "ls; ssh host",    "ls && scp a b:",   "ls|sudo tee x",
        "echo $(sudo id)", "echo `sudo id`",   "\\su",
        "'sudo' id",       "time sudo make",   "read -s x",
        "./login",         "env X=1 ssh host", "for h in a b; do ssh $h; done"
    };
    for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++)
        expect(lines[i], COMMAND_ASKS);
}

static void
test_programs_that_do_not(void **state)
{
    (void)state;
    const char *lines[] = { "",
                            "ls -l",
                            "cd src",
                            "  echo one two > list",
                            "grep -n main *.c | sort | head",
                            "true && echo yes || echo no",
                            "A=1 ls",
                            "git status",
                            "for i in 1 2 3; do echo $i; done",
                            "if test -f x; then cat x; fi",
                            "(cd x; ls)",
                            "env | grep HOME",
                            "env A=1 ls",
                            "find . -name x",
                            "sleep 1 &" };
    for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++)
        expect(lines[i], COMMAND_HARMLESS);
}

static void
test_others_are_not_known(void **state)
{
    (void)state;
    const char *lines[] = { "./setup",     "make",        "ls; ./x",        "echo $(x)",
                            "python3",     "git push",    "git commit",     "git",
                            "xls",         "/bin/lsx",    "ls | xargs x",   "cat <(x)",
                            "echo 'a; b'", ". ./profile", "\"ls\"",         "./ls",
                            "/tmp/ls",     "env x",       "find -exec x ;", "find . -ok rm {} +" };
    for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++)
        expect(lines[i], COMMAND_UNKNOWN);
}

static void
test_lines_that_give_the_shell_back(void **state)
{
    (void)state;
    const char *brief[] = { "",
                            "ls -l",
                            "cat notes",
                            "ls | wc",
                            "echo 'a b'",
                            "true && echo yes",
                            "for i in 1 2; do echo $i; done",
                            "head -n 2 x",
                            "A=1",
                            "echo it\\'s",
                            "printf '%s\\n' a b",
                            "printf x | wc",
                            "echo a | tr a b",
                            "env | wc",
                            "git status" };
    const char *others[] = { "sudo ls",
                             "make",
                             "cat",
                             "cat -",
                             "sleep 5",
                             "clear",
                             "echo -n x",
                             "printf x",
                             "tail -f x",
                             "ls |",
                             "ls \\",
                             "echo 'a",
                             "echo \"a",
                             "for i in 1",
                             "cat << E",
                             "ls && wc",
                             "wc | ls",
                             "(ls",
                             "ls &",
                             "if true",
                             "sort; ls",
                             "tr -d x < y",
                             "printf x; ls",
                             "printf 'a b\\n'",
                             "git log",
                             "git diff x",
                             "git show",
                             "git branch",
                             "cd x && git blame y" };
    for (size_t i = 0; i < sizeof brief / sizeof brief[0]; i++) {
        if (!command_is_brief(view_of_text(brief[i])))
            fail_msg("\"%s\" is not brief", brief[i]);
    }
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++) {
        if (command_is_brief(view_of_text(others[i])))
            fail_msg("\"%s\" is brief", others[i]);
    }
}

static void
test_chat(void **state)
{
    (void)state;
    const char *said[] = { "", "hello /oper", "/me waves", "/echo a", "/msg ann hi" };
    const char *others[] = { "/oper", "/oper ann", "/win 2", "/mes x", "/", "/exec sudo id" };
    for (size_t i = 0; i < sizeof said / sizeof said[0]; i++)
        assert_true(command_is_chat(view_of_text(said[i])));
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++)
        assert_false(command_is_chat(view_of_text(others[i])));
}

static void
test_rows(void **state)
{
    (void)state;
    const struct {
        const char *text;
        int rows;
    } lines[] = {
        { "echo one two", 1 }, { "echo 'a  b'", 1 }, { "date -u +%Y", 1 },
        { "/bin/pwd", 1 },     { "wc -l x", 1 },     { "mkdir -p a b", 0 },
        { "rm x", 0 },         { "", -1 },           { "head -n 3 x", 3 },
        { "tail -2 x", 2 },    { "head x", -1 },     { "tail -n 12 x", -1 },
        { "cd x", 0 },         { "ls", -1 },         { "wc x y", -1 },
        { "echo $HOME", -1 },  { "echo *", -1 },     { "echo a > x", -1 },
        { "echo a; pwd", -1 }, { "echo `x`", -1 },   { "echo a | tac", -1 },
        { "echo {1..9}", -1 }, { "cat x", -1 },      { "echo !x", -1 },
    };
    for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++) {
        if (command_rows(view_of_text(lines[i].text)) != lines[i].rows)
            fail_msg("%s: %d", lines[i].text, command_rows(view_of_text(lines[i].text)));
    }
}

static void
test_the_text_of_a_line(void **state)
{
    (void)state;
    struct screen *s = screen_new(3, 12);
    put_text(s, 0, 0, "$ echo abcde");
    put_text(s, 1, 0, "; sudo id");
    s->cursor_row = 1;
    s->cursor_col = 9;
    const struct line_source source = { .col = 2, .start_is_known = true, .wraps = true, .gap = 2 };
    struct line l;
    assert_true(line_source_read(&l, s, &source));
    assert_int_equal(command_kind_of_line(&l), COMMAND_ASKS);
    uint8_t bytes[COMMAND_MAX_BYTES];
    struct view text;
    assert_true(command_text(&l, bytes, &text));
    assert_true(view_equal(text, view_of_text("echo abcde; sudo id")));
    uint32_t hash = command_hash(text);
    assert_int_not_equal(command_hash(view_of_text("echo abcde; sudo i")), hash);
    assert_int_equal(command_hash(view_of_text("")), 0);
    line_fini(&l);
    screen_unref(s);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_programs_that_ask),
        cmocka_unit_test(test_programs_that_do_not),
        cmocka_unit_test(test_others_are_not_known),
        cmocka_unit_test(test_lines_that_give_the_shell_back),
        cmocka_unit_test(test_chat),
        cmocka_unit_test(test_rows),
        cmocka_unit_test(test_the_text_of_a_line),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
