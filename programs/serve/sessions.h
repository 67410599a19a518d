/*
 * `skua-server list` and `skua-server kill`: the user's sessions on this host, from the registry.
 */
#ifndef SKUA_PROGRAMS_SERVE_SESSIONS_H
#define SKUA_PROGRAMS_SERVE_SESSIONS_H

#include <stdbool.h>

/* Whether a first word of the command line is one of ours. NULL is none. */
bool sessions_is_command(const char *word);

/*
 * Run the command: argv[0..argc-1] begins with "list" or "kill".
 *
 * name     of the program, for messages
 * Returns  the exit status: 0, or 1 after one line that says what to do.
 */
int sessions_run(const char *name, int argc, char *const *argv);

#endif
