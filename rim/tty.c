/* termios on a descriptor of our own. */
#include "rim/tty.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

#include "base/mem.h"
#include "rim/clock.h"
#include "rim/tty_utf8.h"

#define NAME_BYTES 256

/* Larger than any frame that a signal handler of ours needs, vector registers included. */
#define CRASH_STACK_BYTES 65536

struct tty {
    int fd;
    bool is_shared;   /* the open file description is standard input's own */
    int shared_flags; /* to put back then */
    struct termios before;
};

/* What the fatal-signal handler can reach; tty is set last and cleared first. */
static struct {
    volatile sig_atomic_t armed;
    int fd;
    struct termios before;
    size_t len;
    uint8_t bytes[TTY_CRASH_MAX_BYTES];
} crash;

static const int crash_signals[] = { SIGABRT, SIGSEGV, SIGBUS, SIGFPE, SIGILL };
#define CRASH_SIGNALS (sizeof crash_signals / sizeof crash_signals[0])

/* The terminal of standard input, opened again: its own open file description, so its own flags. */
static int
reopen(void)
{
    int flags = O_RDWR | O_NOCTTY | O_NONBLOCK | O_CLOEXEC;
    char name[NAME_BYTES];
    if (ttyname_r(STDIN_FILENO, name, sizeof name) == 0) {
        int fd = open(name, flags);
        if (fd >= 0)
            return fd;
    }
    /*
     * After su(1) or in a container the name may be out of reach; the controlling terminal is not.
     */
    if (tcgetsid(STDIN_FILENO) == getsid(0))
        return open("/dev/tty", flags);
    return -1;
}

enum skua_err
tty_open(struct tty **out, struct fail *why)
{
    if (!isatty(STDIN_FILENO) || !isatty(STDOUT_FILENO))
        return fail_set(why, SKUA_ERR_SYSTEM, 0,
                        "standard input and output must be a terminal; run this in one");
    struct tty *t = mem_new(1, sizeof *t);
    t->fd = reopen();
    if (t->fd < 0) {
        t->fd = fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, STDERR_FILENO + 1);
        t->is_shared = true;
        t->shared_flags = fcntl(STDIN_FILENO, F_GETFL);
        fcntl(t->fd, F_SETFL, t->shared_flags | O_NONBLOCK);
    }
    if (t->fd >= 0 && tcgetattr(t->fd, &t->before) == 0) {
        *out = t;
        return SKUA_OK;
    }
    int reason = errno;
    if (t->fd >= 0)
        close(t->fd);
    free(t);
    return fail_set(why, SKUA_ERR_SYSTEM, reason, "open the terminal");
}

static void
crash_disarm(void)
{
    if (!crash.armed)
        return;
    crash.armed = 0;
    for (size_t i = 0; i < CRASH_SIGNALS; i++)
        signal(crash_signals[i], SIG_DFL);
}

void
tty_close(struct tty *t)
{
    if (t == NULL)
        return;
    crash_disarm();
    tty_restore(t);
    if (t->is_shared)
        fcntl(t->fd, F_SETFL, t->shared_flags);
    close(t->fd);
    free(t);
}

int
tty_fd(const struct tty *t)
{
    return t->fd;
}

enum skua_err
tty_raw(struct tty *t, struct fail *why)
{
    struct termios raw = t->before;
    cfmakeraw(&raw);
    raw.c_iflag |= tty_utf8_flag();
    if (tcsetattr(t->fd, TCSANOW, &raw) < 0)
        return fail_set(why, SKUA_ERR_SYSTEM, errno, "set the terminal to raw mode");
    return SKUA_OK;
}

void
tty_restore(struct tty *t)
{
    /* TCSANOW: a terminal stopped by ^S would never drain. */
    tcsetattr(t->fd, TCSANOW, &t->before);
}

static bool
is_for_later(int error)
{
    return error == EAGAIN || error == EINTR;
}

