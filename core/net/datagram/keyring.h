/* The keys of a link, and what keeps their nonces unique in both directions. The last one seals. */
#ifndef SKUA_NET_DATAGRAM_KEYRING_H
#define SKUA_NET_DATAGRAM_KEYRING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/view.h"
#include "net/crypto/aes_ocb.h"
#include "net/crypto/key.h"
#include "net/datagram/packet.h"
#include "net/datagram/replay.h"

#define KEYRING_MAX 3 /* keys tried for one datagram, ever */

struct keyring_key {
    struct aes_ocb *ocb;
    struct replay replay;
    uint64_t next_sequence;
};

struct keyring {
    struct keyring_key key[KEYRING_MAX];
    size_t count;
};

/* One key, no packet seen or sealed. False if the crypto library refuses: nothing is to be ended then. */
bool keyring_init(struct keyring *k, const struct key *key);
void keyring_fini(struct keyring *k);

/*
 * Open a datagram that claims this sequence with the first key that fits, newest first.
 *
 * newest   Written on success: nothing newer was opened before, under the newest key.
 * Returns  SKUA_OK; SKUA_ERR_REPLAYED if no key has not seen it; else what packet_open() says.
 */
enum skua_err keyring_open(struct keyring *k, struct view datagram, uint64_t sequence,
                           struct buf *scratch, struct packet *packet, bool *newest);

/*
 * Use up a sequence number, written to packet, then seal: a number whose sealing failed is not tried again.
 * Returns SKUA_ERR_EXHAUSTED when there is none left, else what packet_seal() says.
 */
enum skua_err keyring_seal(struct keyring *k, struct packet *packet, struct buf *out);

/* Never use the next so many sequence numbers. */
void keyring_skip(struct keyring *k, uint64_t count);

#endif
