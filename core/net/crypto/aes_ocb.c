/*
 * libgcrypt's OCB mode behind two calls. The handle keeps the expanded key and the offset table
 * in the library's locked pool; nothing of the key stays with us.
 */
#include "net/crypto/aes_ocb.h"

#include <gcrypt.h>
#include <stdlib.h>

#include "base/mem.h"

struct aes_ocb {
    gcry_cipher_hd_t handle;
    uint64_t blocks_sealed;
};

struct aes_ocb *
aes_ocb_new(const struct key *key)
{
    gcry_cipher_hd_t handle;
    if (!gcry_control(GCRYCTL_INITIALIZATION_FINISHED_P) ||
        gcry_cipher_open(&handle, GCRY_CIPHER_AES128, GCRY_CIPHER_MODE_OCB, GCRY_CIPHER_SECURE) !=
            0)
        return NULL;
    int tag_bytes = AES_OCB_TAG_BYTES;
    if (gcry_cipher_ctl(handle, GCRYCTL_SET_TAGLEN, &tag_bytes, sizeof tag_bytes) != 0 ||
        gcry_cipher_setkey(handle, key->bytes, KEY_BYTES) != 0) {
        gcry_cipher_close(handle);
        return NULL;
    }
    struct aes_ocb *ocb = mem_new(1, sizeof *ocb);
    ocb->handle = handle;
    return ocb;
}

void
aes_ocb_free(struct aes_ocb *ocb)
{
    if (ocb == NULL)
        return;
    gcry_cipher_close(ocb->handle);
    free(ocb);
}

static gcry_error_t
start(struct aes_ocb *ocb, const struct aes_ocb_nonce *nonce, struct view ad)
{
    gcry_error_t failed = gcry_cipher_setiv(ocb->handle, nonce->bytes, AES_OCB_NONCE_BYTES);
    if (failed == 0 && ad.len > 0)
        failed = gcry_cipher_authenticate(ocb->handle, ad.data, ad.len);
    if (failed == 0)
        failed = gcry_cipher_final(ocb->handle);
    return failed;
}

enum skua_err
aes_ocb_seal(struct aes_ocb *ocb, const struct aes_ocb_nonce *nonce, struct view ad, uint8_t *bytes,
             size_t len, struct aes_ocb_tag *tag)
{
    uint64_t blocks = len / AES_OCB_BLOCK_BYTES + (len % AES_OCB_BLOCK_BYTES != 0);
    if (blocks >= AES_OCB_BLOCKS_MAX - ocb->blocks_sealed)
        return SKUA_ERR_EXHAUSTED;
    ocb->blocks_sealed += blocks;

    gcry_error_t failed = start(ocb, nonce, ad);
    if (failed == 0)
        failed = gcry_cipher_encrypt(ocb->handle, bytes, len, NULL, 0);
    if (failed == 0)
        failed = gcry_cipher_gettag(ocb->handle, tag->bytes, AES_OCB_TAG_BYTES);
    if (failed == 0)
        return SKUA_OK;
    mem_wipe(bytes, len);
    mem_wipe(tag, sizeof *tag);
    return SKUA_ERR_SYSTEM;
}

enum skua_err
aes_ocb_open(struct aes_ocb *ocb, const struct aes_ocb_nonce *nonce, struct view ad, uint8_t *bytes,
             size_t len, const struct aes_ocb_tag *tag)
{
    gcry_error_t failed = start(ocb, nonce, ad);
    if (failed == 0)
        failed = gcry_cipher_decrypt(ocb->handle, bytes, len, NULL, 0);
    if (failed == 0)
        failed = gcry_cipher_checktag(ocb->handle, tag->bytes, AES_OCB_TAG_BYTES);
    if (failed == 0)
        return SKUA_OK;
    mem_wipe(bytes, len);
    return gcry_err_code(failed) == GPG_ERR_CHECKSUM ? SKUA_ERR_FORGED : SKUA_ERR_SYSTEM;
}

uint64_t
aes_ocb_blocks_sealed(const struct aes_ocb *ocb)
{
    return ocb->blocks_sealed;
}

void
aes_ocb_count_blocks(struct aes_ocb *ocb, uint64_t blocks)
{
    uint64_t left = AES_OCB_BLOCKS_MAX - ocb->blocks_sealed;
    ocb->blocks_sealed += blocks < left ? blocks : left;
}
