/* The user's terminal, played by a pty whose child is the test's other half. */
#include "test.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

#include "rim/clock.h"
#include "rim/pty.h"
#include "rim/tty.h"

#define LATE_MS 10000

/* Run a function on a terminal of its own; returns its exit status, its output in seen. */
static int
run_on_terminal(pty_child_fn *run, const struct tty_window *window, char *seen, size_t room)
{
    struct pty *p;
    assert_int_equal(pty_open(window, &p, NULL), SKUA_OK);
    assert_int_equal(pty_fork(p, run, NULL, NULL), SKUA_OK);
    pty_release(p, 0);
    size_t len = 0;
    ssize_t got = 0;
    uint64_t deadline = clock_now_ms() + LATE_MS;
    while (got >= 0 && len < room - 1 && clock_now_ms() < deadline) {
        struct pollfd ready = { .fd = pty_fd(p), .events = POLLIN };
        poll(&ready, 1, LATE_MS);
        got = pty_read(p, seen + len, room - 1 - len);
        len += got > 0 ? (size_t)got : 0;
    }
    seen[len] = '\0';
    struct pty_exit how = { .status = -1 };
    while (!pty_reap(p, &how) && clock_now_ms() < deadline)
        poll(NULL, 0, 1);
    pty_close(p);
    return how.status;
}

static const struct tty_window usual = { .cols = 100, .rows = 40 };

/*
 * In the child an assertion would end cmocka's state of the parent: exit with the number of the
 * line.
 */
