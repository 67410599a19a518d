/* One call for either kind. */
#include "host_end.h"

#include "term/display/project.h"

void
host_end_fini(struct host_end *e)
{
    server_session_free(e->session);
    stock_server_free(e->stock);
}

void
host_end_receive(struct host_end *e, struct view datagram, const struct arrival *how,
                 uint64_t now_ms)
{
    if (e->stock != NULL)
        stock_server_receive(e->stock, datagram, how, now_ms);
    else
        (void)server_session_receive(e->session, 0, datagram, how, now_ms);
}

void
host_end_pty_output(struct host_end *e, struct view bytes, uint64_t now_ms)
{
    if (e->stock != NULL)
        stock_server_pty_output(e->stock, bytes, now_ms);
    else
        server_session_pty_output(e->session, bytes, now_ms);
}

struct buf *
host_end_pty_input(struct host_end *e)
{
    return e->stock != NULL ? stock_server_pty_input(e->stock)
                            : server_session_pty_input(e->session);
}

void
host_end_note_tty(struct host_end *e, const struct hints *tty)
{
    if (e->session != NULL)
        server_session_note_tty(e->session, tty);
}

void
host_end_tick(struct host_end *e, uint64_t now_ms)
{
    if (e->stock != NULL)
        stock_server_tick(e->stock, now_ms);
    else
        server_session_tick(e->session, now_ms);
}

bool
host_end_next_datagram(struct host_end *e, struct buf *out, struct departure *how, uint64_t now_ms)
{
    return e->stock != NULL ? stock_server_next_datagram(e->stock, out, how, now_ms)
                            : server_session_next_datagram(e->session, 0, out, how, now_ms);
}

uint64_t
host_end_deadline_ms(struct host_end *e, uint64_t now_ms)
{
    return e->stock != NULL ? stock_server_deadline_ms(e->stock, now_ms)
                            : server_session_deadline_ms(e->session, now_ms);
}

void
host_end_shutdown(struct host_end *e, uint64_t now_ms)
{
    if (e->stock != NULL)
        stock_server_shutdown(e->stock, now_ms);
    else
        server_session_shutdown(e->session, now_ms);
}

bool
host_end_has_client(const struct host_end *e)
{
    return e->stock != NULL ? stock_server_has_client(e->stock)
                            : server_session_has_client(e->session);
}

static bool
is_skua(struct host_end *e)
{
    struct attachment *a = e->session != NULL ? server_session_attachment(e->session, 0) : NULL;
    return a != NULL && attachment_is_skua(a);
}

struct screen *
host_end_snapshot(struct host_end *e, uint64_t now_ms)
{
    struct screen *s = e->stock != NULL ? stock_server_snapshot(e->stock, now_ms)
                                        : server_session_snapshot(e->session, now_ms);
    struct screen *projected = screen_project(s, is_skua(e) ? &caps_skua : &caps_stock);
    screen_unref(s);
    return projected;
}
