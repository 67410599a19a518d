/*
 * One UDP socket: opening and options here, control messages in udp_message.c. Datagrams are read
 * in batches, so that a flood costs few system calls.
 */
#include "rim/udp.h"

#include <errno.h>
#include <netinet/in.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/mem.h"
#include "rim/clock.h"
#include "rim/resolve.h"
#include "rim/sockaddr.h"
#include "rim/udp_control.h"
#include "rim/udp_message.h"
#include "rim/udp_option.h"
#include "rim/udp_read.h"

/* docs/SECURITY.md, "Bounds": one udp_read(). Its slots are touched only when they are used. */
#define BATCH 64

/*
 * Asked for, so that a burst of forged datagrams does not push real ones out. The system may give
 * less.
 */
#define RECEIVE_BUFFER_BYTES (1024 * 1024)

/* One byte more than is taken tells what is too long. */
struct slot {
    uint8_t bytes[UDP_DATAGRAM_MAX_BYTES + 1];
    struct udp_control control;
    struct sockaddr_storage from;
};

struct udp {
    int fd;
    pid_t owner; /* the process that opened it */
    int family;
    uint16_t port; /* 0: not known yet */
    int error;
    uint64_t dropped;
    struct clock_reading read_at; /* when the batch was read */
    int next, count;              /* slots of the batch not handed out yet */
    struct udp_incoming messages[BATCH];
    struct iovec vectors[BATCH];
    struct slot *slots;
};

static void
set_options(int fd, int family)
{
    udp_option_set(fd, SOL_SOCKET, SO_RCVBUF, RECEIVE_BUFFER_BYTES);
    /* A dual-stack socket carries both families: it needs the IPv4 options as well. */
    udp_option_set(fd, IPPROTO_IP, IP_TOS, UDP_ECN_ECT0);
    udp_option_set(fd, IPPROTO_IP, IP_RECVTOS, 1);
    udp_control_options(fd, family);
    if (family != AF_INET6)
        return;
    udp_option_set(fd, IPPROTO_IPV6, IPV6_TCLASS, UDP_ECN_ECT0);
    udp_option_set(fd, IPPROTO_IPV6, IPV6_RECVTCLASS, 1);
    udp_option_set(fd, IPPROTO_IPV6, IPV6_RECVPKTINFO, 1);
}

static enum skua_err
open_socket(int family, struct udp **out, struct fail *why)
{
    int fd = socket(family, SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, IPPROTO_UDP);
    if (fd < 0)
        return fail_set(why, SKUA_ERR_SYSTEM, errno, "open a UDP socket");
    if (family == AF_INET6)
        udp_option_set(fd, IPPROTO_IPV6, IPV6_V6ONLY, 0);
    set_options(fd, family);
    struct udp *u = mem_new(1, sizeof *u);
    u->fd = fd;
    u->owner = getpid();
    u->family = family;
    u->slots = mem_new(BATCH, sizeof *u->slots);
    *out = u;
    return SKUA_OK;
}

/* Bind to the first free port of the range at that address (its own port is ignored). */
static enum skua_err
bind_range(struct udp *u, const struct addr *address, uint16_t low, uint16_t high, struct fail *why)
{
    int reason = 0;
    for (uint32_t port = low; port <= high; port++) {
        struct addr local = *address;
        resolve_set_port(&local, (uint16_t)port);
        struct sockaddr_any any;
        if (!sockaddr_unfold(&local, u->family, &any))
            return fail_set(why, SKUA_ERR_SYSTEM, EAFNOSUPPORT, "bind a UDP port");
        if (bind(u->fd, (struct sockaddr *)&any.storage, any.len) == 0)
            return SKUA_OK;
        reason = errno;
        if (reason != EADDRINUSE && reason != EACCES)
            break;
    }
    if (low == high)
        return fail_set(why, SKUA_ERR_SYSTEM, reason, "bind UDP port %u", (unsigned)low);
    return fail_set(why, SKUA_ERR_SYSTEM, reason, "no free UDP port in %u:%u", (unsigned)low,
                    (unsigned)high);
}

static enum skua_err
open_bound(const struct addr *address, uint16_t low, uint16_t high, struct udp **out,
           struct fail *why)
{
    struct udp *u;
    enum skua_err err = open_socket(sockaddr_family(address), &u, why);
    if (err != SKUA_OK)
        return err;
    err = bind_range(u, address, low, high, why);
    if (err != SKUA_OK) {
        udp_close(u);
        return err;
    }
    *out = u;
    return SKUA_OK;
}

static enum skua_err
open_named(const char *text, uint16_t low, uint16_t high, struct udp **out, struct fail *why)
{
    struct addr address;
    enum skua_err err = resolve_numeric(text, 0, &address);
    if (err != SKUA_OK)
        return fail_set(why, err, 0, "%s is not a numeric address", text);
    err = open_bound(&address, low, high, out, why);
    if (err != SKUA_OK)
        fail_context(why, "address %s", text);
    return err;
}

enum skua_err
udp_open_server(const char *bind_address, uint16_t port_low, uint16_t port_high, struct udp **out,
                struct fail *notice, struct fail *why)
{
    if (notice != NULL)
        *notice = (struct fail){ 0 };
    if (bind_address != NULL &&
        open_named(bind_address, port_low, port_high, out, notice) == SKUA_OK)
        return SKUA_OK;

    static const char *const any[] = { "::", "0.0.0.0" };
    enum skua_err err = SKUA_ERR_SYSTEM;
    for (size_t i = 0; i < sizeof any / sizeof any[0] && err != SKUA_OK; i++) {
        struct addr address;
        if (resolve_numeric(any[i], 0, &address) == SKUA_OK)
            err = open_bound(&address, port_low, port_high, out, why);
    }
    return err;
}

