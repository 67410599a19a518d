/* The host argument, checked before it can reach ssh. */
#include "bootstrap/host_name.h"

#include <string.h>

/* Whether each byte of v is one that neither a shell nor an option parser treats specially. */
static bool
is_tame(struct view v, const char *refused)
{
    if (v.len == 0 || v.data[0] == '-')
        return false;
    for (size_t i = 0; i < v.len; i++) {
        uint8_t c = v.data[i];
        if (c <= ' ' || c == 0x7f || strchr(refused, c) != NULL)
            return false;
    }
    return true;
}

enum skua_err
host_name_split(struct view text, struct view *user, struct view *host)
{
    if (text.len > HOST_NAME_MAX_BYTES)
        return SKUA_ERR_TOO_LARGE;
    size_t at = text.len;
    while (at != 0 && text.data[at - 1] != '@')
        at--;

    struct view u = view_first(text, at == 0 ? 0 : at - 1);
    struct view h = view_from(text, at);
    if (!is_tame(h, "'`\"$\\;&<>|(){}"))
        return SKUA_ERR_MALFORMED;
    if (at != 0 && (!is_tame(u, "'`\"$;&<>|(){}") || u.data[u.len - 1] == '\\'))
        return SKUA_ERR_MALFORMED;
    *user = u;
    *host = h;
    return SKUA_OK;
}
