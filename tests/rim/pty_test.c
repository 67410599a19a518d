/* A child on a pty: held, released, resized, reaped. */
#include "test.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

#include "rim/clock.h"
#include "rim/pty.h"

#define LATE_MS 10000

static const struct tty_window window = {
    .cols = 90, .rows = 30, .width_px = 900, .height_px = 600
};

/* Read until the text has been seen, the terminal is closed (then false), or it is too late. */
static bool
read_until(struct pty *p, const char *text, char *seen, size_t room)
{
    size_t len = 0;
    uint64_t deadline = clock_now_ms() + LATE_MS;
    seen[0] = '\0';
    while (strstr(seen, text) == NULL && clock_now_ms() < deadline && len < room - 1) {
        struct pollfd ready = { .fd = pty_fd(p), .events = POLLIN };
        poll(&ready, 1, LATE_MS);
        ssize_t got = pty_read(p, seen + len, room - 1 - len);
        if (got < 0)
            return false;
        len += (size_t)got;
        seen[len] = '\0';
    }
    return strstr(seen, text) != NULL;
}

static struct pty_exit
wait_for_exit(struct pty *p)
{
    struct pty_exit how = { .status = -1 };
    uint64_t deadline = clock_now_ms() + LATE_MS;
    while (!pty_reap(p, &how) && clock_now_ms() < deadline)
        poll(NULL, 0, 1); /* there is no descriptor for it here: the endpoints have SIGCHLD */
    return how;
}

static struct pty *
start(pty_child_fn *run, void *context)
{
    struct pty *p;
    assert_int_equal(pty_open(&window, &p, NULL), SKUA_OK);
    assert_int_equal(pty_fork(p, run, context, NULL), SKUA_OK);
    return p;
}

static int
say_and_exit(void *context)
{
    (void)context;
    struct winsize size;
    struct termios settings;
    ioctl(0, TIOCGWINSZ, &size);
    tcgetattr(0, &settings);
    dprintf(1, "%dx%d %dx%d utf8=%d leader=%d terminal=%s fd3=%d word=%d end", size.ws_col,
            size.ws_row, size.ws_xpixel, size.ws_ypixel, (settings.c_iflag & IUTF8) != 0,
            getsid(0) == getpid() && tcgetpgrp(0) == getpid(), ttyname(0), dup(0), pty_word());
    return 42;
}

static void
test_held_until_released(void **state)
{
    (void)state;
    struct pty *p = start(say_and_exit, NULL);
    struct pty_exit how;
    char seen[256];
    assert_true(pty_child(p) > 0);
    struct pollfd ready = { .fd = pty_fd(p), .events = POLLIN };
    assert_int_equal(poll(&ready, 1, 30), 0);
    assert_int_equal(pty_read(p, seen, sizeof seen), 0);
    assert_false(pty_reap(p, &how));

    pty_release(p, 7);
    pty_release(p, 7);
    assert_true(read_until(p, "end", seen, sizeof seen));
    char expected[256];
    snprintf(expected, sizeof expected,
             "90x30 900x600 utf8=1 leader=1 terminal=%s fd3=3 word=7 end", pty_path(p));
    assert_string_equal(seen, expected);
    how = wait_for_exit(p);
    assert_int_equal(how.status, 42);
    assert_int_equal(how.signal, 0);
    assert_true(pty_reap(p, &how)); /* stays true */
    assert_int_equal(pty_read(p, seen, sizeof seen), -1);
    pty_close(p);
}

static void
test_size_as_it_is_when_released(void **state)
{
    (void)state;
    struct pty *p = start(say_and_exit, NULL);
    struct tty_window next = { .cols = 132, .rows = 43 };
    assert_int_equal(pty_resize(p, &next, NULL), SKUA_OK);
    pty_release(p, 7);
    char seen[256];
    assert_true(read_until(p, "end", seen, sizeof seen));
    assert_non_null(strstr(seen, "132x43 900x600 "));
    pty_close(p);
}

static volatile sig_atomic_t resized;

static void
note_resize(int number)
{
    (void)number;
    resized = 1;
}

