/* LANGUAGE_TERRITORY.CODESET@MODIFIER (POSIX.1-2017, XBD 8.2): the name says it, or it is ASCII to us. */
#include "rim/codeset.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

bool
codeset_of(const char *locale, char out[CODESET_BYTES])
{
    const char *dot = strchr(locale, '.');
    if (strcasecmp(locale, "UTF-8") == 0 || strcasecmp(locale, "utf8") == 0)
        return false; /* a codeset by itself is no locale's name */
    snprintf(out, CODESET_BYTES, "%s", dot != NULL ? dot + 1 : "ANSI_X3.4-1968");
    out[strcspn(out, "@")] = '\0';
    return true;
}
