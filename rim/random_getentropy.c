/* getentropy(): POSIX.1-2024, the BSDs, macOS. At most 256 bytes a call. */
#include "rim/random.h"

#include <errno.h>
#include <stdint.h>
#include <sys/random.h>
#include <unistd.h>

#include "base/mem.h"

#define ENTROPY_MAX_BYTES 256

enum skua_err
random_fill(void *out, size_t len, struct fail *why)
{
    uint8_t *at = out;
    for (size_t left = len; left > 0;) {
        size_t some = left < ENTROPY_MAX_BYTES ? left : ENTROPY_MAX_BYTES;
        if (getentropy(at, some) < 0) {
            int reason = errno;
            mem_wipe(out, len);
            return fail_set(why, SKUA_ERR_SYSTEM, reason, "random bytes from the kernel");
        }
        at += some;
        left -= some;
    }
    return SKUA_OK;
}
