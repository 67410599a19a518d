/* libgcrypt's, in one call. */
#include "net/crypto/sha256.h"

#include <gcrypt.h>
#include <stdint.h>
#include <stdio.h>

#define DIGEST_BYTES 32

_Static_assert(2 * DIGEST_BYTES == SHA256_TEXT_CHARS, "two digits a byte");

void
sha256_text(struct view text, char out[SHA256_TEXT_CHARS + 1])
{
    uint8_t digest[DIGEST_BYTES];

    gcry_md_hash_buffer(GCRY_MD_SHA256, digest, text.len == 0 ? (const uint8_t *)"" : text.data,
                        text.len);
    for (size_t i = 0; i < sizeof digest; i++)
        snprintf(out + 2 * i, 3, "%02x", digest[i]);
}
