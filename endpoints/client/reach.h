/*
 * Whether a server is heard, without a terminal: a session that ends when the first answer has come.
 */
#ifndef SKUA_ENDPOINTS_CLIENT_REACH_H
#define SKUA_ENDPOINTS_CLIENT_REACH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "net/crypto/key.h"
#include "rim/fail.h"

/*
 * Make contact with a server of Mosh or Skua, and end the session.
 *
 * addresses  numeric, best first; at most CLIENT_ADDRESSES_MAX count
 * wait_ms    how long it may stay silent
 * heard      whether anything authentic came from it
 * Returns    SKUA_OK with *heard, or an error with *why if it could not be tried. After crypto_start().
 */
enum skua_err reach_server(const char *const *addresses, size_t count, uint16_t port,
                           const struct key *key, uint64_t wait_ms, bool *heard, struct fail *why);

#endif