ssize_t
tty_read(struct tty *t, void *out, size_t len)
{
    ssize_t got = read(t->fd, out, len);
    if (got > 0)
        return got;
    return got < 0 && is_for_later(errno) ? 0 : -1;
}

ssize_t
tty_write(struct tty *t, struct view bytes)
{
    if (bytes.len == 0)
        return 0;
    ssize_t took = write(t->fd, bytes.data, bytes.len);
    if (took >= 0)
        return took;
    return is_for_later(errno) ? 0 : -1;
}

/* Wait for one of poll(2)'s events, or for the end. Returns whether there is something. */
static bool
wait_for(const struct tty *t, short events, uint64_t deadline_ms)
{
    uint64_t now_ms = clock_now_ms();
    uint64_t left = now_ms < deadline_ms ? deadline_ms - now_ms : 0;
    struct pollfd p = { .fd = t->fd, .events = events };
    return poll(&p, 1, left > INT_MAX ? INT_MAX : (int)left) > 0;
}

bool
tty_wait(const struct tty *t, uint64_t deadline_ms)
{
    return wait_for(t, POLLIN, deadline_ms);
}

bool
tty_write_all(struct tty *t, struct view bytes, uint64_t deadline_ms)
{
    while (bytes.len > 0) {
        ssize_t took = tty_write(t, bytes);
        if (took < 0)
            return false;
        bytes = view_from(bytes, (size_t)took);
        if (bytes.len == 0)
            return true;
        if (clock_now_ms() >= deadline_ms)
            return false;
        (void)wait_for(t, POLLOUT, deadline_ms);
    }
    return true;
}

static int
clamp(int value, int max)
{
    return value < 1 ? 1 : value > max ? max : value;
}

bool
tty_window_of(int fd, struct tty_window *out)
{
    struct winsize size = { 0 };
    *out = (struct tty_window){ .cols = TTY_DEFAULT_COLS, .rows = TTY_DEFAULT_ROWS };
    if (ioctl(fd, TIOCGWINSZ, &size) < 0 || size.ws_col == 0 || size.ws_row == 0)
        return false;
    out->cols = clamp(size.ws_col, TTY_WINDOW_MAX_SIDE);
    out->rows = clamp(size.ws_row, TTY_WINDOW_MAX_SIDE);
    out->rows = clamp(out->rows, TTY_WINDOW_MAX_CELLS / out->cols);
    out->width_px = size.ws_xpixel;
    out->height_px = size.ws_ypixel;
    return out->cols == size.ws_col && out->rows == size.ws_row;
}

struct tty_window
tty_window(const struct tty *t)
{
    struct tty_window window;
    tty_window_of(t->fd, &window);
    return window;
}

static void
on_crash(int number)
{
    if (crash.armed) {
        crash.armed = 0;
        if (write(crash.fd, crash.bytes, crash.len) < 0)
            crash.len = 0; /* nothing can be done: the settings still can */
        tcsetattr(crash.fd, TCSANOW, &crash.before);
    }
    _exit(128 + number);
}

void
tty_on_crash(struct tty *t, struct view bytes)
{
    /* A stack overflow leaves no room for a handler on the stack itself. */
    static uint8_t stack[CRASH_STACK_BYTES];
    stack_t alternate = { .ss_sp = stack, .ss_size = sizeof stack };
    sigaltstack(&alternate, NULL);

    crash.armed = 0;
    crash.fd = t->fd;
    crash.before = t->before;
    crash.len = bytes.len < sizeof crash.bytes ? bytes.len : sizeof crash.bytes;
    memcpy(crash.bytes, bytes.data, crash.len);
    crash.armed = 1;
    struct sigaction action = { .sa_handler = on_crash, .sa_flags = SA_ONSTACK };
    sigfillset(&action.sa_mask);
    for (size_t i = 0; i < CRASH_SIGNALS; i++)
        sigaction(crash_signals[i], &action, NULL);
}
