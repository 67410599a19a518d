/* A short table of sockets. */
#include "endpoints/client/sockets.h"

#include <errno.h>
#include <stdlib.h>

#include "base/mem.h"
#include "rim/udp_filter.h"

struct open_path {
    uint32_t path; /* 0: free */
    struct udp *udp;
    struct loop_watch *watch;
};

struct sockets {
    struct loop *loop;
    struct addr peers[RACE_PEERS_MAX];
    size_t peer_count;
    struct open_path open[ROSTER_SLOTS];
};

struct sockets *
sockets_new(struct loop *loop, const struct addr *peers, size_t count)
{
    struct sockets *s = mem_new(1, sizeof *s);
    s->loop = loop;
    s->peer_count = count < RACE_PEERS_MAX ? count : RACE_PEERS_MAX;
    for (size_t i = 0; i < s->peer_count; i++)
        s->peers[i] = peers[i];
    return s;
}

static void
close_path(struct open_path *o)
{
    loop_remove(o->watch);
    udp_close(o->udp);
    *o = (struct open_path){ 0 };
}

void
sockets_free(struct sockets *s)
{
    if (s == NULL)
        return;
    for (size_t i = 0; i < ROSTER_SLOTS; i++)
        close_path(&s->open[i]);
    free(s);
}

/* The slot of a path; with 0, a free one. NULL if there is none. */
static struct open_path *
find(struct sockets *s, uint32_t path)
{
    for (size_t i = 0; i < ROSTER_SLOTS; i++) {
        if (s->open[i].path == path)
            return &s->open[i];
    }
    return NULL;
}

static enum path_event
open_path(struct sockets *s, const struct path_order *order, struct fail *why)
{
    struct open_path *o = find(s, 0);
    if (o == NULL || order->peer >= s->peer_count) {
        fail_set(why, SKUA_ERR_FULL, 0, "open one more socket");
        return PATH_DOWN;
    }
    if (udp_open_client(&s->peers[order->peer], &o->udp, why) != SKUA_OK)
        return PATH_DOWN;
    o->path = order->path;
    (void)udp_filter_attach(o->udp, UDP_CLIENT);
    if (loop_add(s->loop, udp_fd(o->udp), LOOP_READ, &o->watch, why) != SKUA_OK) {
        close_path(o);
        return PATH_DOWN;
    }
    return PATH_UP;
}

enum path_event
sockets_obey(struct sockets *s, const struct path_order *order, struct fail *why)
{
    if (order->what == PATH_ORDER_OPEN)
        return open_path(s, order, why);
    struct open_path *o = find(s, order->path);
    if (o != NULL)
        close_path(o);
    return PATH_DOWN;
}

enum udp_sent
sockets_send(struct sockets *s, struct view datagram, const struct departure *how, int *os_error)
{
    struct open_path *o = find(s, how->path);
    if (how->path == 0 || o == NULL) {
        *os_error = EBADF;
        return UDP_FAILED;
    }
    enum udp_sent sent = udp_send(o->udp, datagram, &how->to, &how->from, how->ecn);
    *os_error = sent == UDP_SENT ? 0 : udp_error(o->udp);
    return sent;
}

bool
sockets_receive(struct sockets *s, struct view *datagram, struct arrival *how)
{
    struct udp_arrival from;
    for (size_t i = 0; i < ROSTER_SLOTS; i++) {
        struct open_path *o = &s->open[i];
        if (o->path == 0 || !udp_receive(o->udp, datagram, &from))
            continue;
        *how = (struct arrival){
            .path = o->path, .from = from.from, .to = from.to, .ecn = from.ecn, .at_ms = from.at_ms
        };
        return true;
    }
    return false;
}
