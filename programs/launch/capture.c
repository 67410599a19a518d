/* Runs a program for its output, with a limit on both its time and its words. */
#include "capture.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <unistd.h>

#include "rim/clock.h"

#define CHUNK_BYTES 4096

enum skua_err
capture_start(const char *const *argv, bool with_errors, struct capture *out, struct fail *why)
{
    int ends[2];

    *out = (struct capture){ .fd = -1 };
    if (pipe2(ends, O_CLOEXEC) != 0)
        return fail_set(why, SKUA_ERR_SYSTEM, errno, "cannot make a pipe");
    const struct child_plan plan = {
        .argv = argv,
        .in = CHILD_NULL,
        .out = ends[1],
        .err = with_errors ? CHILD_INHERIT : CHILD_NULL,
    };
    enum skua_err err = child_start(&plan, &out->child, why);
    close(ends[1]);
    if (err != SKUA_OK) {
        close(ends[0]);
        return err;
    }
    out->fd = ends[0];
    return SKUA_OK;
}

/* Milliseconds for poll(): -1 for ever, 0 if the deadline has passed. */
static int
left_ms(uint64_t deadline_ms)
{
    uint64_t now_ms = clock_now_ms();
    uint64_t left = deadline_ms > now_ms ? deadline_ms - now_ms : 0;

    if (deadline_ms == UINT64_MAX)
        return -1;
    return left > INT_MAX ? INT_MAX : (int)left;
}

/* Read once. Returns false at the end of the output or the deadline. */
static bool
read_some(int fd, uint64_t deadline_ms, struct buf *out)
{
    uint8_t chunk[CHUNK_BYTES];
    struct pollfd p = { .fd = fd, .events = POLLIN };
    int ready = poll(&p, 1, left_ms(deadline_ms));

    if (ready < 0)
        return errno == EINTR;
    if (ready == 0)
        return false;
    ssize_t len = read(fd, chunk, sizeof chunk);
    if (len < 0)
        return errno == EINTR || errno == EAGAIN;
    buf_put(out, view_first(view_of(chunk, (size_t)len), out->max - out->len));
    return len > 0;
}

bool
capture_read(struct capture *c, uint64_t deadline_ms, struct buf *out, struct child_exit *how)
{
    while (read_some(c->fd, deadline_ms, out))
        ;
    return child_wait(c->child, deadline_ms, how);
}

void
capture_end(struct capture *c)
{
    child_free(c->child);
    if (c->fd >= 0)
        close(c->fd);
    *c = (struct capture){ .fd = -1 };
}
