/* getrandom(2), whole or not at all. */
#include "rim/random.h"

#include <errno.h>
#include <stdint.h>
#include <sys/random.h>

#include "base/mem.h"

enum skua_err
random_fill(void *out, size_t len, struct fail *why)
{
    uint8_t *at = out;
    size_t left = len;
    while (left > 0) {
        ssize_t got = getrandom(at, left, 0);
        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0) {
            int reason = errno;
            mem_wipe(out, len);
            return fail_set(why, SKUA_ERR_SYSTEM, reason, "random bytes from the kernel");
        }
        at += got;
        left -= (size_t)got;
    }
    return SKUA_OK;
}
