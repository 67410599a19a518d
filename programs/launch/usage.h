/*
 * The texts of --help and --version.
 */
#ifndef SKUA_PROGRAMS_LAUNCH_USAGE_H
#define SKUA_PROGRAMS_LAUNCH_USAGE_H

#include <stdio.h>

/* Write the options and what they do. label: the name that we were called by. */
void usage_help(FILE *to, const char *label);

/* Write what this program is. Its first line is "LABEL VERSION [build ...]", which scripts read. */
void usage_version(FILE *to, const char *label);

#endif
