/* Programs that are started and waited for. */
#include "test.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <unistd.h>

#include "rim/child.h"
#include "rim/clock.h"
#include "rim/signals.h"

#define LATE_MS 10000

static struct child_exit
finish(struct child *c)
{
    struct child_exit how = { .status = -1 };
    assert_true(child_wait(c, clock_now_ms() + LATE_MS, &how));
    child_free(c);
    return how;
}

static struct child *
start_shell(const char *script, int out)
{
    const char *argv[] = { "sh", "-c", script, NULL };
    static const char *const extra[] = { "SKUA_TEST=a b", "LC_ALL=C", NULL };
    struct child_plan plan = {
        .argv = argv, .in = CHILD_NULL, .out = out, .err = CHILD_INHERIT, .extra = extra
    };
    struct child *c = NULL;
    assert_int_equal(child_start(&plan, &c, NULL), SKUA_OK);
    return c;
}

static void
test_output_environment_and_status(void **state)
{
    (void)state;
    int ends[2];
    assert_int_equal(pipe2(ends, O_CLOEXEC), 0);
    struct child *c = start_shell("cat; echo \"$SKUA_TEST\"; exit 3", ends[1]);
    close(ends[1]);
    char seen[64];
    ssize_t got = read(ends[0], seen, sizeof seen);
    assert_int_equal(got, 4);
    assert_memory_equal(seen, "a b\n", 4);
    assert_int_equal(read(ends[0], seen, sizeof seen), 0); /* nobody else holds the pipe */
    close(ends[0]);
    struct child_exit how = finish(c);
    assert_int_equal(how.status, 3);
    assert_int_equal(how.signal, 0);
    assert_null(getenv("SKUA_TEST"));
}

static void
test_deadline_then_kill(void **state)
{
    (void)state;
    struct child *c = start_shell("exec sleep 100", CHILD_NULL);
    struct child_exit how;
    uint64_t deadline = clock_now_ms() + 20;
    assert_false(child_wait(c, deadline, &how));
    assert_true(clock_now_ms() >= deadline);
    child_kill(c, SIGTERM);
    how = finish(c);
    assert_int_equal(how.signal, SIGTERM);
    assert_int_equal(how.status, 128 + SIGTERM);
}

static void
test_cannot_run(void **state)
{
    (void)state;
    static const struct {
        const char *path;
        int reason;
    } cases[] = { { "/nonexistent/program", ENOENT },
                  { "no-such-program-here", ENOENT },
                  { "/etc/passwd", EACCES },
                  { "/", EACCES } };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const char *argv[] = { cases[i].path, NULL };
        struct child_plan plan = {
            .argv = argv, .in = CHILD_NULL, .out = CHILD_NULL, .err = CHILD_NULL
        };
        struct child *c = NULL;
        struct fail why;
        assert_int_equal(child_start(&plan, &c, &why), SKUA_ERR_SYSTEM);
        assert_int_equal(why.os_error, cases[i].reason);
        assert_non_null(strstr(why.text, cases[i].path));
        assert_null(c);
    }
}

static void
test_swapped_standard_descriptors(void **state)
{
    (void)state;
    int ends[2];
    assert_int_equal(pipe2(ends, O_CLOEXEC), 0);
    /* Standard error of the child is our standard output's place, and the other way round. */
    pid_t pid = fork();
    if (pid == 0) {
        dup2(ends[1], 1);
        int null = open("/dev/null", O_RDWR);
        dup2(null, 2);
        const char *argv[] = { "sh", "-c", "echo out; echo err >&2", NULL };
        struct child_plan plan = { .argv = argv, .in = 2, .out = 2, .err = 1 };
        struct child *c;
        struct child_exit how;
        _exit(child_start(&plan, &c, NULL) == SKUA_OK && child_wait(c, UINT64_MAX, &how) ? 0 : 1);
    }
    close(ends[1]);
    char seen[64];
    assert_int_equal(read(ends[0], seen, sizeof seen), 4);
    assert_memory_equal(seen, "err\n", 4);
    close(ends[0]);
}

static void
test_ignored_signals_are_not_inherited(void **state)
{
    (void)state;
    signals_ignore(SIGPIPE);
    struct child_exit how = finish(start_shell("kill -PIPE $$; exit 0", CHILD_NULL));
    assert_int_equal(how.signal, SIGPIPE);
}

static void
test_free_reaps(void **state)
{
    (void)state;
    struct child *c = start_shell("exec sleep 100", CHILD_NULL);
    pid_t pid = child_id(c);
    child_free(c);
    assert_int_equal(kill(pid, 0), -1);
    assert_int_equal(errno, ESRCH);
}

static void
test_release_lets_it_run_on(void **state)
{
    (void)state;
    int ends[2];
    assert_int_equal(pipe2(ends, O_CLOEXEC), 0);
    struct child *c = start_shell("read line; echo out", ends[1]);
    child_release(c);
    close(ends[1]);
    char seen[64];
    assert_int_equal(read(ends[0], seen, sizeof seen), 4);
    close(ends[0]);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_output_environment_and_status),
        cmocka_unit_test(test_deadline_then_kill),
        cmocka_unit_test(test_cannot_run),
        cmocka_unit_test(test_swapped_standard_descriptors),
        cmocka_unit_test(test_ignored_signals_are_not_inherited),
        cmocka_unit_test(test_free_reaps),
        cmocka_unit_test(test_release_lets_it_run_on),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
