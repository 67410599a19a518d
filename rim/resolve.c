/*
 * Numbers only, and so without getaddrinfo(): a statically linked server would bring along all that looks
 * names up.
 */
#include "rim/resolve.h"

#include <arpa/inet.h>
#include <inttypes.h>
#include <net/if.h>
#include <netinet/in.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

#include "rim/sockaddr.h"

/* The interface's name or its number; 0: neither. */
static uint32_t
parse_scope(const char *text)
{
    uint32_t index = if_nametoindex(text);
    if (index != 0)
        return index;
    if (text[0] == '\0' || strlen(text) > 9 || text[strspn(text, "0123456789")] != '\0')
        return 0;
    return (uint32_t)strtoul(text, NULL, 10);
}

static bool
parse_v6(const char *text, struct sockaddr_in6 *out)
{
    char digits[INET6_ADDRSTRLEN];
    const char *percent = strchr(text, '%');
    size_t len = percent != NULL ? (size_t)(percent - text) : strlen(text);
    if (len >= sizeof digits)
        return false;
    memcpy(digits, text, len);
    digits[len] = '\0';
    *out = (struct sockaddr_in6){ .sin6_family = AF_INET6 };
    if (inet_pton(AF_INET6, digits, &out->sin6_addr) != 1)
        return false;
    if (percent == NULL)
        return true;
    out->sin6_scope_id = parse_scope(percent + 1);
    return out->sin6_scope_id != 0;
}

enum skua_err
resolve_numeric(const char *text, uint16_t port, struct addr *out)
{
    struct sockaddr_in v4 = { .sin_family = AF_INET };
    struct sockaddr_in6 v6;
    struct addr a;
    bool fits;
    if (inet_pton(AF_INET, text, &v4.sin_addr) == 1)
        fits = sockaddr_fold((struct sockaddr *)&v4, sizeof v4, &a);
    else
        fits = parse_v6(text, &v6) && sockaddr_fold((struct sockaddr *)&v6, sizeof v6, &a);
    if (!fits)
        return SKUA_ERR_MALFORMED;
    resolve_set_port(&a, port);
    *out = a;
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

/* Of an interface that is gone only the number is left. */
static void
add_scope(uint32_t scope, char out[RESOLVE_TEXT_BYTES])
{
    char name[IF_NAMESIZE];
    size_t len = strlen(out);
    if (if_indextoname(scope, name) == NULL)
        snprintf(name, sizeof name, "%" PRIu32, scope);
    snprintf(out + len, RESOLVE_TEXT_BYTES - len, "%%%s", name);
}

void
resolve_text(const struct addr *a, char out[RESOLVE_TEXT_BYTES])
{
    out[0] = '\0';
    struct sockaddr_any any;
    if (!sockaddr_unfold(a, sockaddr_family(a), &any))
        return;
    if (any.storage.ss_family == AF_INET) {
        struct sockaddr_in v4;
        memcpy(&v4, &any.storage, sizeof v4);
        (void)inet_ntop(AF_INET, &v4.sin_addr, out, RESOLVE_TEXT_BYTES);
        return;
    }
    struct sockaddr_in6 v6;
    memcpy(&v6, &any.storage, sizeof v6);
    (void)inet_ntop(AF_INET6, &v6.sin6_addr, out, RESOLVE_TEXT_BYTES);
    if (v6.sin6_scope_id != 0)
        add_scope(v6.sin6_scope_id, out);
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
