/*
 * What a locale's name stands for. Asked of the system; in a statically linked program, which cannot read the
 * system's locales (their format belongs to its C library), read off the name.
 */
#ifndef SKUA_RIM_CODESET_H
#define SKUA_RIM_CODESET_H

#include <stdbool.h>

#define CODESET_BYTES 64

/*
 * The codeset of a locale: "UTF-8", "ANSI_X3.4-1968" (US-ASCII, of "C"). Returns false, *out unset, if the
 * system has no locale of that name, or none can be.
 */
bool codeset_of(const char *locale, char out[CODESET_BYTES]);

#endif
