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
#include "progress.h"
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
connect_to(const char *host, const struct lookup_list *list, struct progress *progress, int *socket,
           struct addr *to, struct fail *why)
{
    enum skua_err err = SKUA_ERR_SYSTEM;

    for (size_t i = 0; i < list->count; i++) {
        char text[RESOLVE_TEXT_BYTES];
        resolve_text(&list->addresses[i], text);
        progress_say(progress, "connecting to %s at %s port %u", host, text,
                     (unsigned)resolve_port(&list->addresses[i]));
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

/* Tell the launcher. One write: ssh's own words on the same pipe must not come between. */
static void
tell(const char *address)
{
    const char *token = getenv(PROXY_TOKEN_VARIABLE);
    char line[RESOLVE_TEXT_BYTES + PROXY_TOKEN_CHARS + 16];

    int len = snprintf(line, sizeof line, "MOSH IP %s %.*s\n", address, PROXY_TOKEN_CHARS,
                       token == NULL ? "" : token);
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

/* Put a question behind what went wrong. */
static void
advise(struct fail *why, const char *question)
{
    char text[FAIL_TEXT_BYTES];

    snprintf(text, sizeof text, "%s", why->text);
    fail_set(why, why->code, 0, "%s; %s", text, question);
}

/* Find o->host and connect to it. Returns SKUA_OK with the socket and which address it was. */
static enum skua_err
reach(const struct options *o, uint16_t port, int *socket, struct addr *to, struct fail *why)
{
    struct lookup_list list;
    struct progress progress;

    /* ssh asks for nothing before it is connected, so until then the terminal is ours. */
    progress_open(&progress, o->label);
    progress_say(&progress, "looking up %s", o->host);
    enum skua_err err = addresses_find(o->host, port, &o->family, &list, why);
    if (err != SKUA_OK) {
        progress_close(&progress);
        advise(why, "is the name right, and is this machine online?");
        return err;
    }
    err = connect_to(o->host, &list, &progress, socket, to, why);
    progress_close(&progress);
    if (err != SKUA_OK && why->os_error == ECONNREFUSED)
        advise(why, "does sshd run there, and on that port?");
    else if (err != SKUA_OK)
        advise(why, "is that its address, and is there a way to it from here?");
    return err;
}

/* Say it at once, and then to the launcher that nothing else needs to be said. */
static int
fail(const struct options *o, struct fail *why)
{
    fprintf(stderr, "%s: %s\n", o->label, why->text);
    fflush(stderr);
    if (getenv(PROXY_TOKEN_VARIABLE) != NULL)
        tell("none");
    *why = (struct fail){ 0 };
    return EXIT_LAUNCHER;
}

int
proxy_run(const struct options *o, struct fail *why)
{
    struct view user, host;
    struct lookup_list list;
    struct addr to;
    char text[RESOLVE_TEXT_BYTES];
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
    if (port == 0) {
        if (addresses_find(o->host, 0, &o->family, &list, why) != SKUA_OK)
            return EXIT_LAUNCHER;
        print_addresses(&list);
        return 0;
    }
    if (reach(o, port, &socket, &to, why) != SKUA_OK)
        return fail(o, why);
    signals_ignore(SIGHUP);
    signals_ignore(SIGPIPE);
    tune(socket);
    resolve_text(&to, text);
    tell(text);
    enum skua_err err = relay_run(STDIN_FILENO, STDOUT_FILENO, socket, why);
    close(socket);
    return err == SKUA_OK ? 0 : EXIT_LAUNCHER;
}
