/* poll(2) and a buffer each way. */
#include "rim/relay.h"

#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "rim/resolve.h"
#include "rim/signals.h"
#include "rim/sockaddr.h"

#define DIRECTION_BYTES 32768

/* One way: from `source`, through the buffer, to `sink`. */
struct direction {
    int source, sink;
    bool source_ended, is_done;
    size_t start, len;
    uint8_t bytes[DIRECTION_BYTES];
};

enum skua_err
relay_connect(const struct addr *to, int *out, struct fail *why)
{
    char text[RESOLVE_TEXT_BYTES];
    resolve_text(to, text);
    int family = sockaddr_family(to);
    struct sockaddr_any any = { 0 };
    int fd = -1;
    if (sockaddr_unfold(to, family, &any))
        fd = socket(family, SOCK_STREAM | SOCK_CLOEXEC, 0);
    int reason = fd < 0 ? EAFNOSUPPORT : 0;
    if (fd >= 0 && connect(fd, (struct sockaddr *)&any.storage, any.len) < 0)
        reason = errno;
    if (reason != 0) {
        if (fd >= 0)
            close(fd);
        return fail_set(why, SKUA_ERR_SYSTEM, reason, "connect to %s port %u", text,
                        (unsigned)resolve_port(to));
    }
    int on = 1;
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on); /* ssh gathers by itself */
    *out = fd;
    return SKUA_OK;
}

static bool
is_for_later(int error)
{
    return error == EAGAIN || error == EINTR;
}

/* Read once; a broken source ends like any other, its errno remembered. */
static void
fill(struct direction *d, int *broken)
{
    ssize_t got = read(d->source, d->bytes, sizeof d->bytes);
    if (got < 0 && is_for_later(errno))
        return;
    if (got < 0)
        *broken = errno;
    if (got <= 0) {
        d->source_ended = true;
        return;
    }
    d->start = 0;
    d->len = (size_t)got;
}

static void
empty(struct direction *d, int *broken)
{
    ssize_t took = write(d->sink, d->bytes + d->start, d->len);
    if (took < 0 && is_for_later(errno))
        return;
    if (took < 0) {
        *broken = errno;
        d->source_ended = true;
        d->len = 0;
        return;
    }
    d->start += (size_t)took;
    d->len -= (size_t)took;
}

static void
pass_end_on(struct direction *d, int socket)
{
    if (d->is_done || !d->source_ended || d->len > 0)
        return;
    d->is_done = true;
    if (d->sink == socket)
        shutdown(socket, SHUT_WR);
    else
        close(d->sink);
}

/* Wait for what this direction needs next: room if it holds bytes, else bytes. */
static struct pollfd
need(const struct direction *d)
{
    if (d->is_done)
        return (struct pollfd){ .fd = -1 };
    if (d->len > 0)
        return (struct pollfd){ .fd = d->sink, .events = POLLOUT };
    return (struct pollfd){ .fd = d->source, .events = POLLIN };
}

static void
step(struct direction *d, short ready, int *broken)
{
    if (d->is_done || ready == 0)
        return;
    if (d->len > 0)
        empty(d, broken);
    else
        fill(d, broken);
}

static void
unblock(int fd)
{
    fcntl(fd, F_SETFL, fcntl(fd, F_GETFL) | O_NONBLOCK);
}

enum skua_err
relay_run(int in, int out, int socket, struct fail *why)
{
    signals_ignore(SIGPIPE); /* a side that went away is an error of write() */
    unblock(in);
    unblock(out);
    unblock(socket);
    struct direction up = { .source = in, .sink = socket };
    struct direction down = { .source = socket, .sink = out };
    int up_broken = 0, down_broken = 0;
    while (!up.is_done || !down.is_done) {
        struct pollfd polled[2] = { need(&up), need(&down) };
        if (poll(polled, 2, -1) < 0 && errno != EINTR) {
            down_broken = errno;
            break;
        }
        step(&up, polled[0].revents, &up_broken);
        step(&down, polled[1].revents, &down_broken);
        pass_end_on(&up, socket);
        pass_end_on(&down, socket);
        /* Nobody reads on either side any more: what is still typed has nowhere to go. */
        if (down.is_done && !up.is_done && (up_broken != 0 || down_broken != 0))
            break;
    }
    if (!down.is_done)
        close(out);
    int broken = down_broken != 0 ? down_broken : up_broken;
    if (broken != 0)
        return fail_set(why, SKUA_ERR_SYSTEM, broken, "copy between ssh and the server");
    return SKUA_OK;
}
