/*
 * Loaded in front of the C library (LD_PRELOAD), it lets calls of the system fail as machines in trouble do.
 *
 *   FAULTY="sendmsg=ENOBUFS/3 write=SHORT/2 malloc=ENOMEM@40"
 *
 * CALL=ERROR/N       every Nth call fails; with N 1 each
 * CALL=ERROR@N       the Nth call and those behind it fail; CALL=ERROR@N-M: up to the Mth
 * write=SHORT/N      every Nth call writes one byte
 * ioctl=LATE/N       every Nth call is made 200 ms later
 *
 * What the program starts is spared: LD_PRELOAD is taken from the environment.
 */
#include <dlfcn.h>
#include <errno.h>
#include <poll.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/types.h>
#include <unistd.h>

#define SHORT   (-1)
#define LATE    (-2)
#define LATE_MS 200

enum call { SENDMSG, RECVMMSG, READ, WRITE, SOCKET, EPOLL_PWAIT, IOCTL, MALLOC, CALLS };

static const char *const names[CALLS] = { "sendmsg", "recvmmsg",    "read",  "write",
                                          "socket",  "epoll_pwait", "ioctl", "malloc" };

static const struct {
    const char *name;
    int error;
} errors[] = {
    { "ENOBUFS", ENOBUFS },
    { "EAGAIN", EAGAIN },
    { "EMSGSIZE", EMSGSIZE },
    { "ENETUNREACH", ENETUNREACH },
    { "EHOSTUNREACH", EHOSTUNREACH },
    { "EPERM", EPERM },
    { "EACCES", EACCES },
    { "EADDRNOTAVAIL", EADDRNOTAVAIL },
    { "ECONNREFUSED", ECONNREFUSED },
    { "EINTR", EINTR },
    { "EMFILE", EMFILE },
    { "ENFILE", ENFILE },
    { "ENOMEM", ENOMEM },
    { "EIO", EIO },
    { "EINVAL", EINVAL },
    { "SHORT", SHORT },
    { "LATE", LATE },
};

static struct rule {
    int error;
    unsigned long every, from, to;
    atomic_ulong count;
} rules[CALLS];

static void
set_rule(const char *name, size_t name_len, const char *text)
{
    for (int call = 0; call < CALLS; call++) {
        if (strlen(names[call]) != name_len || strncmp(names[call], name, name_len) != 0)
            continue;
        size_t len = strcspn(text, "/@");
        for (size_t i = 0; i < sizeof errors / sizeof errors[0]; i++) {
            if (strlen(errors[i].name) == len && strncmp(errors[i].name, text, len) == 0)
                rules[call].error = errors[i].error;
        }
        char *end;
        if (text[len] == '/') {
            rules[call].every = strtoul(text + len + 1, NULL, 10);
        } else if (text[len] == '@') {
            rules[call].from = strtoul(text + len + 1, &end, 10);
            rules[call].to = *end == '-' ? strtoul(end + 1, NULL, 10) : (unsigned long)-1;
        }
        if (rules[call].error != 0 && (rules[call].every != 0 || rules[call].from != 0))
            return;
    }
    fprintf(stderr, "faulty: bad rule %s\n", name);
    _exit(2);
}

__attribute__((constructor)) static void
read_rules(void)
{
    const char *at = getenv("FAULTY");
    while (at != NULL && *at != '\0') {
        const char *equals = strchr(at, '=');
        if (equals == NULL)
            break;
        set_rule(at, (size_t)(equals - at), equals + 1);
        at += strcspn(at, " ");
        at += strspn(at, " ");
    }
    unsetenv("LD_PRELOAD");
    unsetenv("FAULTY");
}

/* Whether this call fails; errno is set then. */
static bool
fails(enum call call)
{
    struct rule *r = &rules[call];
    if (r->error == 0)
        return false;
    unsigned long n = atomic_fetch_add(&r->count, 1) + 1;
    if (!(r->every != 0 ? n % r->every == 0 : n >= r->from && n <= r->to))
        return false;
    errno = r->error;
    return true;
}

#define REAL(name)                                                                                 \
    static __typeof__(name) *real;                                                                 \
    if (real == NULL)                                                                              \
    *(void **)&real = dlsym(RTLD_NEXT, #name)

ssize_t
sendmsg(int fd, const struct msghdr *message, int flags)
{
    REAL(sendmsg);
    return fails(SENDMSG) ? -1 : real(fd, message, flags);
}

int
recvmmsg(int fd, struct mmsghdr *messages, unsigned count, int flags, struct timespec *timeout)
{
    REAL(recvmmsg);
    return fails(RECVMMSG) ? -1 : real(fd, messages, count, flags, timeout);
}

ssize_t
read(int fd, void *out, size_t len)
{
    REAL(read);
    return fails(READ) ? -1 : real(fd, out, len);
}

ssize_t
write(int fd, const void *data, size_t len)
{
    REAL(write);
    if (!fails(WRITE))
        return real(fd, data, len);
    return rules[WRITE].error == SHORT && len > 0 ? real(fd, data, 1) : -1;
}

int
socket(int domain, int type, int protocol)
{
    REAL(socket);
    return fails(SOCKET) ? -1 : real(domain, type, protocol);
}

int
epoll_pwait(int fd, struct epoll_event *events, int count, int timeout, const sigset_t *mask)
{
    REAL(epoll_pwait);
    return fails(EPOLL_PWAIT) ? -1 : real(fd, events, count, timeout, mask);
}

int
ioctl(int fd, unsigned long request, ...)
{
    REAL(ioctl);
    va_list rest;
    va_start(rest, request);
    void *argument = va_arg(rest, void *);
    va_end(rest);
    if (!fails(IOCTL))
        return real(fd, request, argument);
    if (rules[IOCTL].error != LATE)
        return -1;
    poll(NULL, 0, LATE_MS);
    return real(fd, request, argument);
}

/* glibc's own: dlsym() itself allocates. */
extern void *__libc_malloc(size_t size);
extern void *__libc_calloc(size_t count, size_t size);
extern void *__libc_realloc(void *old, size_t size);

void *
malloc(size_t size)
{
    return fails(MALLOC) ? NULL : __libc_malloc(size);
}

void *
calloc(size_t count, size_t size)
{
    return fails(MALLOC) ? NULL : __libc_calloc(count, size);
}

void *
realloc(void *old, size_t size)
{
    return fails(MALLOC) ? NULL : __libc_realloc(old, size);
}
