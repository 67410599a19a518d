/*
 * What was said of each option that may also stand in a configuration, and where.
 */
#ifndef SKUA_PROGRAMS_LAUNCH_SETTINGS_H
#define SKUA_PROGRAMS_LAUNCH_SETTINGS_H

#include <stdbool.h>

#include "option_table.h"

struct setting {
    char *text; /* the value; NULL: nothing was said. A yes or no for what has no value */
    char *from; /* the variable, or file and line; NULL: the command line */
};

struct settings {
    struct setting of[OPTION_SETTINGS];
};

/* Say it, in the place of what was said before. text and from (or NULL) are copied. */
void settings_say(struct settings *s, enum option_id id, const char *text, const char *from);

/* The same, unless something was said. */
void settings_say_first(struct settings *s, enum option_id id, const char *text, const char *from);

/* Forget everything. May run twice. */
void settings_fini(struct settings *s);

#endif
