/*
 * `skua doctor [HOST]`: why sessions do not work, or not well.
 */
#ifndef SKUA_PROGRAMS_DOCTOR_DOCTOR_H
#define SKUA_PROGRAMS_DOCTOR_DOCTOR_H

#include <stdbool.h>

#include "programs/launch/options.h"

/* Exit statuses. */
#define DOCTOR_WELL     0
#define DOCTOR_FAILURES 1 /* something keeps sessions from working */
#define DOCTOR_WARNINGS 2 /* they work, but not as they could */

/*
 * Take --json out of the words in front of "--", and "doctor" if it is the first.
 *
 * argc, argv  the command line; changed if it is for a doctor
 * Returns     whether it is
 */
bool doctor_is_asked(int *argc, char **argv, bool *json);

/*
 * Look at this machine and, if o->host is given, at the way to it; print what was found.
 *
 * self     a path by which ssh can run this program as its ProxyCommand
 * Returns  the exit status
 */
int doctor_run(const struct options *o, const char *self, bool json);

#endif
