/*
 * The session key: 128 bits, and the text form that travels over ssh.
 */
#ifndef SKUA_NET_CRYPTO_KEY_H
#define SKUA_NET_CRYPTO_KEY_H

#include <stdint.h>

#include "base/err.h"
#include "base/view.h"

#define KEY_BYTES      16
#define KEY_TEXT_CHARS 22 /* base64 of 16 bytes without its two padding characters */

struct key {
    uint8_t bytes[KEY_BYTES];
};

/*
 * Parse the text form: exactly 22 characters of A-Z a-z 0-9 + /, canonical (the low four bits of the
 * last character are zero). Constant time in the characters' values: no table is indexed by them.
 *
 * Returns  SKUA_OK, or SKUA_ERR_MALFORMED for anything else; *out is written only on success.
 * Source   docs/PROTOCOL.md, "Key".
 */
enum skua_err key_parse(struct view text, struct key *out);

/* Write the canonical text form and a terminating NUL. */
void key_text(const struct key *key, char out[KEY_TEXT_CHARS + 1]);

/* Overwrite the key. */
void key_wipe(struct key *key);

#endif
