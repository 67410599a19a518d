/*
 * What ssh is going to do with a host, asked of ssh itself.
 */
#ifndef SKUA_PROGRAMS_LAUNCH_SSH_QUERY_H
#define SKUA_PROGRAMS_LAUNCH_SSH_QUERY_H

#include <stdbool.h>

#include "args.h"
#include "bootstrap/ssh_config.h"

/*
 * `ssh -G host`. The result's is_known is false if this ssh has no such option, or does not answer.
 *
 * head  the words of --ssh
 */
struct ssh_config ssh_query_config(const struct args *head, const char *host);

/* `ssh -O check host`: whether a connection that can be shared is open. */
bool ssh_query_has_master(const struct args *head, const char *host);

#endif