#define CHECK(condition)                                                                           \
    do {                                                                                           \
        if (!(condition)) {                                                                        \
            dprintf(1, "line %d: %s", __LINE__, #condition);                                       \
            return 1;                                                                              \
        }                                                                                          \
    } while (0)

static int
raw_and_back(void *context)
{
    (void)context;
    struct termios before, raw, after;
    struct tty *t;
    tcgetattr(0, &before);
    CHECK(tty_open(&t, NULL) == SKUA_OK);
    CHECK((fcntl(tty_fd(t), F_GETFL) & O_NONBLOCK) != 0);
    CHECK((fcntl(0, F_GETFL) & O_NONBLOCK) == 0); /* the shell shares this one */
    CHECK(tty_raw(t, NULL) == SKUA_OK);
    tcgetattr(0, &raw);
    CHECK((raw.c_lflag & (ECHO | ICANON | ISIG | IEXTEN)) == 0);
    CHECK((raw.c_iflag & (IXON | ICRNL | BRKINT)) == 0 && (raw.c_iflag & IUTF8) != 0);
    CHECK((raw.c_oflag & OPOST) == 0);
    char byte;
    CHECK(tty_read(t, &byte, 1) == 0);
    struct tty_window w = tty_window(t);
    CHECK(w.cols == 100 && w.rows == 40);
    CHECK(tty_write_all(t, view_of_text("shown"), clock_now_ms() + LATE_MS));
    tty_restore(t);
    tcgetattr(0, &after);
    CHECK(memcmp(&before, &after, sizeof before) == 0);
    CHECK(tty_raw(t, NULL) == SKUA_OK);
    tty_close(t);
    tcgetattr(0, &after);
    CHECK(memcmp(&before, &after, sizeof before) == 0);
    return 0;
}

static void
test_raw_and_back(void **state)
{
    (void)state;
    char seen[256];
    assert_int_equal(run_on_terminal(raw_and_back, &usual, seen, sizeof seen), 0);
    assert_string_equal(seen, "shown");
}

/* The terminal after a crash, seen by the process that started the one that crashed. */
static int
crash_by(int number)
{
    struct termios before, after;
    tcgetattr(0, &before);
    pid_t child = fork();
    if (child == 0) {
        struct tty *t;
        if (tty_open(&t, NULL) != SKUA_OK || tty_raw(t, NULL) != SKUA_OK)
            _exit(1);
        tty_on_crash(t, view_of_text("\033[?25h"));
        raise(number);
        _exit(2);
    }
    int status = 0;
    CHECK(waitpid(child, &status, 0) == child);
    CHECK(WIFEXITED(status) && WEXITSTATUS(status) == 128 + number);
    tcgetattr(0, &after);
    CHECK(memcmp(&before, &after, sizeof before) == 0);
    return 0;
}

static int
crash_all_ways(void *context)
{
    (void)context;
    static const int numbers[] = { SIGABRT, SIGSEGV, SIGBUS, SIGFPE, SIGILL };
    int status = 0;
    for (size_t i = 0; i < 5 && status == 0; i++)
        status = crash_by(numbers[i]);
    return status;
}

static void
test_crash_restores(void **state)
{
    (void)state;
    char seen[256];
    assert_int_equal(run_on_terminal(crash_all_ways, &usual, seen, sizeof seen), 0);
    assert_string_equal(seen, "\033[?25h\033[?25h\033[?25h\033[?25h\033[?25h");
}

static int
close_disarms(void *context)
{
    (void)context;
    struct tty *t;
    CHECK(tty_open(&t, NULL) == SKUA_OK);
    tty_on_crash(t, view_of_text("never shown"));
    tty_close(t);
    struct sigaction now;
    CHECK(sigaction(SIGSEGV, NULL, &now) == 0 && now.sa_handler == SIG_DFL);
    return 0;
}

static void
test_close_disarms(void **state)
{
    (void)state;
    char seen[256];
    assert_int_equal(run_on_terminal(close_disarms, &usual, seen, sizeof seen), 0);
    assert_string_equal(seen, "");
}

static int
report_window(void *context)
{
    (void)context;
    struct tty_window w;
    bool own = tty_window_of(0, &w);
    dprintf(1, "%d %dx%d", own, w.cols, w.rows);
    return 0;
}

static void
test_windows(void **state)
{
    (void)state;
    static const struct {
        int cols, rows;
        const char *expected;
    } cases[] = {
        { 132, 50, "1 132x50" },        { 0, 0, "0 80x24" },
        { 0, 24, "0 80x24" },           { 1, 1, "1 1x1" },
        { 65535, 65535, "0 4096x256" }, { 5000, 100, "0 4096x100" },
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct tty_window w = { .cols = cases[i].cols, .rows = cases[i].rows };
        char seen[64];
        assert_int_equal(run_on_terminal(report_window, &w, seen, sizeof seen), 0);
        assert_string_equal(seen, cases[i].expected);
    }
    struct tty_window w;
    int null = open("/dev/null", O_RDWR | O_CLOEXEC);
    assert_false(tty_window_of(null, &w));
    assert_int_equal(w.cols, TTY_DEFAULT_COLS);
    close(null);
}

static int
no_terminal(void *context)
{
    (void)context;
    int null = open("/dev/null", O_RDWR | O_CLOEXEC), keep = dup(1);
    struct tty *t;
    struct fail why;
    dup2(null, 0);
    enum skua_err err = tty_open(&t, &why);
    dprintf(keep, "%s", why.text);
    return err == SKUA_ERR_SYSTEM ? 0 : 1;
}

static void
test_needs_a_terminal(void **state)
{
    (void)state;
    char seen[256];
    assert_int_equal(run_on_terminal(no_terminal, &usual, seen, sizeof seen), 0);
    assert_non_null(strstr(seen, "must be a terminal"));
}

static int
write_too_much(void *context)
{
    (void)context;
    static uint8_t much[1 << 20];
    memset(much, 'x', sizeof much);
    struct tty *t;
    CHECK(tty_open(&t, NULL) == SKUA_OK && tty_raw(t, NULL) == SKUA_OK);
    tcflow(tty_fd(t), TCOOFF); /* as the user's ^S */
    uint64_t deadline = clock_now_ms() + 50;
    CHECK(!tty_write_all(t, view_of(much, sizeof much), deadline));
    CHECK(clock_now_ms() >= deadline);
    tcflow(tty_fd(t), TCOON);
    tty_close(t);
    return 0;
}

static void
test_stopped_terminal_does_not_hold_us(void **state)
{
    (void)state;
    char seen[256];
    assert_int_equal(run_on_terminal(write_too_much, &usual, seen, sizeof seen), 0);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_raw_and_back),
        cmocka_unit_test(test_crash_restores),
        cmocka_unit_test(test_close_disarms),
        cmocka_unit_test(test_windows),
        cmocka_unit_test(test_needs_a_terminal),
        cmocka_unit_test(test_stopped_terminal_does_not_hold_us),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
