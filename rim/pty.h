/*
 * The pseudo-terminal of a session and the process in it. The child is forked at once but held on a
 * pipe until it is released, so that no program prints for a client that may never come.
 */
#ifndef SKUA_RIM_PTY_H
#define SKUA_RIM_PTY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include "base/view.h"
#include "rim/fail.h"
#include "rim/tty.h"

struct pty;

/*
 * Runs in the child: session leader, the pty its controlling terminal and descriptors 0 to 2,
 * signals at their defaults, no other descriptor open. Execs; what it returns is the exit status of
 * the child.
 */
typedef int pty_child_fn(void *context);

/* How the child ended. */
struct pty_exit {
    int status; /* exit status; 128 + the signal that killed it */
    int signal; /* 0: it exited by itself */
};

/* A new pty with that window and IUTF8 set. Ends in pty_close(). */
enum skua_err pty_open(const struct tty_window *window, struct pty **out, struct fail *why);

/*
 * Close our side. The child and whatever it left running are hung up by the kernel; a child that is
 * still held exits unseen. NULL is fine.
 */
void pty_close(struct pty *p);

/*
 * Fork the child and hold it. run(context) is called in it, with a copy of our memory, after
 * pty_release(). Call while the process is small and holds no secret: before keys and before the
 * loop.
 */
enum skua_err pty_fork(struct pty *p, pty_child_fn *run, void *context, struct fail *why);

/*
 * Let the child go on; later calls do nothing. word is for the child, about what is known only now:
 * it asks for it with pty_word().
 */
void pty_release(struct pty *p, uint8_t word);

/* In the child, once it runs: the word that it was released with. */
uint8_t pty_word(void);

/* The master's descriptor, non-blocking; for loop_add(). Owned by p. */
int pty_fd(const struct pty *p);

/* The child's process id; 0 before pty_fork(). */
pid_t pty_child(const struct pty *p);

/* The slave's path, "/dev/pts/7". */
const char *pty_path(const struct pty *p);

/*
 * Read output of the programs, up to len bytes. Returns their number, 0 if there is none now, -1
 * when the last program has closed the terminal.
 */
ssize_t pty_read(struct pty *p, void *out, size_t len);

/*
 * Give the programs input. Returns how many bytes were taken, 0 if none can be now, -1 if nobody is
 * left.
 */
ssize_t pty_write(struct pty *p, struct view bytes);

/*
 * Set the window and signal the foreground group. Pixel sizes of 0 keep the pixel sizes that are
 * set.
 */
enum skua_err pty_resize(struct pty *p, const struct tty_window *window, struct fail *why);

/*
 * Whether the child has ended; it is reaped then and *out written. Stays true. Ask after SIGCHLD
 * and after pty_read() returned -1.
 */
bool pty_reap(struct pty *p, struct pty_exit *out);

#endif
