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
 * Raw mode, the start bytes and, the first time, what the terminal is asked about itself, in one write;
 * from then on a crash restores it. And back: the closing bytes, which switch everything off that a
 * session may have switched on, and the settings as they were found. Entering twice is fine, so is
 * leaving.
 */
void terminal_enter(struct terminal *t);
void terminal_leave(struct terminal *t);

int terminal_fd(const struct terminal *t);
struct tty_window terminal_window(const struct terminal *t);

/* What it can do, as far as it is known now: to paint by, and to tell the server. */
const struct caps *terminal_caps(const struct terminal *t);
const struct record *terminal_record(const struct terminal *t);

/* Whether they have changed since this was last asked. */
bool terminal_take_news(struct terminal *t);

/*
 * What the user typed, up to len bytes: the terminal's answers are taken out. 0 if there is nothing now,
 * -1 if the terminal is gone.
 */
ssize_t terminal_read(struct terminal *t, void *out, size_t len, uint64_t now_ms);

/* When terminal_read() is due although the descriptor is not readable. UINT64_MAX: never. */
uint64_t terminal_deadline_ms(const struct terminal *t, uint64_t now_ms);

/* Bytes that wait to be written: append to them. */
struct buf *terminal_output(struct terminal *t);

/* Write what it takes now. Returns false if the terminal is gone. */
bool terminal_flush(struct terminal *t);

#endif
