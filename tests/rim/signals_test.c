/* Signals arrive as readiness of a descriptor. */
#include "test.h"

#include <poll.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "rim/signals.h"

static bool
is_ready(const struct signals *s, int wait_ms)
{
    struct pollfd p = { .fd = signals_fd(s), .events = POLLIN };
    return poll(&p, 1, wait_ms) == 1;
}

static void
test_caught_once(void **state)
{
    (void)state;
    static const int numbers[] = { SIGUSR1, SIGWINCH };
    struct signals *s;
    assert_int_equal(signals_open(numbers, 2, &s, NULL), SKUA_OK);
    assert_false(is_ready(s, 0));
    raise(SIGUSR1);
    raise(SIGUSR1);
    assert_true(is_ready(s, 10000));
    signals_drain(s);
    assert_false(is_ready(s, 0));
    assert_true(signals_take(s, SIGUSR1));
    assert_false(signals_take(s, SIGUSR1));
    assert_false(signals_take(s, SIGWINCH));
    signals_close(s);
}

static void
test_flood_loses_no_kind(void **state)
{
    (void)state;
    static const int numbers[] = { SIGUSR1, SIGTERM };
    struct signals *s;
    assert_int_equal(signals_open(numbers, 2, &s, NULL), SKUA_OK);
    for (int i = 0; i < 100000; i++) /* more than a pipe holds */
        raise(SIGUSR1);
    raise(SIGTERM);
    signals_drain(s);
    assert_true(signals_take(s, SIGUSR1));
    assert_true(signals_take(s, SIGTERM));
    signals_close(s);
}

static void
test_dispositions_come_back(void **state)
{
    (void)state;
    static const int numbers[] = { SIGUSR2 };
    struct sigaction action = { .sa_handler = SIG_IGN }, now;
    sigaction(SIGUSR2, &action, NULL);
    struct signals *s;
    assert_int_equal(signals_open(numbers, 1, &s, NULL), SKUA_OK);
    signals_close(s);
    sigaction(SIGUSR2, NULL, &now);
    assert_ptr_equal(now.sa_handler, SIG_IGN);
}

static void
test_blocked_ones_are_unblocked(void **state)
{
    (void)state;
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGHUP);
    sigprocmask(SIG_BLOCK, &set, NULL);
    static const int numbers[] = { SIGHUP };
    struct signals *s;
    assert_int_equal(signals_open(numbers, 1, &s, NULL), SKUA_OK);
    raise(SIGHUP);
    assert_true(signals_take(s, SIGHUP));
    signals_close(s);
}

static void
test_refuses_kill(void **state)
{
    (void)state;
    static const int numbers[] = { SIGUSR1, SIGKILL };
    struct signals *s = NULL;
    struct fail why = { 0 };
    assert_int_equal(signals_open(numbers, 2, &s, &why), SKUA_ERR_SYSTEM);
    assert_null(s);
    assert_non_null(strstr(why.text, "signal 9"));
}

static void
test_defaults_for_a_child(void **state)
{
    (void)state;
    pid_t child = fork();
    if (child == 0) {
        signals_ignore(SIGPIPE);
        sigset_t all;
        sigfillset(&all);
        sigprocmask(SIG_BLOCK, &all, NULL);
        signals_default_all();
        raise(SIGPIPE);
        _exit(0);
    }
    int status = 0;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFSIGNALED(status));
    assert_int_equal(WTERMSIG(status), SIGPIPE);
}

static void
test_suspend_and_continue(void **state)
{
    (void)state;
    pid_t child = fork();
    if (child == 0) {
        setpgid(0, 0);
        signals_ignore(SIGTSTP);
        signals_suspend();
        _exit(7);
    }
    int status = 0;
    assert_int_equal(waitpid(child, &status, WUNTRACED), child);
    assert_true(WIFSTOPPED(status));
    assert_int_equal(WSTOPSIG(status), SIGTSTP);
    kill(child, SIGCONT);
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_int_equal(WEXITSTATUS(status), 7);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_caught_once),
        cmocka_unit_test(test_flood_loses_no_kind),
        cmocka_unit_test(test_dispositions_come_back),
        cmocka_unit_test(test_blocked_ones_are_unblocked),
        cmocka_unit_test(test_refuses_kill),
        cmocka_unit_test(test_defaults_for_a_child),
        cmocka_unit_test(test_suspend_and_continue),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
