/*
 * The lines "SKUA FACT <name> <value>" among what a host printed.
 */
#ifndef SKUA_PROGRAMS_DOCTOR_FACTS_H
#define SKUA_PROGRAMS_DOCTOR_FACTS_H

#include <stdbool.h>

#include "base/view.h"

#define FACTS_VALUE_BYTES 200

/* Find the last line with that name. Returns whether there is one; out holds its value, cut, maybe empty. */
bool facts_find(struct view text, const char *name, char out[FACTS_VALUE_BYTES]);

#endif
