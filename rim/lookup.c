/* getaddrinfo() behind folded addresses. */
#include "rim/lookup.h"

#include <errno.h>
#include <netdb.h>
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

static enum skua_err
fail_lookup(struct fail *why, int code, const char *host)
{
    if (code == EAI_SYSTEM)
        return fail_set(why, SKUA_ERR_SYSTEM, errno, "look up %s", host);
    return fail_set(why, SKUA_ERR_SYSTEM, 0, "look up %s: %s", host, gai_strerror(code));
}

static void
take_all(const struct addrinfo *found, uint16_t port, struct lookup_list *out)
{
    for (; found != NULL && out->count < LOOKUP_MAX; found = found->ai_next) {
        struct addr *a = &out->addresses[out->count];
        if (!sockaddr_fold(found->ai_addr, found->ai_addrlen, a))
            continue;
        resolve_set_port(a, port);
        out->count++;
    }
}

enum skua_err
lookup_name(const char *host, enum resolve_family family, uint16_t port, struct lookup_list *out,
            struct fail *why)
{
    *out = (struct lookup_list){ 0 };
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
