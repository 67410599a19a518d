/*
 * The launcher's option names, and which of them a word of the command line means.
 */
#ifndef SKUA_PROGRAMS_LAUNCH_OPTION_TABLE_H
#define SKUA_PROGRAMS_LAUNCH_OPTION_TABLE_H

#include <stdbool.h>

#include "rim/fail.h"

enum option_id {
    /* Those that a configuration may set, in the order in which they are checked. */
    OPTION_PREDICT,
    OPTION_OVERWRITE,
    OPTION_REMOTE_IP,
    OPTION_FAMILY,
    OPTION_PORT,
    OPTION_CLIENT,
    OPTION_SERVER,
    OPTION_SSH,
    OPTION_BIND_SERVER,
    OPTION_SSH_PTY,
    OPTION_INIT,
    OPTION_METERED,
    OPTION_UPLOAD,
    OPTION_SETTINGS, /* how many those are */
    /* Those of the command line alone. */
    OPTION_ALWAYS = OPTION_SETTINGS,
    OPTION_NEVER,
    OPTION_INET,
    OPTION_INET6,
    OPTION_LOCAL,
    OPTION_RECORD,
    OPTION_CONFIG_FILE,
    OPTION_PRINT_CONFIG,
    OPTION_HELP,
    OPTION_VERSION,
    OPTION_FAKE_PROXY,
};

struct option_match {
    enum option_id id;
    bool negated; /* said as --no-X or --noX */
    bool needs_value;
    bool abbreviated;  /* not the whole name */
    const char *value; /* what followed '=', or was glued to -p; NULL: nothing */
};

/*
 * Find the option that a word beginning with '-' means: one or two dashes, any case, a whole name or what
 * only one option's names begin with.
 *
 * Returns  SKUA_OK, or SKUA_ERR_MALFORMED with a sentence for the user.
 */
enum skua_err option_match(const char *word, struct option_match *out, struct fail *why);

/* The name of an option below OPTION_SETTINGS, as the command line and a configuration spell it. Static. */
const char *option_name(enum option_id id);

#endif
