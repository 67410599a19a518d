/* newlocale(3): asks about a locale without entering it. */
#include "rim/codeset.h"

#include <langinfo.h>
#include <locale.h>
#include <stdio.h>

bool
codeset_of(const char *locale, char out[CODESET_BYTES])
{
    locale_t opened = newlocale(LC_CTYPE_MASK, locale, (locale_t)0);
    if (opened == (locale_t)0)
        return false;
    snprintf(out, CODESET_BYTES, "%s", nl_langinfo_l(CODESET, opened));
    freelocale(opened);
    return true;
}
