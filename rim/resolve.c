/* getaddrinfo() and getnameinfo() behind folded addresses. */
#include "rim/resolve.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netdb.h>
#include <netinet/in.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>

#include "rim/sockaddr.h"

static int
system_family(enum resolve_family family)
{
    switch (family) {
    case RESOLVE_INET: return AF_INET;
    case RESOLVE_INET6: return AF_INET6;
    case RESOLVE_ANY: break;
    }
    return AF_UNSPEC;
}

enum skua_err
resolve_numeric(const char *text, uint16_t port, struct addr *out)
{
    /* inet_pton() first: getaddrinfo() also takes "1", "0x7f.1" and the like. */
    struct in_addr v4;
    if (strchr(text, ':') == NULL && inet_pton(AF_INET, text, &v4) != 1)
        return SKUA_ERR_MALFORMED;
    struct addrinfo hints = {
        .ai_family = AF_UNSPEC,
        .ai_socktype = SOCK_DGRAM,
        .ai_flags = AI_NUMERICHOST | AI_NUMERICSERV,
    };
    struct addrinfo *found = NULL;
    if (getaddrinfo(text, "0", &hints, &found) != 0 || found == NULL)
        return SKUA_ERR_MALFORMED;
    struct addr a;
    bool fits = sockaddr_fold(found->ai_addr, found->ai_addrlen, &a);
    freeaddrinfo(found);
    if (!fits)
        return SKUA_ERR_MALFORMED;
    resolve_set_port(&a, port);
    *out = a;
    return SKUA_OK;
}

static enum skua_err
fail_lookup(struct fail *why, int code, const char *host)
{
    if (code == EAI_SYSTEM)
        return fail_set(why, SKUA_ERR_SYSTEM, errno, "look up %s", host);
    return fail_set(why, SKUA_ERR_SYSTEM, 0, "look up %s: %s", host, gai_strerror(code));
}

static void
take_all(const struct addrinfo *found, uint16_t port, struct resolve_list *out)
{
    for (; found != NULL && out->count < RESOLVE_MAX; found = found->ai_next) {
        struct addr *a = &out->addresses[out->count];
        if (!sockaddr_fold(found->ai_addr, found->ai_addrlen, a))
            continue;
        resolve_set_port(a, port);
        out->count++;
    }
}

enum skua_err
resolve_name(const char *host, enum resolve_family family, uint16_t port, struct resolve_list *out,
             struct fail *why)
{
    *out = (struct resolve_list){ 0 };
    struct addrinfo hints = {
        .ai_family = system_family(family),
        .ai_socktype = SOCK_STREAM,
        .ai_flags = AI_CANONNAME,
    };
    struct addrinfo *first = NULL;
    int code = getaddrinfo(host, NULL, &hints, &first);
    if (code != 0)
        return fail_lookup(why, code, host);

    hints.ai_flags = 0;
    struct addrinfo *second = NULL;
    if (first->ai_canonname != NULL && strcmp(first->ai_canonname, host) != 0 &&
        getaddrinfo(first->ai_canonname, NULL, &hints, &second) == 0)
        take_all(second, port, out);
    else
        take_all(first, port, out);
    if (second != NULL)
        freeaddrinfo(second);
    freeaddrinfo(first);
    if (out->count == 0)
        return fail_set(why, SKUA_ERR_SYSTEM, 0, "look up %s: no address", host);
    return SKUA_OK;
}

enum resolve_family
resolve_family_of(const struct addr *a)
{
    switch (sockaddr_family(a)) {
    case AF_INET: return RESOLVE_INET;
    case AF_INET6: return RESOLVE_INET6;
    default: return RESOLVE_ANY;
    }
}

void
resolve_text(const struct addr *a, char out[RESOLVE_TEXT_BYTES])
{
    out[0] = '\0';
    struct sockaddr_any any;
    if (!sockaddr_unfold(a, sockaddr_family(a), &any))
        return;
    if (getnameinfo((struct sockaddr *)&any.storage, any.len, out, RESOLVE_TEXT_BYTES, NULL, 0,
                    NI_NUMERICHOST) != 0)
        out[0] = '\0';
}

/* Where the port lies: the same place in both families. */
#define PORT_AT offsetof(struct sockaddr_in, sin_port)
_Static_assert(PORT_AT == offsetof(struct sockaddr_in6, sin6_port), "one place for the port");

uint16_t
resolve_port(const struct addr *a)
{
    if (!addr_is_set(a))
        return 0;
    in_port_t port;
    memcpy(&port, a->bytes + PORT_AT, sizeof port);
    return ntohs(port);
}

void
resolve_set_port(struct addr *a, uint16_t port)
{
    if (!addr_is_set(a))
        return;
    in_port_t value = htons(port);
    memcpy(a->bytes + PORT_AT, &value, sizeof value);
}

bool
resolve_is_loopback(const struct addr *a)
{
    struct sockaddr_any any;
    if (!sockaddr_unfold(a, AF_INET6, &any))
        return false;
    struct sockaddr_in6 v6;
    memcpy(&v6, &any.storage, sizeof v6);
    if (IN6_IS_ADDR_V4MAPPED(&v6.sin6_addr))
        return v6.sin6_addr.s6_addr[12] == 127;
    return IN6_IS_ADDR_LOOPBACK(&v6.sin6_addr);
}
