/*
 * ssh resolves no name and makes no connection when it has a ProxyCommand: this does both. The address goes
 * to standard error, which ssh hands down to us, and so arrives where the launcher reads.
 */
#include "proxy.h"

#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "addresses.h"
#include "bootstrap/host_name.h"
#include "rim/relay.h"
#include "rim/signals.h"

#define EXIT_LAUNCHER 255

/* 1..65535; 0 for anything else. */
static uint16_t
tcp_port(const char *text)
{
    size_t len = strspn(text, "0123456789");
    unsigned long value = len == 0 || len > 5 || text[len] != '\0' ? 0 : strtoul(text, NULL, 10);

    return value <= UINT16_MAX ? (uint16_t)value : 0;
}

/* Try each address in turn. Returns SKUA_OK with the socket and which it was. */
static enum skua_err
connect_to(const char *host, const struct lookup_list *list, int *socket, struct addr *to,
           struct fail *why)
{
    enum skua_err err = SKUA_ERR_SYSTEM;

    for (size_t i = 0; i < list->count; i++) {
        err = relay_connect(&list->addresses[i], socket, why);
        if (err == SKUA_OK) {
            *to = list->addresses[i];
            return SKUA_OK;
        }
    }
    fail_context(why, "cannot connect to %.200s", host);
    return err;
}

/* ssh sets these on connections that it makes itself, and cannot on ours. */
static void
tune(int socket)
{
    const int on = 1;

    setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    setsockopt(socket, SOL_SOCKET, SO_KEEPALIVE, &on, sizeof on);
}

static void
tell_address(const struct addr *to)
{
    const char *token = getenv(PROXY_TOKEN_VARIABLE);
    char text[RESOLVE_TEXT_BYTES], line[RESOLVE_TEXT_BYTES + PROXY_TOKEN_CHARS + 16];

    resolve_text(to, text);
    int len = snprintf(line, sizeof line, "MOSH IP %s %.*s\n", text, PROXY_TOKEN_CHARS,
                       token == NULL ? "" : token);
    /* One write: ssh's own words on the same pipe must not come between. */
    if (len > 0 && write(STDERR_FILENO, line, (size_t)len) < 0)
        return; /* nobody listens any more; ssh will end us */
}

static void
print_addresses(const struct lookup_list *list)
{
    for (size_t i = 0; i < list->count; i++) {
        char text[RESOLVE_TEXT_BYTES];
        resolve_text(&list->addresses[i], text);
        puts(text);
    }
}

int
proxy_run(const struct options *o, struct fail *why)
{
    struct view user, host;
    struct lookup_list list;
    struct addr to;
    int socket;

    if (o->host == NULL || o->words_count > 1 ||
        host_name_split(view_of_text(o->host), &user, &host) != SKUA_OK || user.len != 0) {
        fail_set(why, SKUA_ERR_MALFORMED, 0,
                 "--fake-proxy is for ssh to use: give a host and a port");
        return EXIT_LAUNCHER;
    }
    uint16_t port = o->words_count == 0 ? 0 : tcp_port(o->words[0]);
    if (o->words_count != 0 && port == 0) {
        fail_set(why, SKUA_ERR_MALFORMED, 0, "'%.40s' is no TCP port", o->words[0]);
        return EXIT_LAUNCHER;
    }
    if (addresses_find(o->host, port, &o->family, &list, why) != SKUA_OK)
        return EXIT_LAUNCHER;
    if (port == 0) {
        print_addresses(&list);
        return 0;
    }
    signals_ignore(SIGHUP);
    signals_ignore(SIGPIPE);
    if (connect_to(o->host, &list, &socket, &to, why) != SKUA_OK)
        return EXIT_LAUNCHER;
    tune(socket);
    tell_address(&to);
    enum skua_err err = relay_run(STDIN_FILENO, STDOUT_FILENO, socket, why);
    close(socket);
    return err == SKUA_OK ? 0 : EXIT_LAUNCHER;
}
