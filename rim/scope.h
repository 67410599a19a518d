/*
 * Leaving the scope of a login. systemd keeps the processes of an ssh login together, and where the admin
 * says so (KillUserProcesses=yes) or sshd is started for each connection it ends what is left of them when
 * the login ends. A scope of the user's own manager is not part of any login.
 *
 * Source: org.freedesktop.systemd1(5), StartTransientUnit; loginctl(1), enable-linger.
 */
#ifndef SKUA_RIM_SCOPE_H
#define SKUA_RIM_SCOPE_H

#include <stdbool.h>
#include <sys/types.h>

#include "rim/fail.h"

/*
 * Whether a scope of the user's manager would outlast the login: the user may linger. Without that the
 * manager ends with the last login, and all its scopes with it.
 */
bool scope_is_lasting(void);

/*
 * Ask the user's manager for a scope with a process and its children in it. What asks (busctl) is started
 * and not waited for: with no manager there, or one that hangs, nothing else happens.
 *
 * Returns SKUA_ERR_SYSTEM if it cannot be started.
 */
enum skua_err scope_leave(pid_t pid, struct fail *why);

#endif
