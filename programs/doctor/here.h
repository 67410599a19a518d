/*
 * What can be looked at on this machine.
 */
#ifndef SKUA_PROGRAMS_DOCTOR_HERE_H
#define SKUA_PROGRAMS_DOCTOR_HERE_H

#include "findings.h"
#include "programs/launch/options.h"

/* The terminal, the locale, the sandbox, ssh. */
void here_examine(const struct options *o, struct findings *f);

#endif