static int
wait_for_resize(void *context)
{
    (void)context;
    struct sigaction action = { .sa_handler = note_resize };
    sigset_t winch, before;
    sigemptyset(&winch);
    sigaddset(&winch, SIGWINCH);
    sigprocmask(SIG_BLOCK, &winch, &before);
    sigaction(SIGWINCH, &action, NULL);
    dprintf(1, "ready");
    while (!resized)
        sigsuspend(&before);
    struct winsize size;
    ioctl(0, TIOCGWINSZ, &size);
    dprintf(1, "%dx%d end", size.ws_col, size.ws_row);
    return 0;
}

static void
test_resize_signals_the_foreground(void **state)
{
    (void)state;
    struct pty *p = start(wait_for_resize, NULL);
    pty_release(p, 7);
    char seen[256];
    assert_true(read_until(p, "ready", seen, sizeof seen));
    struct tty_window next = { .cols = 100, .rows = 50, .width_px = 1, .height_px = 1 };
    assert_int_equal(pty_resize(p, &next, NULL), SKUA_OK);
    assert_true(read_until(p, "end", seen, sizeof seen));
    assert_non_null(strstr(seen, "100x50"));
    pty_close(p);
}

static int
echo_line(void *context)
{
    (void)context;
    struct termios settings;
    tcgetattr(0, &settings);
    settings.c_lflag &= (tcflag_t) ~(ECHO | ISIG);
    tcsetattr(0, TCSANOW, &settings);
    dprintf(1, "ready");
    char line[64];
    ssize_t got = read(0, line, sizeof line);
    dprintf(1, "got %.*s end", (int)got - 1, line);
    pause();
    return 0;
}

static void
test_input(void **state)
{
    (void)state;
    struct pty *p = start(echo_line, NULL);
    pty_release(p, 7);
    char seen[256];
    assert_true(read_until(p, "ready", seen, sizeof seen));
    assert_int_equal(pty_write(p, view_of_text("hello\n")), 6);
    assert_true(read_until(p, "end", seen, sizeof seen));
    assert_non_null(strstr(seen, "got hello"));
    kill(pty_child(p), SIGKILL);
    struct pty_exit how = wait_for_exit(p);
    assert_int_equal(how.signal, SIGKILL);
    assert_int_equal(how.status, 128 + SIGKILL);
    pty_close(p);
}

static int
never_read(void *context)
{
    (void)context;
    dprintf(1, "ready");
    pause();
    return 0;
}

static void
test_full_input_does_not_block(void **state)
{
    (void)state;
    struct pty *p = start(never_read, NULL);
    pty_release(p, 7);
    char seen[64];
    assert_true(read_until(p, "ready", seen, sizeof seen));
    char lines[1024];
    memset(lines, '\n', sizeof lines);
    ssize_t took = 1;
    for (int i = 0; i < 10000 && took > 0; i++)
        took = pty_write(p, view_of(lines, sizeof lines));
    assert_int_equal(took, 0);
    kill(pty_child(p), SIGKILL);
    wait_for_exit(p);
    pty_close(p);
}

static void
test_never_released_ends_with_us(void **state)
{
    (void)state;
    int ends[2];
    assert_int_equal(pipe(ends), 0);
    prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0); /* orphans come to us */
    pid_t server = fork();
    if (server == 0) {
        struct pty *p = start(say_and_exit, NULL);
        pid_t child = pty_child(p);
        if (write(ends[1], &child, sizeof child) != (ssize_t)sizeof child)
            _exit(1);
        _exit(0); /* dies without a word: the held child must not stay */
    }
    pid_t child = 0;
    assert_int_equal(read(ends[0], &child, sizeof child), sizeof child);
    int status = -1;
    assert_int_equal(waitpid(server, &status, 0), server);
    assert_int_equal(waitpid(child, &status, 0), child);
    /* By the end of the pipe or by the terminal's hangup, whichever it saw first. */
    assert_true(WIFSIGNALED(status) ? WTERMSIG(status) == SIGHUP : WEXITSTATUS(status) == 0);
    close(ends[0]);
    close(ends[1]);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_held_until_released),
        cmocka_unit_test(test_size_as_it_is_when_released),
        cmocka_unit_test(test_resize_signals_the_foreground),
        cmocka_unit_test(test_input),
        cmocka_unit_test(test_full_input_does_not_block),
        cmocka_unit_test(test_never_released_ends_with_us),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
