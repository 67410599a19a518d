/*
 * What ssh's configuration says about a host, from the output of `ssh -G`.
 */
#ifndef SKUA_BOOTSTRAP_SSH_CONFIG_H
#define SKUA_BOOTSTRAP_SSH_CONFIG_H

#include <stdbool.h>

#include "base/view.h"
#include "bootstrap/host_name.h"

enum ssh_config_family {
    SSH_CONFIG_FAMILY_ANY,
    SSH_CONFIG_FAMILY_INET,
    SSH_CONFIG_FAMILY_INET6,
};

struct ssh_config {
    bool is_known;                          /* it was ssh's answer: a hostname was in it */
    char hostname[HOST_NAME_MAX_BYTES + 1]; /* what ssh will connect to; may be numeric */
    enum ssh_config_family family;          /* AddressFamily */
    bool is_direct;                         /* neither ProxyJump nor ProxyCommand stands between */
    bool has_control_path;                  /* connections may be shared */
    bool has_remote_command;                /* RemoteCommand: ssh refuses another one beside it */
};

/*
 * Read lines of "keyword value". Lines that are not known are skipped; a hostname that could not be
 * given to ssh (host_name_split()) counts as missing.
 *
 * Source  ssh(1) -G, ssh_config(5).
 */
struct ssh_config ssh_config_parse(struct view text);

#endif
