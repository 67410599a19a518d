/*
 * The values that options take.
 */
#ifndef SKUA_PROGRAMS_LAUNCH_OPTION_VALUE_H
#define SKUA_PROGRAMS_LAUNCH_OPTION_VALUE_H

#include "option_table.h"
#include "options.h"
#include "rim/fail.h"

/*
 * Check a value and put it into *out, which borrows it.
 *
 * id       below OPTION_SETTINGS
 * Returns  SKUA_OK, or SKUA_ERR_MALFORMED with a sentence for the user that says what would do.
 */
enum skua_err
option_value_take(enum option_id id, const char *value, struct options *out, struct fail *why);

#endif
