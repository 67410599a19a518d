/* The library's own start-up ritual: libgcrypt manual, "Initializing the library". */
#include "net/crypto/crypto_start.h"

#include <gcrypt.h>
#include <stddef.h>

enum skua_err
crypto_start(void)
{
    if (gcry_check_version(GCRYPT_VERSION) == NULL)
        return SKUA_ERR_SYSTEM;
    if (gcry_control(GCRYCTL_INITIALIZATION_FINISHED_P))
        return SKUA_OK;

    /* Where locking is refused (RLIMIT_MEMLOCK) a session still beats none: no warning. */
    gcry_control(GCRYCTL_DISABLE_SECMEM_WARN);
    if (gcry_control(GCRYCTL_INIT_SECMEM, CRYPTO_POOL_BYTES, 0) != 0)
        return SKUA_ERR_SYSTEM;
    gcry_control(GCRYCTL_INITIALIZATION_FINISHED, 0);
    return SKUA_OK;
}
