/*
 * SHA-256 (FIPS 180-4), for files and not for keys.
 */
#ifndef SKUA_NET_CRYPTO_SHA256_H
#define SKUA_NET_CRYPTO_SHA256_H

#include "base/view.h"

#define SHA256_TEXT_CHARS 64

/* The digest of text as 64 lower-case hexadecimal digits and a NUL. After crypto_start(). */
void sha256_text(struct view text, char out[SHA256_TEXT_CHARS + 1]);

#endif
