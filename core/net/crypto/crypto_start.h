/*
 * The one thing in the core that touches state outside its arguments: the crypto library must be
 * initialised once, by main, before any key is used.
 */
#ifndef SKUA_NET_CRYPTO_CRYPTO_START_H
#define SKUA_NET_CRYPTO_CRYPTO_START_H

#include "base/err.h"

/* Locked memory for cipher handles; a handle of AES-128-OCB takes about 2 KiB of it. */
#define CRYPTO_POOL_BYTES 32768

/*
 * Check the library's version, make its pool of locked memory, finish its initialisation. May be
 * called again; only the first call does anything. If the kernel refuses to lock memory the pool is
 * made all the same.
 *
 * Returns  SKUA_OK, or SKUA_ERR_SYSTEM if the library is older than what we were built for or
 *          broken.
 */
enum skua_err crypto_start(void);

#endif
