/* Told when something changes and not before: an idle session wakes for nobody. */
#include "endpoints/server/whereabouts.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "rim/clock.h"
#include "rim/log.h"
#include "rim/resolve.h"

/* Without a word for so long a client counts as silent. docs/PROTOCOL.md. */
#define SILENCE_MS 30000

#define UTMP_HOST_BYTES 128

static void
publish(struct whereabouts *w)
{
    struct buf text;
    buf_init(&text, PRESENCE_MAX_BYTES);
    presence_put(&text, &w->presence);
    registry_write(w->registry, buf_view(&text));
    buf_fini(&text);
}

void
whereabouts_open(struct whereabouts *w, const struct pty *p)
{
    char host[UTMP_HOST_BYTES];
    snprintf(host, sizeof host, "mosh [%ld]", (long)getpid());
    (void)utmp_open(p, host, &w->utmp, NULL);
}

static void
join_words(char *const *words, char out[PRESENCE_TEXT_BYTES])
{
    size_t len = 0;
    out[0] = '\0';
    for (; words != NULL && *words != NULL && len < PRESENCE_TEXT_BYTES; words++) {
        int put =
            snprintf(out + len, PRESENCE_TEXT_BYTES - len, "%s%s", len > 0 ? " " : "", *words);
        len += put > 0 ? (size_t)put : 0;
    }
}

void
whereabouts_enter(struct whereabouts *w, const struct pty *p, uint16_t port, char *const *command,
                  struct audit *audit)
{
    struct fail why = { 0 };
    w->audit = audit;
    w->presence = (struct presence){ .state = PRESENCE_WAITING,
                                     .began_s = clock_read().wall_ms / 1000,
                                     .port = port };
    snprintf(w->presence.terminal, sizeof w->presence.terminal, "%s", pty_path(p));
    join_words(command, w->presence.command);
    if (registry_enter(&w->registry, &why) != SKUA_OK)
        log_linef(LOG_INFO, "not in `skua-server list`: %s", why.text);
    publish(w);
}

static void
tell_near(struct whereabouts *w, uint64_t now_ms)
{
    char host[UTMP_HOST_BYTES], address[RESOLVE_TEXT_BYTES];
    resolve_text(&w->peer, address);
    snprintf(host, sizeof host, "%s via mosh [%ld]", address, (long)getpid());
    audit_linef(w->audit, now_ms, "client at %s", address);
    utmp_set_host(w->utmp, host);
    snprintf(w->presence.client, sizeof w->presence.client, "%s", address);
    w->presence.state = PRESENCE_ATTACHED;
}

static void
tell_silent(struct whereabouts *w, uint64_t now_ms)
{
    char host[UTMP_HOST_BYTES];
    snprintf(host, sizeof host, "mosh [%ld]", (long)getpid());
    audit_linef(w->audit, now_ms, "client is silent or gone");
    utmp_set_host(w->utmp, host);
    w->presence.state = PRESENCE_SILENT;
}

void
whereabouts_note(struct whereabouts *w, const struct attachment *a, uint64_t now_ms)
{
    bool has_client = a != NULL && attachment_has_client(a);
    uint64_t silent_ms = has_client ? now_ms - attachment_heard_ms(a) : 0;
    bool is_near = has_client && addr_is_set(attachment_peer(a)) && silent_ms < SILENCE_MS;
    const struct addr peer = is_near ? *attachment_peer(a) : (struct addr){ 0 };
    if (is_near == w->is_near && addr_equal(&peer, &w->peer))
        return;
    w->is_near = is_near;
    w->peer = peer;
    w->presence.heard_s = (clock_read().wall_ms - (int64_t)silent_ms) / 1000;
    if (is_near)
        tell_near(w, now_ms);
    else
        tell_silent(w, now_ms);
    publish(w);
}

void
whereabouts_close(struct whereabouts *w)
{
    registry_leave(w->registry);
    utmp_close(w->utmp);
    *w = (struct whereabouts){ 0 };
}
