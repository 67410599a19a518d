/*
 * The user's and the system's configuration: skua_config(5).
 */
#ifndef SKUA_PROGRAMS_LAUNCH_CONFIG_FILES_H
#define SKUA_PROGRAMS_LAUNCH_CONFIG_FILES_H

#include <stdio.h>

#include "options.h"
#include "rim/fail.h"

/* Of a file; ssh's own configurations have a few kilobytes. */
#define CONFIG_FILES_MAX_BYTES (1 << 20)

/*
 * Put into o->settings what the files say of o->host and nobody has said before: of o->config_file, or of
 * $XDG_CONFIG_HOME/skua/config (~/.config/skua/config) and then SKUA_SYSCONFDIR/skua/config. A file that
 * somebody else can write is ignored, with a warning on standard error. One that is not there is none,
 * but for o->config_file.
 *
 * Returns  SKUA_OK, or an error with file, line and what is wrong in *why. Every line is checked, also
 *          those of other hosts.
 */
enum skua_err config_files_read(struct options *o, struct fail *why);

/* Print what o says as lines that a configuration file may hold. */
void config_files_print(const struct options *o, FILE *to);

#endif
