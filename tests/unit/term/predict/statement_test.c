#include "test.h"

#include "term/predict/statement.h"

static void
test_lines_that_ask_nobody(void **state)
{
    (void)state;
    const char *lines[] = { "",
                            "x = 3",
                            "d['a'] += 2",
                            "print(x, 'a (b)')",
                            "len(a)",
                            "(1 + 2) * 3",
                            "[n for n in range(3)]",
                            "'a b'.split()",
                            "math.sqrt(x)",
                            "{'a': (1, 2)}" };
    for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++) {
        if (!statement_is_brief(view_of_text(lines[i])))
            fail_msg("%s", lines[i]);
    }
}

static void
test_lines_that_may(void **state)
{
    (void)state;
    const char *lines[] = { "getpass()",
                            "x = getpass.getpass()",
                            "input('Password: ')",
                            "print(input())",
                            "f (x)",
                            "a[0](x)",
                            "f()(x)",
                            "print(x",
                            "'a",
                            "if x:",
                            "for x in y: f",
                            "import setup",
                            "from a import b",
                            "x = [",
                            "x = 1; f()",
                            "@f",
                            "x \\",
                            "lambda: f()",
                            "__import__('x')",
                            "'\\'' + f()",
                            "exec('x')" };
    for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++) {
        if (statement_is_brief(view_of_text(lines[i])))
            fail_msg("%s", lines[i]);
    }
}

static void
test_rows(void **state)
{
    (void)state;
    assert_int_equal(statement_rows(view_of_text("")), 0);
    assert_int_equal(statement_rows(view_of_text("x = 3")), 0);
    assert_int_equal(statement_rows(view_of_text("d['a'] += 2")), 0);
    assert_int_equal(statement_rows(view_of_text("x.append(len(y))")), 0);
    assert_int_equal(statement_rows(view_of_text("x")), 1);
    assert_int_equal(statement_rows(view_of_text("sorted(x)[-1]")), 1);
    assert_int_equal(statement_rows(view_of_text("print('a', (1 + 2))")), 1);
    assert_int_equal(statement_rows(view_of_text("x == 3")), -1);
    assert_int_equal(statement_rows(view_of_text("print(x, end='')")), -1);
    assert_int_equal(statement_rows(view_of_text("'x = 3'")), -1);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_lines_that_ask_nobody),
        cmocka_unit_test(test_lines_that_may),
        cmocka_unit_test(test_rows),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
