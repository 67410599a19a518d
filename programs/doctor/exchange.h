/*
 * Datagrams there and back: how many come, how fast, and how large they may be.
 */
#ifndef SKUA_PROGRAMS_DOCTOR_EXCHANGE_H
#define SKUA_PROGRAMS_DOCTOR_EXCHANGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "net/crypto/key.h"
#include "rim/fail.h"

/* The small ones, whose loss is counted; the far end counts those that are no larger. */
#define EXCHANGE_SMALL_BYTES 100
#define EXCHANGE_SMALL_COUNT 40

struct exchange {
    unsigned sent, back;     /* of the small ones */
    int send_error;          /* errno if the system refused to send; 0: none */
    double best_ms, mean_ms; /* round trips; 0 if nothing came back */
    bool is_inet6;
    size_t mtu_bytes; /* of an IP packet that still passes both ways; 0: not known */
    bool is_capped;   /* the path may take more than was tried */
};

/*
 * Exchange probes with `skua-server probe`. Takes about three seconds.
 *
 * address  numeric
 * Returns  SKUA_OK with *out, or SKUA_ERR_SYSTEM with *why if there is no socket
 */
enum skua_err exchange_run(const char *address, uint16_t port, const struct key *key,
                           struct exchange *out, struct fail *why);

#endif
