/*
 * The user's terminal as the client uses it: what it can do, entering and leaving, and the bytes that
 * wait for it.
 */
#ifndef SKUA_ENDPOINTS_CLIENT_TERMINAL_H
#define SKUA_ENDPOINTS_CLIENT_TERMINAL_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

#include "base/buf.h"
#include "rim/fail.h"
#include "rim/tty.h"
#include "term/outer/caps.h"
#include "term/screen/record.h"

struct terminal;

/*
 * Take the terminal of standard input; nothing is changed in it yet.
 *
 * term_init  Enter and leave its alternate screen.
 * Returns    SKUA_ERR_SYSTEM with *why if standard input is no terminal.
 */
enum skua_err terminal_open(bool term_init, struct terminal **out, struct fail *why);

/* Give it back: left, settings restored. NULL is fine. */
void terminal_close(struct terminal *t);

/*
 * Raw mode and the start bytes; from then on a crash restores it. And back: the closing bytes, which
 * switch everything off that a session may have switched on, and the settings as they were found.
 * Entering twice is fine, so is leaving.
 */
void terminal_enter(struct terminal *t);
void terminal_leave(struct terminal *t);

int terminal_fd(const struct terminal *t);
struct tty_window terminal_window(const struct terminal *t);
const struct caps *terminal_caps(const struct terminal *t);
const struct record *terminal_record(const struct terminal *t);

/* tty_read() of it. */
ssize_t terminal_read(struct terminal *t, void *out, size_t len);

/* Bytes that wait to be written: append to them. */
struct buf *terminal_output(struct terminal *t);

/* Write what it takes now. Returns false if the terminal is gone. */
bool terminal_flush(struct terminal *t);

#endif