enum skua_err
udp_open_client(const struct addr *peer, struct udp **out, struct fail *why)
{
    int family = sockaddr_family(peer);
    if (family == AF_UNSPEC)
        return fail_set(why, SKUA_ERR_MALFORMED, 0, "no address to open a UDP socket for");
    return open_socket(family, out, why);
}

void
udp_close(struct udp *u)
{
    if (u == NULL)
        return;
    close(u->fd);
    free(u->slots);
    free(u);
}

int
udp_fd(const struct udp *u)
{
    return u->fd;
}

uint16_t
udp_port(const struct udp *u)
{
    struct sockaddr_any any = { .len = sizeof any.storage };
    struct addr local;
    if (getsockname(u->fd, (struct sockaddr *)&any.storage, &any.len) < 0 ||
        !sockaddr_fold((struct sockaddr *)&any.storage, any.len, &local))
        return 0;
    return resolve_port(&local);
}

void
udp_forbid_fragments(struct udp *u)
{
    udp_control_forbid_fragments(u->fd);
}

bool
udp_can_reach(const struct udp *u, const struct addr *to)
{
    struct sockaddr_any any;
    return sockaddr_unfold(to, u->family, &any);
}

static void
read_batch(struct udp *u)
{
    for (int i = 0; i < BATCH; i++) {
        struct slot *slot = &u->slots[i];
        u->vectors[i] = (struct iovec){ .iov_base = slot->bytes, .iov_len = sizeof slot->bytes };
        u->messages[i].header = (struct msghdr){
            .msg_name = &slot->from,
            .msg_namelen = sizeof slot->from,
            .msg_iov = &u->vectors[i],
            .msg_iovlen = 1,
            .msg_control = slot->control.bytes,
            .msg_controllen = sizeof slot->control.bytes,
        };
    }
    int got;
    do {
        got = udp_read(u->fd, u->messages, BATCH);
    } while (got < 0 && errno == EINTR);
    u->next = 0;
    u->count = got > 0 ? got : 0;
    if (got > 0)
        u->read_at = clock_read();
    if (u->port == 0)
        u->port = udp_port(u);
}

bool
udp_receive(struct udp *u, struct view *datagram, struct udp_arrival *how)
{
    for (;;) {
        if (u->next == u->count) {
            read_batch(u);
            if (u->count == 0)
                return false;
        }
        struct slot *slot = &u->slots[u->next];
        struct udp_incoming *message = &u->messages[u->next++];
        *how = (struct udp_arrival){ .at_ms = (uint64_t)u->read_at.boot_ms };
        if (message->len == 0 || message->len > UDP_DATAGRAM_MAX_BYTES ||
            !sockaddr_fold((struct sockaddr *)&slot->from, message->header.msg_namelen,
                           &how->from)) {
            u->dropped++;
            continue;
        }
        udp_message_parse(&message->header, &u->read_at, how);
        resolve_set_port(&how->to, u->port);
        *datagram = view_of(slot->bytes, message->len);
        return true;
    }
}

static enum udp_sent
classify(int error)
{
    switch (error) {
    case EAGAIN:
    case ENOBUFS:
    case ENOMEM: return UDP_BLOCKED;
    case EMSGSIZE: return UDP_TOO_BIG;
    case ENETUNREACH:
    case EHOSTUNREACH:
    case ENETDOWN:
    case EHOSTDOWN:
    case ENODEV:
    case EADDRNOTAVAIL:
    case EPERM:
    case EACCES: return UDP_UNREACHABLE;
    case ECONNREFUSED: return UDP_REFUSED;
    default: return UDP_FAILED;
    }
}

static int
send_once(struct udp *u, struct view datagram, const struct sockaddr_any *to,
          const struct addr *from, uint8_t ecn)
{
    struct iovec vector = { .iov_len = datagram.len };
    memcpy(&vector.iov_base, &datagram.data, sizeof vector.iov_base); /* sendmsg() only reads */
    struct sockaddr_any target = *to;
    struct udp_control control;
    struct msghdr message = {
        .msg_name = &target.storage,
        .msg_namelen = target.len,
        .msg_iov = &vector,
        .msg_iovlen = 1,
    };
    udp_message_build(&message, &control, u->family, to, from, ecn);
    ssize_t sent;
    do {
        sent = sendmsg(u->fd, &message, MSG_DONTWAIT | MSG_NOSIGNAL);
    } while (sent < 0 && errno == EINTR);
    return sent < 0 ? errno : 0;
}

enum udp_sent
udp_send(struct udp *u, struct view datagram, const struct addr *to, const struct addr *from,
         uint8_t ecn)
{
    struct sockaddr_any target;
    if (getpid() != u->owner) { /* a copy of us would repeat our nonces */
        u->error = EOWNERDEAD;
        return UDP_FAILED;
    }
    if (!sockaddr_unfold(to, u->family, &target)) {
        u->error = EAFNOSUPPORT;
        return UDP_FAILED;
    }
    bool has_source = from != NULL && addr_is_set(from);
    int error = send_once(u, datagram, &target, has_source ? from : NULL, ecn);
    /*
     * The address that was asked is no longer ours (Linux says EINVAL): any other is better than
     * silence.
     */
    if (has_source && (error == EINVAL || error == EADDRNOTAVAIL || error == ENETUNREACH))
        error = send_once(u, datagram, &target, NULL, ecn);
    if (error == 0)
        return UDP_SENT;
    u->error = error;
    return classify(error);
}

int
udp_error(const struct udp *u)
{
    return u->error;
}

uint64_t
udp_dropped(const struct udp *u)
{
    return u->dropped;
}
