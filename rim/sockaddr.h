/*
 * Between struct addr and what the socket calls take. Folding: an IPv4 address mapped into IPv6 is
 * an IPv4 struct addr everywhere; only calls on a dual-stack socket see the mapped form.
 */
#ifndef SKUA_RIM_SOCKADDR_H
#define SKUA_RIM_SOCKADDR_H

#include <stdbool.h>
#include <sys/socket.h>

#include "base/addr.h"

/* A socket address with room for either family. */
struct sockaddr_any {
    socklen_t len;
    struct sockaddr_storage storage;
};

/*
 * Fold a socket address: mapped IPv4 becomes IPv4, flow labels and padding become zero, a scope id
 * stays only where it means something. Returns false, *out unset, for other families or a short
 * length.
 */
bool sockaddr_fold(const struct sockaddr *from, socklen_t len, struct addr *out);

/*
 * Unfold for a socket of that family: IPv4 is mapped for AF_INET6. Returns false if the family
 * cannot reach it.
 */
bool sockaddr_unfold(const struct addr *from, int family, struct sockaddr_any *out);

/* AF_INET, AF_INET6, or AF_UNSPEC for no address. */
int sockaddr_family(const struct addr *a);

#endif
