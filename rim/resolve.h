/*
 * Numbers of hosts to addresses and back; rim/lookup.h has names. Addresses are folded: rim/udp.h.
 */
#ifndef SKUA_RIM_RESOLVE_H
#define SKUA_RIM_RESOLVE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/addr.h"
#include "base/err.h"

/* "[" address "%" interface "]:" port, and its NUL, fit. */
#define RESOLVE_TEXT_BYTES 80

enum resolve_family {
    RESOLVE_ANY,
    RESOLVE_INET,
    RESOLVE_INET6,
};

/*
 * A numeric address, IPv4 or IPv6; "%eth0" or "%2" after a link-local one is its scope. Names are
 * refused. Returns SKUA_ERR_MALFORMED for anything else; *out is written only on success.
 */
enum skua_err resolve_numeric(const char *text, uint16_t port, struct addr *out);

/* Which family an address is of; RESOLVE_ANY for none. */
enum resolve_family resolve_family_of(const struct addr *a);

/*
 * The numeric text without the port, scope included: "192.0.2.1", "fe80::1%eth0"; "" for no
 * address.
 */
void resolve_text(const struct addr *a, char out[RESOLVE_TEXT_BYTES]);

/* The port; 0 for no address. */
uint16_t resolve_port(const struct addr *a);

/* Change the port; nothing happens to no address. */
void resolve_set_port(struct addr *a, uint16_t port);

/* 127.0.0.0/8 or ::1. */
bool resolve_is_loopback(const struct addr *a);

#endif
