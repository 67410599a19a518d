/*
 * The terminal: what is switched on when it is entered is switched off when it is left, and by a crash.
 */
#include "endpoints/client/terminal.h"

#include <stdlib.h>

#include "base/mem.h"
#include "endpoints/client/terminfo.h"
#include "rim/clock.h"
#include "term/outer/setup.h"

/* One painted screen at most is ever built; what stays allocated between them is small. */
#define OUTPUT_MAX_BYTES  (32 * 1024 * 1024)
#define OUTPUT_KEEP_BYTES (64 * 1024)

/* A terminal that does not take the closing bytes in time is left as it is. */
#define LAST_WORDS_MS 2000

struct terminal {
    struct tty *tty;
    struct caps caps;
    struct record record;
    struct buf output;
    struct buf start, closing; /* bytes */
    bool is_entered;
};

/* The strings that the terminal's own description gives, or none where the user wants none. */
static void
describe(struct terminal *t, bool term_init)
{
    struct terminfo_terminal known;
    (void)terminfo_describe(getenv("TERM"), &known);
    t->caps = known.caps;
    t->record = (struct record){ .colors = t->caps.colors };
    setup_start(&t->caps, view_of_text(term_init ? known.enter : ""), &t->start);
    setup_close(&t->caps, view_of_text(term_init ? known.leave : ""), &t->closing);
}

enum skua_err
terminal_open(bool term_init, struct terminal **out, struct fail *why)
{
    struct terminal *t = mem_new(1, sizeof *t);
    enum skua_err err = tty_open(&t->tty, why);
    if (err != SKUA_OK) {
        free(t);
        return err;
    }
    buf_init(&t->output, OUTPUT_MAX_BYTES);
    buf_init(&t->start, TTY_CRASH_MAX_BYTES);
    buf_init(&t->closing, TTY_CRASH_MAX_BYTES);
    describe(t, term_init);
    *out = t;
    return SKUA_OK;
}

void
terminal_close(struct terminal *t)
{
    if (t == NULL)
        return;
    terminal_leave(t);
    tty_close(t->tty);
    buf_fini(&t->output);
    buf_fini(&t->start);
    buf_fini(&t->closing);
    free(t);
}

void
terminal_enter(struct terminal *t)
{
    (void)tty_raw(t->tty, NULL);
    tty_on_crash(t->tty, buf_view(&t->closing));
    buf_clear(&t->output);
    (void)buf_put(&t->output, buf_view(&t->start));
    t->is_entered = true;
}

void
terminal_leave(struct terminal *t)
{
    if (!t->is_entered)
        return;
    t->is_entered = false;
    (void)buf_put(&t->output, buf_view(&t->closing));
    (void)tty_write_all(t->tty, buf_view(&t->output), clock_now_ms() + LAST_WORDS_MS);
    buf_clear(&t->output);
    tty_restore(t->tty);
}

int
terminal_fd(const struct terminal *t)
{
    return tty_fd(t->tty);
}

struct tty_window
terminal_window(const struct terminal *t)
{
    return tty_window(t->tty);
}

const struct caps *
terminal_caps(const struct terminal *t)
{
    return &t->caps;
}

const struct record *
terminal_record(const struct terminal *t)
{
    return &t->record;
}

ssize_t
terminal_read(struct terminal *t, void *out, size_t len)
{
    return tty_read(t->tty, out, len);
}

struct buf *
terminal_output(struct terminal *t)
{
    return &t->output;
}

bool
terminal_flush(struct terminal *t)
{
    while (t->output.len > 0) {
        ssize_t put = tty_write(t->tty, buf_view(&t->output));
        if (put < 0)
            return false;
        if (put == 0)
            return true;
        buf_take(&t->output, (size_t)put);
    }
    buf_shrink(&t->output, OUTPUT_KEEP_BYTES);
    return true;
}
