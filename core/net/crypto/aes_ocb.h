/*
 * AES-128-OCB3 with 96-bit nonces and 128-bit tags: never other lengths. Sealing counts blocks,
 * because OCB's promises weaken with the amount sealed under one key.
 */
#ifndef SKUA_NET_CRYPTO_AES_OCB_H
#define SKUA_NET_CRYPTO_AES_OCB_H

#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/view.h"
#include "net/crypto/key.h"

#define AES_OCB_NONCE_BYTES 12
#define AES_OCB_TAG_BYTES   16
#define AES_OCB_BLOCK_BYTES 16

/* Per side: both ends seal under one key, and RFC 7253 §5 allows 2^48 blocks together. */
#define AES_OCB_BLOCKS_MAX (UINT64_C(1) << 47)

struct aes_ocb;

struct aes_ocb_nonce {
    uint8_t bytes[AES_OCB_NONCE_BYTES];
};

struct aes_ocb_tag {
    uint8_t bytes[AES_OCB_TAG_BYTES];
};

/*
 * A cipher with this key, in locked memory. The key is not kept elsewhere; wipe yours.
 *
 * Returns  NULL if the library refuses: crypto_start() did not run, or its pool is full.
 */
struct aes_ocb *aes_ocb_new(const struct key *key);

/* Wipes and ends it. NULL is fine. */
void aes_ocb_free(struct aes_ocb *ocb);

/*
 * Encrypt len bytes in place and write the tag. No nonce may be used twice with one key.
 *
 * ad       Authenticated, not encrypted; normally empty.
 * Returns  SKUA_OK; SKUA_ERR_EXHAUSTED if fewer blocks are left than this takes (nothing changed);
 *          SKUA_ERR_SYSTEM if the library refused, bytes and tag are wiped then.
 * Source   RFC 7253 §4.2; docs/PROTOCOL.md, "Packets".
 */
enum skua_err aes_ocb_seal(struct aes_ocb *ocb, const struct aes_ocb_nonce *nonce, struct view ad,
                           uint8_t *bytes, size_t len, struct aes_ocb_tag *tag);

/*
 * Decrypt len bytes in place if the tag fits; wipe them if it does not. The tags are compared in
 * constant time.
 *
 * Returns  SKUA_OK, or SKUA_ERR_FORGED, or SKUA_ERR_SYSTEM if the library refused.
 * Source   RFC 7253 §4.3.
 */
enum skua_err aes_ocb_open(struct aes_ocb *ocb, const struct aes_ocb_nonce *nonce, struct view ad,
                           uint8_t *bytes, size_t len, const struct aes_ocb_tag *tag);

/* Blocks sealed so far; those of opened messages do not count. */
uint64_t aes_ocb_blocks_sealed(const struct aes_ocb *ocb);

/* Count blocks that were sealed under this key elsewhere: before a resume, or by another cipher. */
void aes_ocb_count_blocks(struct aes_ocb *ocb, uint64_t blocks);

#endif
