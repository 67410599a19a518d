/*
 * The terminal: what is switched on when it is entered is switched off when it is left, and by a crash.
 */
#include "endpoints/client/terminal.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "endpoints/client/abilities.h"
#include "rim/clock.h"
#include "term/outer/setup.h"

/* One painted screen at most is ever built; what stays allocated between them is small. */
#define OUTPUT_MAX_BYTES  (32 * 1024 * 1024)
#define OUTPUT_KEEP_BYTES (64 * 1024)

/* A terminal that does not take the closing bytes in time is left as it is. */
#define LAST_WORDS_MS 2000

/* One read; with the start of an answer that was held back, what can wait to be taken. */
#define READ_MAX_BYTES 16384
#define KEYS_MAX_BYTES (4 * READ_MAX_BYTES)

/*
 * Answers that are still to come when the terminal is given back would be typed into the user's shell:
 * so long they are waited for.
 */
#define LINGER_MS PROBE_WAIT_MS

struct terminal {
    struct tty *tty;
    struct abilities abilities;
    struct probe *probe;
    bool term_init;
    struct buf output;
    struct buf keys;           /* read and not yet taken */
    struct buf start, closing; /* bytes */
    bool is_entered, has_news;
};

/* The strings around all paints. The crash's own comes before anything that needs it. */
static void
prepare(struct terminal *t)
{
    const struct terminfo_terminal *known = &t->abilities.before;
    buf_clear(&t->start);
    buf_clear(&t->closing);
    setup_start(&t->abilities.caps, view_of_text(t->term_init ? known->enter : ""), &t->start);
    setup_close(&t->abilities.caps, view_of_text(t->term_init ? known->leave : ""), &t->closing);
    if (t->is_entered)
        tty_on_crash(t->tty, buf_view(&t->closing));
}

/* Answers are put to use together, once all have come or have taken too long. */
static void
learn(struct terminal *t, uint64_t now_ms)
{
    if (!probe_is_done(t->probe, now_ms))
        return;
    struct caps before = t->abilities.caps;
    if (!abilities_learn(&t->abilities, probe_answers(t->probe)))
        return;
    t->has_news = true;
    prepare(t);
    setup_extend(&before, &t->abilities.caps, &t->output);
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
    buf_init(&t->keys, KEYS_MAX_BYTES);
    buf_init(&t->start, TTY_CRASH_MAX_BYTES);
    buf_init(&t->closing, TTY_CRASH_MAX_BYTES);
    t->term_init = term_init;
    abilities_init(&t->abilities);
    t->probe = probe_new(t->abilities.probes);
    prepare(t);
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
    probe_free(t->probe);
    buf_wipe(&t->keys);
    buf_fini(&t->keys);
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
    probe_ask(t->probe, &t->output, clock_now_ms());
    t->is_entered = true;
}

/* Returns whether the terminal is still there. */
static bool
read_more(struct terminal *t, size_t len, uint64_t now_ms)
{
    uint8_t bytes[READ_MAX_BYTES];
    ssize_t got = tty_read(t->tty, bytes, len < sizeof bytes ? len : sizeof bytes);
    if (got > 0)
        probe_receive(t->probe, view_of(bytes, (size_t)got), &t->keys, now_ms);
    else
        probe_tick(t->probe, &t->keys, now_ms);
    if (got > 0)
        mem_wipe(bytes, (size_t)got);
    return got >= 0;
}

/* What the user types meanwhile is kept: a suspended session goes on. */
static void
linger(struct terminal *t)
{
    uint64_t now_ms = clock_now_ms(), deadline_ms = now_ms + LINGER_MS;
    while (probe_is_waiting(t->probe, now_ms) && now_ms < deadline_ms) {
        bool is_due = tty_wait(t->tty, deadline_ms);
        now_ms = clock_now_ms();
        if (is_due && (t->keys.len >= READ_MAX_BYTES || !read_more(t, READ_MAX_BYTES, now_ms)))
            return;
    }
}

void
terminal_leave(struct terminal *t)
{
    if (!t->is_entered)
        return;
    t->is_entered = false;
    (void)buf_put(&t->output, buf_view(&t->closing));
    bool is_there = tty_write_all(t->tty, buf_view(&t->output), clock_now_ms() + LAST_WORDS_MS);
    buf_clear(&t->output);
    if (is_there)
        linger(t);
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
    return &t->abilities.caps;
}

const struct record *
terminal_record(const struct terminal *t)
{
    return &t->abilities.record;
}

ssize_t
terminal_read(struct terminal *t, void *out, size_t len, uint64_t now_ms)
{
    bool is_there = true;
    if (t->keys.len < len)
        is_there = read_more(t, len - t->keys.len, now_ms);
    learn(t, now_ms);
    if (t->keys.len == 0)
        return is_there ? 0 : -1;
    size_t taken = t->keys.len < len ? t->keys.len : len;
    memcpy(out, t->keys.data, taken);
    buf_take(&t->keys, taken);
    if (t->keys.len == 0)
        buf_wipe(&t->keys);
    return (ssize_t)taken;
}

uint64_t
terminal_deadline_ms(const struct terminal *t, uint64_t now_ms)
{
    return t->keys.len > 0 ? now_ms : probe_deadline_ms(t->probe, now_ms);
}

bool
terminal_take_news(struct terminal *t)
{
    bool has_news = t->has_news;
    t->has_news = false;
    return has_news;
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
