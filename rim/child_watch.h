/*
 * A descriptor that tells of a child's end. Chosen by file: child_watch.c on Linux, child_watch_kqueue.c on the
 * BSDs and macOS, child_watch_none.c. Used by rim/child.c only.
 */
#ifndef SKUA_RIM_CHILD_WATCH_H
#define SKUA_RIM_CHILD_WATCH_H

#include <sys/types.h>

/* Readable once the child has ended; the caller closes it. -1 if the system does not tell: ask by waitpid(). */
int child_watch(pid_t child);

#endif
