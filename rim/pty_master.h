/*
 * The master of a new pseudo-terminal. Chosen by file: pty_master.c on Linux, pty_master_posix.c elsewhere. Used by
 * rim/pty.c only.
 */
#ifndef SKUA_RIM_PTY_MASTER_H
#define SKUA_RIM_PTY_MASTER_H

#include <stddef.h>

/*
 * Open one that does not block and is closed at exec, and write the name of its slave, of less than len bytes, to
 * path. Returns the descriptor, or -1 with errno and nothing open.
 */
int pty_master_open(char *path, size_t len);

#endif
