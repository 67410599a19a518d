/*
 * The numeric addresses of a name, in the order and selection that --family asks for.
 */
#ifndef SKUA_PROGRAMS_LAUNCH_ADDRESSES_H
#define SKUA_PROGRAMS_LAUNCH_ADDRESSES_H

#include "options.h"
#include "rim/fail.h"
#include "rim/lookup.h"
#include "rim/resolve.h"

/*
 * Resolve host and arrange what comes. Waits for the network.
 *
 * port     to put into the addresses; 0 if it does not matter
 * Returns  SKUA_ERR_SYSTEM if the name has no address of a wanted family, SKUA_ERR_MALFORMED if
 *          family->must_agree and it has both; *out is written only on success.
 */
enum skua_err addresses_find(const char *host, uint16_t port, const struct options_family *family,
                             struct lookup_list *out, struct fail *why);

#endif
