/* Names of hosts to addresses, by the system's resolver. Addresses are folded: rim/udp.h. */
#ifndef SKUA_RIM_LOOKUP_H
#define SKUA_RIM_LOOKUP_H

#include <stddef.h>
#include <stdint.h>

#include "base/addr.h"
#include "rim/fail.h"
#include "rim/resolve.h"

/* More addresses of one name than anybody tries. */
#define LOOKUP_MAX 32

/* Addresses of a name, in the resolver's order. */
struct lookup_list {
    struct addr addresses[LOOKUP_MAX];
    size_t count;
};

/*
 * Look a name (or number) up for TCP; asks the network and waits for the answer. The canonical name
 * is found first and looked up again, so that an alias that turns round several machines stays on
 * one.
 *
 * Returns SKUA_ERR_SYSTEM, with the host and the resolver's reason in *why; *out then is empty.
 */
enum skua_err lookup_name(const char *host, enum resolve_family family, uint16_t port,
                          struct lookup_list *out, struct fail *why);

#endif
