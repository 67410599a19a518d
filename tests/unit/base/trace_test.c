#include "test.h"

#include "base/trace.h"

static void
keep(void *context, const char *line)
{
    snprintf(context, 300, "%s", line);
}

static void
test_formats_only_for_a_listener(void **state)
{
    (void)state;
    trace_linef(NULL, "nobody %d", 1);
    struct trace silent = { 0 };
    trace_linef(&silent, "nobody %d", 1);
    char line[300] = "";
    struct trace t = { .line = keep, .context = line };
    trace_linef(&t, "sent %d", 7);
    assert_string_equal(line, "sent 7");
    char many[400];
    memset(many, 'x', sizeof many - 1);
    many[399] = '\0';
    trace_linef(&t, "%s", many);
    assert_int_equal(strlen(line), 255);
}

int
main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(test_formats_only_for_a_listener) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
