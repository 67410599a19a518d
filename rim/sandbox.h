/*
 * Giving up what the long-lived half of an end never needs, so that a mistake in it is worth less to
 * whoever finds it: no new privileges, no files (Landlock), a filter of system calls (seccomp). There
 * is no way back, and children inherit it: to be called when everything is open and forked.
 *
 * A call from the list of the dangerous (running a program, tracing, opening a file for writing, bpf,
 * io_uring, key rings, other processes' memory) ends the process at once, with SIGSYS.
 *
 * With SKUA_NO_SANDBOX in the environment nothing is given up: for those who run us under valgrind or a
 * debugger, which do all of this in our name.
 *
 * Source: docs/SECURITY.md, "Sandbox"; seccomp(2), landlock(7).
 */
#ifndef SKUA_RIM_SANDBOX_H
#define SKUA_RIM_SANDBOX_H

#include "rim/fail.h"

/*
 * What a client needs stays: descriptors that are open, UDP sockets, timers, the terminal's settings,
 * signals, time, randomness, memory without execution. Any other call fails with EPERM.
 *
 * Returns  SKUA_OK; SKUA_ERR_SYSTEM and *why if the kernel lacks a part of it: the others are on, and
 *          it is safe to go on.
 */
enum skua_err sandbox_client(struct fail *why);

/*
 * A server keeps everything but the dangerous, for it has files to look at and sockets to make later
 * on. Returns as above.
 */
enum skua_err sandbox_server(struct fail *why);

#endif
