/* Error codes to words. */
#include "base/err.h"

#include <stddef.h>

static const char *const texts[SKUA_ERR_COUNT] = {
    [SKUA_OK] = "no error",
    [SKUA_ERR_TRUNCATED] = "truncated",
    [SKUA_ERR_MALFORMED] = "malformed",
    [SKUA_ERR_TOO_LARGE] = "too large",
    [SKUA_ERR_FORGED] = "not authentic",
    [SKUA_ERR_DIRECTION] = "wrong direction",
    [SKUA_ERR_REPLAYED] = "replayed",
    [SKUA_ERR_STALE] = "stale",
    [SKUA_ERR_DUPLICATE] = "duplicate",
    [SKUA_ERR_VERSION] = "protocol version not spoken",
    [SKUA_ERR_FULL] = "bound reached",
    [SKUA_ERR_INCOMPLETE] = "incomplete",
    [SKUA_ERR_EXHAUSTED] = "key used up",
    [SKUA_ERR_RESERVED] = "reserved",
    [SKUA_ERR_CLOSED] = "closed",
    [SKUA_ERR_SYSTEM] = "system error",
};

const char *
skua_err_text(enum skua_err err)
{
    if ((unsigned)err >= SKUA_ERR_COUNT || texts[err] == NULL)
        return "unknown error";
    return texts[err];
}
