/* Two processes: what the waiting one reports, and how free the other is. */
#include "test.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "endpoints/server/detach.h"

/* As sshd and shells leave them open for us. */
#define LEAKED_FD 50

/* What the session's process does between detach_start() and its end. */
typedef void session_fn(struct detach *d);

struct outcome {
    int status;        /* of the process that was started */
    char output[2048]; /* both standard output and error, until the last holder closed them */
};

static void
run_detached(session_fn *session, struct outcome *out)
{
    int ends[2];
    assert_int_equal(pipe(ends), 0);
    pid_t pid = fork();
    if (pid == 0) {
        dup2(ends[1], 1);
        dup2(ends[1], 2);
        dup2(ends[1], LEAKED_FD);
        struct detach d;
        enum detach_side side;
        struct fail why = { 0 };
        if (detach_start(&d, &side, &why) != SKUA_OK)
            _exit(99);
        if (side == DETACH_SESSION) {
            session(&d);
            _exit(0);
        }
        int status = detach_wait(&d, "mosh-server", &why);
        if (status != 0)
            dprintf(2, "%s", why.text);
        _exit(status);
    }
    close(ends[1]);
    size_t len = 0;
    ssize_t got;
    while ((got = read(ends[0], out->output + len, sizeof out->output - 1 - len)) > 0)
        len += (size_t)got;
    out->output[len] = '\0';
    close(ends[0]);
    int status;
    assert_int_equal(waitpid(pid, &status, 0), pid);
    out->status = WEXITSTATUS(status);
}

static void
run_fine(struct detach *d)
{
    char directory[64];
    struct sigaction hup;
    sigaction(SIGHUP, NULL, &hup);
    bool is_free = getsid(0) != getpid() && tcgetpgrp(0) < 0 && hup.sa_handler == SIG_IGN &&
                   getcwd(directory, sizeof directory) != NULL && strcmp(directory, "/") == 0 &&
                   fcntl(LEAKED_FD, F_GETFD) == -1;
    dprintf(1, "CONNECT free=%d pid=%d\n", is_free, (int)getpid());
    detach_done(d, false);
    dprintf(1, "never seen");
    pause(); /* output ends although we live on */
}

static void
test_banner_and_freedom(void **state)
{
    (void)state;
    struct outcome o;
    run_detached(run_fine, &o);
    assert_int_equal(o.status, 0);
    int pid = 0;
    assert_int_equal(sscanf(o.output, "CONNECT free=1 pid=%d\n\nmosh-server (Skua", &pid), 1);
    char last[64];
    snprintf(last, sizeof last, "\n\n[mosh-server detached, pid = %d]\n", pid);
    const char *banner = strstr(o.output, last);
    assert_non_null(banner);
    assert_string_equal(banner, last);
    assert_int_equal(kill(pid, SIGKILL), 0); /* it is there, and ours */
    int status;
    assert_int_equal(waitpid(pid, &status, 0), pid); /* an orphan: the subreaper got it */
}

static void
keep_talking(struct detach *d)
{
    detach_done(d, true);
    dprintf(1, "still here");
}

static void
test_verbose_keeps_output(void **state)
{
    (void)state;
    struct outcome o;
    run_detached(keep_talking, &o);
    assert_int_equal(o.status, 0);
    assert_non_null(strstr(o.output, "still here"));
}

static void
fail_to_start(struct detach *d)
{
    struct fail why;
    fail_set(&why, SKUA_ERR_SYSTEM, EADDRINUSE, "bind UDP port 1");
    detach_failed(d, &why);
    if (why.text[0] != '\0' || why.code != SKUA_ERR_SYSTEM)
        dprintf(2, "would be printed twice");
}

static void
test_failure_is_reported_once(void **state)
{
    (void)state;
    struct outcome o;
    run_detached(fail_to_start, &o);
    assert_int_equal(o.status, 1);
    assert_string_equal(o.output, "bind UDP port 1: Address already in use");
}

static void
die_early(struct detach *d)
{
    (void)d;
    raise(SIGKILL);
}

static void
test_death_is_a_failure(void **state)
{
    (void)state;
    struct outcome o;
    run_detached(die_early, &o);
    assert_int_equal(o.status, 1);
    assert_non_null(strstr(o.output, "ended while it was being started"));
}

int
main(void)
{
    prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_banner_and_freedom),
        cmocka_unit_test(test_verbose_keeps_output),
        cmocka_unit_test(test_failure_is_reported_once),
        cmocka_unit_test(test_death_is_a_failure),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
