/* Folding and unfolding of socket addresses. */
#include "rim/sockaddr.h"

#include <netinet/in.h>
#include <string.h>

_Static_assert(sizeof(struct sockaddr_in6) <= ADDR_MAX_BYTES, "an address fits");

static void
fold_v4(struct in_addr address, in_port_t port, struct addr *out)
{
    struct sockaddr_in v4 = { .sin_family = AF_INET, .sin_port = port, .sin_addr = address };
    *out = (struct addr){ .len = sizeof v4 };
    memcpy(out->bytes, &v4, sizeof v4);
}

static void
fold_v6(const struct sockaddr_in6 *from, struct addr *out)
{
    if (IN6_IS_ADDR_V4MAPPED(&from->sin6_addr)) {
        struct in_addr v4;
        memcpy(&v4, &from->sin6_addr.s6_addr[12], sizeof v4);
        fold_v4(v4, from->sin6_port, out);
        return;
    }
    struct sockaddr_in6 v6 = {
        .sin6_family = AF_INET6,
        .sin6_port = from->sin6_port,
        .sin6_addr = from->sin6_addr,
        .sin6_scope_id = IN6_IS_ADDR_LINKLOCAL(&from->sin6_addr) ? from->sin6_scope_id : 0,
    };
    *out = (struct addr){ .len = sizeof v6 };
    memcpy(out->bytes, &v6, sizeof v6);
}

bool
sockaddr_fold(const struct sockaddr *from, socklen_t len, struct addr *out)
{
    *out = (struct addr){ 0 };
    if (len >= sizeof(struct sockaddr_in) && from->sa_family == AF_INET) {
        struct sockaddr_in v4;
        memcpy(&v4, from, sizeof v4);
        fold_v4(v4.sin_addr, v4.sin_port, out);
        return true;
    }
    if (len >= sizeof(struct sockaddr_in6) && from->sa_family == AF_INET6) {
        struct sockaddr_in6 v6;
        memcpy(&v6, from, sizeof v6);
        fold_v6(&v6, out);
        return true;
    }
    return false;
}

int
sockaddr_family(const struct addr *a)
{
    if (a->len == sizeof(struct sockaddr_in))
        return AF_INET;
    if (a->len == sizeof(struct sockaddr_in6))
        return AF_INET6;
    return AF_UNSPEC;
}

bool
sockaddr_unfold(const struct addr *from, int family, struct sockaddr_any *out)
{
    int have = sockaddr_family(from);
    if (have == AF_UNSPEC || (have == AF_INET6 && family == AF_INET))
        return false;
    *out = (struct sockaddr_any){ 0 };
    if (have == family) {
        out->len = from->len;
        memcpy(&out->storage, from->bytes, from->len);
        return true;
    }
    struct sockaddr_in v4;
    memcpy(&v4, from->bytes, sizeof v4);
    struct sockaddr_in6 v6 = { .sin6_family = AF_INET6, .sin6_port = v4.sin_port };
    v6.sin6_addr.s6_addr[10] = v6.sin6_addr.s6_addr[11] = 0xff;
    memcpy(&v6.sin6_addr.s6_addr[12], &v4.sin_addr, sizeof v4.sin_addr);
    out->len = sizeof v6;
    memcpy(&out->storage, &v6, sizeof v6);
    return true;
}
