#include "test.h"

#include <string.h>

#include "bootstrap/config_line.h"

static struct config_line
parse(const char *text)
{
    struct config_line line;
    const char *problem = NULL;
    assert_int_equal(config_line_parse(view_of_text(text), &line, &problem), SKUA_OK);
    return line;
}

static void
expect(const char *text, const char *keyword, const char *value)
{
    struct config_line line = parse(text);
    assert_true(config_line_is(&line, keyword));
    assert_string_equal(line.value, value);
}

static void
refuse(const char *text, const char *word)
{
    struct config_line line = { 0 };
    const char *problem = NULL;
    assert_int_equal(config_line_parse(view_of_text(text), &line, &problem), SKUA_ERR_MALFORMED);
    assert_non_null(strstr(problem, word));
    assert_int_equal(line.keyword.len, 0);
}

static void
test_forms(void **state)
{
    (void)state;
    expect("predict always", "predict", "always");
    expect("  Predict\t \talways \r", "predict", "always");
    expect("predict=always", "PREDICT", "always");
    expect("predict = always", "predict", "always");
    expect("predict =always", "predict", "always");
    expect("ssh ssh -p 2222 -o A=b", "ssh", "ssh -p 2222 -o A=b");
    expect("ssh = =x", "ssh", "=x");
    expect("ssh ssh -o \"A b\"", "ssh", "ssh -o \"A b\"");
    expect("port 60001 # the only one", "port", "60001");
    expect("ssh a#b", "ssh", "a#b");
    expect("Host a !b *.c", "host", "a !b *.c");
}

static void
test_quotes(void **state)
{
    (void)state;
    expect("ssh \"ssh -p 22\"", "ssh", "ssh -p 22");
    expect("ssh=\"a # b\" # c", "ssh", "a # b");
    expect("ssh \"a \\\"b\\\" \\\\ \\n\"", "ssh", "a \"b\" \\ \\n");
    expect("ssh \"\"", "ssh", "");
    expect("ssh \" a \"", "ssh", " a ");
}

static void
test_nothing(void **state)
{
    (void)state;
    const char *const texts[] = { "", "   ", "\t\r", "# ssh x", "  # ssh x", "#" };
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
        assert_int_equal(parse(texts[i]).keyword.len, 0);
}

static void
test_refused(void **state)
{
    (void)state;
    refuse("ssh", "no value");
    refuse("ssh   ", "no value");
    refuse("ssh =", "no value");
    refuse("ssh # x", "no value");
    refuse("= x", "'='");
    refuse("ssh \"a", "open");
    refuse("ssh \"", "open");
    refuse("ssh \"a\\\"", "open");
    refuse("ssh \"a\" b", "behind");
}

static void
test_bounds(void **state)
{
    (void)state;
    static char text[CONFIG_LINE_MAX_BYTES + 2];
    struct config_line line;
    const char *problem = NULL;

    memset(text, 'x', sizeof text - 1);
    memcpy(text, "ssh ", 4);
    struct view whole = view_of(text, CONFIG_LINE_MAX_BYTES);
    assert_int_equal(config_line_parse(whole, &line, &problem), SKUA_OK);
    assert_int_equal(strlen(line.value), CONFIG_LINE_MAX_BYTES - 4);
    whole.len++;
    assert_int_equal(config_line_parse(whole, &line, &problem), SKUA_ERR_TOO_LARGE);
    assert_int_equal(config_line_parse(view_of("# a\0b", 5), &line, &problem), SKUA_ERR_MALFORMED);
    assert_non_null(strstr(problem, "NUL"));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_forms),   cmocka_unit_test(test_quotes),
        cmocka_unit_test(test_nothing), cmocka_unit_test(test_refused),
        cmocka_unit_test(test_bounds),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
