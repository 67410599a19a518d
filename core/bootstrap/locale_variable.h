/*
 * The variables of the user's locale that the server gets as a hint (-l NAME=VALUE).
 */
#ifndef SKUA_BOOTSTRAP_LOCALE_VARIABLE_H
#define SKUA_BOOTSTRAP_LOCALE_VARIABLE_H

#include <stddef.h>

#define LOCALE_VARIABLE_COUNT     15
#define LOCALE_VARIABLE_MAX_BYTES 4096 /* of a value; a longer one is not passed on */

/* The name at index 0..LOCALE_VARIABLE_COUNT-1, in the order in which stock passes them. Static. */
const char *locale_variable_name(size_t index);

/*
 * The value to pass on for a variable with this value in our environment: the same pointer; "C.UTF-8"
 * for the bare "UTF-8" that macOS sets; NULL if it is too long or holds more than letters, digits and
 * _ . @ - (and ':' in LANGUAGE, which is a list).
 *
 * Source  docs/SECURITY.md, "Environment"; docs/PROTOCOL.md, "Launch".
 */
const char *locale_variable_fit(const char *name, const char *value);

#endif
