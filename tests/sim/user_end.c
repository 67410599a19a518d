/* One call for either kind. */
#include "user_end.h"

void
user_end_fini(struct user_end *e)
{
    client_session_free(e->session);
    stock_client_free(e->stock);
    buf_fini(&e->painted);
}

void
user_end_receive(struct user_end *e, struct view datagram, const struct arrival *how,
                 uint64_t now_ms)
{
    if (e->stock != NULL)
        stock_client_receive(e->stock, datagram, how, now_ms);
    else
        (void)client_session_receive(e->session, datagram, how, now_ms);
}

void
user_end_type(struct user_end *e, struct view keys, uint64_t now_ms)
{
    if (e->stock != NULL)
        stock_client_type(e->stock, keys, now_ms);
    else
        client_session_type(e->session, keys, now_ms);
}

static void
obey_orders(struct user_end *e, uint64_t now_ms)
{
    struct path_order order;
    while (client_session_next_order(e->session, &order, now_ms)) {
        if (order.what != PATH_ORDER_OPEN)
            continue;
        e->path_is_inet6[order.path % 256] = order.family == PATH_FAMILY_V6;
        client_session_path_event(e->session, order.path, PATH_UP, now_ms);
    }
}

void
user_end_tick(struct user_end *e, uint64_t now_ms)
{
    if (e->stock != NULL) {
        stock_client_tick(e->stock, now_ms);
        return;
    }
    client_session_tick(e->session, now_ms);
    obey_orders(e, now_ms);
    buf_clear(&e->painted);
    (void)client_session_paint(e->session, &e->painted, now_ms);
}

bool
user_end_next_datagram(struct user_end *e, struct buf *out, struct departure *how, uint64_t now_ms)
{
    bool has = e->stock != NULL ? stock_client_next_datagram(e->stock, out, how, now_ms)
                                : client_session_next_datagram(e->session, out, how, now_ms);
    if (has && !how->is_look)
        e->path = how->path;
    else if (!has && e->session != NULL)
        obey_orders(e, now_ms);
    return has;
}

uint64_t
user_end_deadline_ms(struct user_end *e, uint64_t now_ms)
{
    return e->stock != NULL ? stock_client_deadline_ms(e->stock, now_ms)
                            : client_session_deadline_ms(e->session, now_ms);
}

void
user_end_path_event(struct user_end *e, enum path_event what, uint64_t now_ms)
{
    if (e->session != NULL)
        client_session_path_event(e->session, e->path, what, now_ms);
}

const struct screen *
user_end_screen(const struct user_end *e)
{
    return e->stock != NULL ? stock_client_screen(e->stock) : client_session_raw(e->session);
}

struct predict_sync
user_end_sync(const struct user_end *e, uint64_t now_ms)
{
    return e->stock != NULL ? stock_client_sync(e->stock) : client_session_sync(e->session, now_ms);
}

bool
user_end_is_over(const struct user_end *e, uint64_t now_ms)
{
    return e->stock != NULL ? stock_client_is_over(e->stock, now_ms)
                            : client_session_end(e->session, now_ms) == CLIENT_ENDED;
}
