/* What the launcher waits for: the line with the port and the key. */
#ifndef SKUA_ENDPOINTS_SERVER_ANNOUNCE_H
#define SKUA_ENDPOINTS_SERVER_ANNOUNCE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "rim/fail.h"

/*
 * Print "MOSH CONNECT port key" to the standard output, whole, once, and past the buffers of stdio, which
 * would keep the key.
 *
 * on_terminal  it gets a line of its own, whatever is typed ahead
 * key          as text; wiping it is the caller's
 * Returns      SKUA_ERR_SYSTEM if nobody takes it
 * Source       docs/PROTOCOL.md, "Launch"
 */
enum skua_err announce(bool on_terminal, uint16_t port, const char *key, struct fail *why);

#endif
