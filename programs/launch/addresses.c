/* What --family does with the addresses of a name. */
#include "addresses.h"

#include <stdbool.h>

/* Append those of `from` that are of that family, or that are not. */
static void
take(struct lookup_list *to, const struct lookup_list *from, enum resolve_family family, bool are)
{
    for (size_t i = 0; i < from->count; i++) {
        if ((resolve_family_of(&from->addresses[i]) == family) == are)
            to->addresses[to->count++] = from->addresses[i];
    }
}

static bool
has_both(const struct lookup_list *list)
{
    for (size_t i = 1; i < list->count; i++) {
        if (resolve_family_of(&list->addresses[i]) != resolve_family_of(&list->addresses[0]))
            return true;
    }
    return false;
}

enum skua_err
addresses_find(const char *host, uint16_t port, const struct options_family *family,
               struct lookup_list *out, struct fail *why)
{
    struct lookup_list found = { 0 }, arranged = { 0 };
    enum skua_err err = lookup_name(host, family->only, port, &found, why);

    if (err != SKUA_OK)
        return err;
    if (family->must_agree && has_both(&found))
        return fail_set(why, SKUA_ERR_MALFORMED, 0,
                        "%.200s has IPv4 and IPv6 addresses: choose with --family=inet, inet6, "
                        "prefer-inet, prefer-inet6 or all",
                        host);
    if (family->first == RESOLVE_ANY) {
        arranged = found;
    } else {
        take(&arranged, &found, family->first, true);
        take(&arranged, &found, family->first, false);
    }
    if (arranged.count == 0)
        return fail_set(why, SKUA_ERR_SYSTEM, 0, "%.200s has no address of family %s", host,
                        family->word);
    *out = arranged;
    return SKUA_OK;
}
