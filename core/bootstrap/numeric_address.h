/*
 * IP addresses as text: told apart from names without asking a resolver.
 */
#ifndef SKUA_BOOTSTRAP_NUMERIC_ADDRESS_H
#define SKUA_BOOTSTRAP_NUMERIC_ADDRESS_H

#include "base/err.h"
#include "base/view.h"

/* 45 for the longest IPv6 form (RFC 4291 §2.2 (3)), '%', and an interface name of 15. */
#define NUMERIC_ADDRESS_MAX 61

enum numeric_address_family {
    NUMERIC_ADDRESS_INET,
    NUMERIC_ADDRESS_INET6,
};

struct numeric_address {
    enum numeric_address_family family;
    char
        text[NUMERIC_ADDRESS_MAX + 1]; /* IPv4-mapped IPv6 is folded to the IPv4 form; scope kept */
};

/*
 * Parse a whole view as an address: dotted decimal without leading zeroes, or RFC 4291 §2.2 with an
 * optional RFC 4007 §11 scope ("%eth0") of letters, digits, '.', '_' and '-'.
 *
 * Returns  SKUA_OK, or SKUA_ERR_MALFORMED; *out is written only on success.
 */
enum skua_err numeric_address_parse(struct view text, struct numeric_address *out);

/* Whether the address is one of this host itself: 127.0.0.0/8 or ::1. */
bool numeric_address_is_loopback(const struct numeric_address *address);

#endif
