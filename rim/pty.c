/* A master and its slave, a fork, and the pair of sockets that holds the child. */
#include "rim/pty.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

#include "base/mem.h"
#include "rim/descriptors.h"
#include "rim/pty_master.h"
#include "rim/signals.h"
#include "rim/tty_utf8.h"

#define PATH_BYTES 64

/* Where the held child keeps its end of that pair. */
#define HELD_FD 3

/* In the child only: it has no struct pty. */
static uint8_t child_word;

struct pty {
    int master;
    int slave;     /* -1 once the child has it */
    int hold;      /* our end: one byte releases the child, closing it ends the child; -1: done */
    pid_t child;   /* 0: none yet */
    bool is_ended; /* reaped: how says how */
    struct pty_exit how;
    char path[PATH_BYTES];
};

static struct winsize
winsize_of(const struct tty_window *window)
{
    return (struct winsize){
        .ws_col = (unsigned short)window->cols,
        .ws_row = (unsigned short)window->rows,
        .ws_xpixel = (unsigned short)window->width_px,
        .ws_ypixel = (unsigned short)window->height_px,
    };
}

/* Erasing a character in canonical mode takes all of its bytes: termios(3), IUTF8. */
static void
set_utf8(int fd)
{
    struct termios settings;
    if (tcgetattr(fd, &settings) < 0)
        return;
    settings.c_iflag |= tty_utf8_flag();
    tcsetattr(fd, TCSANOW, &settings);
}

enum skua_err
pty_open(const struct tty_window *window, struct pty **out, struct fail *why)
{
    struct pty *p = mem_new(1, sizeof *p);
    char path[PATH_BYTES];
    p->slave = p->hold = -1;
    p->master = pty_master_open(path, sizeof path);
    if (p->master < 0)
        goto out;
    memcpy(p->path, path, sizeof path);
    p->slave = open(path, O_RDWR | O_NOCTTY | O_CLOEXEC);
    if (p->slave < 0)
        goto out;
    set_utf8(p->slave);
    struct winsize size = winsize_of(window);
    ioctl(p->master, TIOCSWINSZ, &size);
    *out = p;
    return SKUA_OK;

out:;
    int reason = errno;
    pty_close(p);
    return fail_set(why, SKUA_ERR_SYSTEM, reason, "open a pseudo-terminal");
}

static void
close_if_open(int *fd)
{
    if (*fd >= 0)
        close(*fd);
    *fd = -1;
}

void
pty_close(struct pty *p)
{
    if (p == NULL)
        return;
    close_if_open(&p->hold);
    close_if_open(&p->slave);
    close_if_open(&p->master);
    free(p);
}

/* In the child: wait until released. Nothing of the parent's is open by now but the pair's end. */
static void
wait_for_release(void)
{
    ssize_t got;
    do {
        got = read(HELD_FD, &child_word, 1);
    } while (got < 0 && errno == EINTR);
    if (got != 1)
        _exit(0); /* the server has gone: nobody will ever see this session */
    close(HELD_FD);
}

static _Noreturn void
be_the_child(int slave, int pipe_end, pty_child_fn *run, void *context)
{
    signals_default_all();
    setsid();
    ioctl(slave, TIOCSCTTY, 0);
    /*
     * Both are above 2 here (descriptors_fill_standard()), and the pair's end may sit where it
     * shall go.
     */
    int moved = fcntl(pipe_end, F_DUPFD, HELD_FD + 1);
    for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++)
        dup2(slave, fd);
    dup2(moved, HELD_FD);
    descriptors_close_from(HELD_FD + 1);
    wait_for_release();
    _exit(run(context));
}

enum skua_err
pty_fork(struct pty *p, pty_child_fn *run, void *context, struct fail *why)
{
    int ends[2];
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) < 0)
        return fail_set(why, SKUA_ERR_SYSTEM, errno, "make a pipe for the shell");
    pid_t child = fork();
    if (child == 0)
        be_the_child(p->slave, ends[0], run, context);
    int reason = errno;
    close(ends[0]);
    if (child < 0) {
        close(ends[1]);
        return fail_set(why, SKUA_ERR_SYSTEM, reason, "fork the shell");
    }
    p->child = child;
    p->hold = ends[1];
    close_if_open(&p->slave);
    return SKUA_OK;
}

void
pty_release(struct pty *p, uint8_t word)
{
    if (p->hold < 0)
        return;
    /* A child that was killed while held leaves no reader: then there is nobody to release. */
    (void)send(p->hold, &word, 1, MSG_NOSIGNAL);
    close_if_open(&p->hold);
}

uint8_t
pty_word(void)
{
    return child_word;
}

int
pty_fd(const struct pty *p)
{
    return p->master;
}

pid_t
pty_child(const struct pty *p)
{
    return p->child;
}

const char *
pty_path(const struct pty *p)
{
    return p->path;
}

static bool
is_for_later(int error)
{
    return error == EAGAIN || error == EINTR;
}

ssize_t
pty_read(struct pty *p, void *out, size_t len)
{
    ssize_t got = read(p->master, out, len);
    if (got > 0)
        return got;
    /* EIO is how Linux says that no slave is open any more. */
    return got < 0 && is_for_later(errno) ? 0 : -1;
}

ssize_t
pty_write(struct pty *p, struct view bytes)
{
    if (bytes.len == 0)
        return 0;
    ssize_t took = write(p->master, bytes.data, bytes.len);
    if (took >= 0)
        return took;
    return is_for_later(errno) ? 0 : -1;
}

enum skua_err
pty_resize(struct pty *p, const struct tty_window *window, struct fail *why)
{
    struct winsize next = winsize_of(window), now = { 0 };
    if (window->width_px == 0 && window->height_px == 0 &&
        ioctl(p->master, TIOCGWINSZ, &now) == 0) {
        next.ws_xpixel = now.ws_xpixel;
        next.ws_ypixel = now.ws_ypixel;
    }
    if (ioctl(p->master, TIOCSWINSZ, &next) < 0)
        return fail_set(why, SKUA_ERR_SYSTEM, errno, "set the size of %s", p->path);
    return SKUA_OK;
}

bool
pty_reap(struct pty *p, struct pty_exit *out)
{
    int status;
    if (!p->is_ended && p->child > 0 && waitpid(p->child, &status, WNOHANG) == p->child) {
        p->is_ended = true;
        if (WIFSIGNALED(status))
            p->how.signal = WTERMSIG(status);
        p->how.status = WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
    }
    if (p->is_ended)
        *out = p->how;
    return p->is_ended;
}
