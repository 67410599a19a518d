/*
 * The terminal: what is switched on when it is entered is switched off when it is left, and by a crash.
 */
#include "endpoints/client/terminal.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "endpoints/client/terminfo.h"
#include "rim/clock.h"
#include "term/outer/known.h"
#include "term/outer/setup.h"

/* One painted screen at most is ever built; what stays allocated between them is small. */
#define OUTPUT_MAX_BYTES  (32 * 1024 * 1024)
#define OUTPUT_KEEP_BYTES (64 * 1024)

/* A terminal that does not take the closing bytes in time is left as it is. */
#define LAST_WORDS_MS 2000

#define DIRECT_COLORS (1u << 24)

struct terminal {
    struct tty *tty;
    struct caps caps;
    struct record record;
    struct buf output;
    struct buf start, closing; /* bytes */
    bool is_entered;
};

/* What the server is told: programs are answered from it. */
static struct record
record_of(const struct caps *caps)
{
    static const struct {
        uint32_t caps, record;
    } same[] = {
        { CAPS_CAN_FAINT | CAPS_CAN_STRIKE | CAPS_CAN_UNDERLINE_STYLES, RECORD_CAN_STYLES },
        { CAPS_CAN_KEYBOARD, RECORD_CAN_KEYBOARD },
        { CAPS_CAN_MOUSE_PIXELS, RECORD_CAN_MOUSE_PIXELS },
        { CAPS_CAN_SYNC, RECORD_CAN_SYNC },
        { CAPS_CAN_LINKS, RECORD_CAN_LINKS },
        { CAPS_CAN_CLIPBOARD, RECORD_CAN_CLIPBOARD },
        { CAPS_CAN_CURSOR_STYLE, RECORD_CAN_CURSOR_STYLE },
        { CAPS_CAN_CLUSTERS, RECORD_CAN_CLUSTERS },
        { CAPS_CAN_MODIFY_OTHER_KEYS, RECORD_CAN_MODIFY_OTHER_KEYS },
    };
    struct record r = { .colors = caps->colors };
    for (size_t i = 0; i < sizeof same / sizeof same[0]; i++) {
        if ((caps->can & same[i].caps) == same[i].caps)
            r.can |= same[i].record;
    }
    return r;
}

/*
 * Terminals with 256 colours take direct ones too, whether or not COLORTERM came through the ssh that
 * the user is in; stock relies on it. One well-known terminal misreads them.
 * docs/decisions/0010-direct-colours.md
 */
static bool
is_limited_to_256(const struct known_environment *env)
{
    return env->term_program != NULL && strcmp(env->term_program, "Apple_Terminal") == 0;
}

/* The terminal's own description, what its environment adds, and nothing that would take time. */
static void
describe(struct terminal *t, bool term_init)
{
    const struct known_environment env = {
        .term = getenv("TERM"),
        .colorterm = getenv("COLORTERM"),
        .term_program = getenv("TERM_PROGRAM"),
        .vte_version = getenv("VTE_VERSION"),
        .kitty_window_id = getenv("KITTY_WINDOW_ID"),
        .wt_session = getenv("WT_SESSION"),
        .konsole_version = getenv("KONSOLE_VERSION"),
        .tmux = getenv("TMUX"),
        .sty = getenv("STY"),
    };
    struct terminfo_terminal known;
    (void)terminfo_describe(env.term, &known);
    known_add_environment(&env, &known.caps);
    t->caps = known.caps;
    t->record = record_of(&t->caps);
    if (t->caps.colors >= 256 && !is_limited_to_256(&env))
        t->caps.colors = DIRECT_COLORS;
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
