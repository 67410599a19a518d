/*
 * The user's terminal. It is opened anew, so that making it non-blocking does not reach the shell
 * that shares our standard input, and given back as it was on every way out, crashes included.
 */
#ifndef SKUA_RIM_TTY_H
#define SKUA_RIM_TTY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include "base/view.h"
#include "rim/fail.h"

/* Bytes that tty_on_crash() can hold. */
#define TTY_CRASH_MAX_BYTES 512

/* Bounds of a window, everywhere: docs/SECURITY.md, "Bounds". */
#define TTY_WINDOW_MAX_SIDE  4096
#define TTY_WINDOW_MAX_CELLS 1048576
#define TTY_DEFAULT_COLS     80
#define TTY_DEFAULT_ROWS     24

struct tty;

/* The size of a terminal's window. */
struct tty_window {
    int cols, rows;          /* 1..TTY_WINDOW_MAX_SIDE, at most TTY_WINDOW_MAX_CELLS together */
    int width_px, height_px; /* 0: not known */
};

/*
 * Open the terminal that standard input is, and save its settings.
 * Returns SKUA_ERR_SYSTEM if standard input or output is not a terminal, or it cannot be opened.
 */
enum skua_err tty_open(struct tty **out, struct fail *why);

/* Restore the settings that tty_open() found, forget tty_on_crash(), and close. NULL is fine. */
void tty_close(struct tty *t);

/* The descriptor, non-blocking, to read and to write; for loop_add(). Owned by t. */
int tty_fd(const struct tty *t);

/* Raw mode: the saved settings with IUTF8 on and everything that interprets bytes off. At once. */
enum skua_err tty_raw(struct tty *t, struct fail *why);

/* The settings that tty_open() found, at once. */
void tty_restore(struct tty *t);

/*
 * Read up to len bytes. Returns their number, 0 if there are none now, -1 if the terminal has hung
 * up or was closed at its other end (end of file).
 */
ssize_t tty_read(struct tty *t, void *out, size_t len);

/*
 * Wait until there is something to read or the terminal is gone, until deadline_ms (clock_now_ms()) at
 * most. Returns whether tty_read() has something to say.
 */
bool tty_wait(const struct tty *t, uint64_t deadline_ms);

/*
 * Write. Returns how many bytes went out, 0 if it cannot take any now, -1 if the terminal is gone.
 */
ssize_t tty_write(struct tty *t, struct view bytes);

/*
 * Write all of bytes, waiting until deadline_ms (clock_now_ms()) at most: for the last words of a
 * session. Returns false if the terminal did not take them in time or is gone.
 */
bool tty_write_all(struct tty *t, struct view bytes, uint64_t deadline_ms);

/*
 * The window of any terminal descriptor. What is no terminal or says 0x0 is 80x24; what is past the
 * bounds is clamped. Returns false if the size is not the terminal's own.
 */
bool tty_window_of(int fd, struct tty_window *out);

/* The terminal's window now. */
struct tty_window tty_window(const struct tty *t);

/*
 * From now until tty_close(): on SIGABRT, SIGSEGV, SIGBUS, SIGFPE and SIGILL write bytes (copied;
 * cut at TTY_CRASH_MAX_BYTES) to the terminal, restore its settings and end the process with 128 +
 * the signal.
 */
void tty_on_crash(struct tty *t, struct view bytes);

#endif
