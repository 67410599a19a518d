/* Lines on standard error. */
#include "test.h"

#include <fcntl.h>
#include <unistd.h>

#include "rim/log.h"

/* Standard error goes into a pipe while `write_lines` runs. */
static void
capture(void (*write_lines)(void), char *seen, size_t room)
{
    int ends[2], before = dup(2);
    assert_int_equal(pipe2(ends, O_CLOEXEC | O_NONBLOCK), 0);
    dup2(ends[1], 2);
    write_lines();
    dup2(before, 2);
    close(before);
    ssize_t got = read(ends[0], seen, room - 1);
    seen[got > 0 ? got : 0] = '\0';
    close(ends[0]);
    close(ends[1]);
}

static void
all_levels(void)
{
    log_linef(LOG_WARN, "warn %d", 1);
    log_linef(LOG_INFO, "info");
    log_linef(LOG_DEBUG, "debug");
}

static void
test_levels(void **state)
{
    (void)state;
    char seen[256];
    log_open("skua", 0);
    capture(all_levels, seen, sizeof seen);
    assert_string_equal(seen, "skua: warn 1\n");
    log_open("skua", 1);
    capture(all_levels, seen, sizeof seen);
    assert_string_equal(seen, "skua: warn 1\nskua: info\n");
    log_open(NULL, 2);
    capture(all_levels, seen, sizeof seen);
    assert_string_equal(seen, "warn 1\ninfo\ndebug\n");
}

static void
odd_lines(void)
{
    char longer[2000];
    memset(longer, 'x', sizeof longer - 1);
    longer[sizeof longer - 1] = '\0';
    log_linef(LOG_WARN, "a\033[2Jb\nc");
    log_linef(LOG_WARN, "%s", longer);
}

static void
test_one_clean_line(void **state)
{
    (void)state;
    char seen[2048];
    log_open("n", 0);
    capture(odd_lines, seen, sizeof seen);
    assert_memory_equal(seen, "n: a?[2Jb?c\nn: xxx", 18);
    assert_int_equal(strlen(seen), 12 + 512);
    assert_int_equal(seen[12 + 511], '\n');
}

static void
through_trace(void)
{
    struct trace off = log_trace(LOG_DEBUG), on = log_trace(LOG_INFO);
    trace_linef(&off, "hidden");
    trace_linef(&on, "sent %d", 7);
}

static void
test_trace(void **state)
{
    (void)state;
    char seen[256];
    log_open("skua", 1);
    struct trace off = log_trace(LOG_DEBUG);
    assert_false(trace_is_on(&off));
    capture(through_trace, seen, sizeof seen);
    assert_string_equal(seen, "skua: sent 7\n");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_levels),
        cmocka_unit_test(test_one_clean_line),
        cmocka_unit_test(test_trace),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
