/*
 * Run a command under the emulator alone, in a pty, and write down the screen that it leaves: no
 * session, no network, no terminal of the user's. For tests, and for conformance suites that ask the
 * terminal what it shows (DECRQCRA is answered here, and only here).
 *
 *   skua-term [--attrs] [--size COLSxROWS] [--seconds N] [--type TEXT] [--] COMMAND [ARGUMENT]...
 *
 * Ends with the command, or after N seconds (10 at first); the exit status is the command's, or 124
 * if it had to be hung up.
 */
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "rim/clock.h"
#include "rim/loop.h"
#include "rim/pty.h"
#include "term/emulator/emulator.h"
#include "tests/conformance/describe.h"

#define DUMP_MAX_BYTES (16 * 1024 * 1024)
#define READ_BYTES     65536
#define TIMED_OUT      124
#define USAGE          2
#define CANNOT_RUN     127

struct options {
    bool attrs;
    int cols, rows;
    uint64_t seconds;
    const char *type;
    char **command;
};

struct run {
    struct pty *pty;
    struct loop *loop;
    struct loop_watch *watch;
    struct emulator *emulator;
    struct buf input; /* typed text and replies, on their way to the command */
    uint64_t deadline_ms;
};

static int
usage(const char *what)
{
    fprintf(stderr,
            "skua-term: %s\nusage: skua-term [--attrs] [--size COLSxROWS] [--seconds N]"
            " [--type TEXT] [--] COMMAND [ARGUMENT]...\n",
            what);
    return USAGE;
}

static bool
parse_size(const char *text, struct options *o)
{
    char rest;
    return sscanf(text, "%dx%d%c", &o->cols, &o->rows, &rest) == 2 &&
           screen_size_is_valid(o->rows, o->cols);
}

static bool
parse_seconds(const char *text, struct options *o)
{
    char *end;
    o->seconds = strtoul(text, &end, 10);
    return *end == 0 && end != text && o->seconds > 0 && o->seconds <= 86400;
}

/* Returns what is wrong, or NULL. */
static const char *
parse_options(int argc, char **argv, struct options *o)
{
    static const struct option names[] = {
        { "attrs", no_argument, NULL, 'a' },
        { "size", required_argument, NULL, 's' },
        { "seconds", required_argument, NULL, 't' },
        { "type", required_argument, NULL, 'i' },
        { NULL, 0, NULL, 0 },
    };
    *o = (struct options){ .cols = 80, .rows = 24, .seconds = 10, .type = "" };
    opterr = 0;
    for (int c; (c = getopt_long(argc, argv, "+", names, NULL)) != -1;) {
        if (c == 'a')
            o->attrs = true;
        else if (c == 'i')
            o->type = optarg;
        else if (c == 's' && !parse_size(optarg, o))
            return "--size wants COLSxROWS, each 1 to 4096";
        else if (c == 't' && !parse_seconds(optarg, o))
            return "--seconds wants 1 to 86400";
        else if (c == '?')
            return "unknown option, or one without its argument";
    }
    o->command = argv + optind;
    return optind < argc ? NULL : "no command";
}

static int
run_command(void *context)
{
    char **command = context;
    setenv("TERM", "xterm-256color", 1);
    setenv("COLORTERM", "truecolor", 1);
    unsetenv("STY");
    unsetenv("TMUX");
    execvp(command[0], command);
    perror(command[0]);
    return CANNOT_RUN;
}

static void
write_input(struct run *r)
{
    if (r->input.len == 0)
        return;
    ssize_t taken = pty_write(r->pty, buf_view(&r->input));
    if (taken > 0)
        buf_take(&r->input, (size_t)taken);
}

/* Take the answers over as far as there is room; what a deaf command does not read stays with it. */
static void
take_replies(struct run *r)
{
    struct buf *replies = emulator_replies(r->emulator);
    if (buf_put(&r->input, buf_view(replies)))
        buf_clear(replies);
}

/* Feed the emulator until the command closes its terminal. Returns false if time ran out. */
static bool
pump(struct run *r)
{
    static uint8_t bytes[READ_BYTES];
    for (;;) {
        loop_want(r->watch, r->input.len > 0 ? LOOP_READ | LOOP_WRITE : LOOP_READ);
        (void)loop_wait(r->loop, r->deadline_ms);
        if (clock_now_ms() >= r->deadline_ms)
            return false;
        if ((loop_ready(r->watch) & LOOP_READ) != 0) {
            ssize_t len = pty_read(r->pty, bytes, sizeof bytes);
            if (len < 0)
                return true;
            emulator_feed(r->emulator, view_of(bytes, (size_t)len), clock_now_ms());
            take_replies(r);
        }
        write_input(r);
    }
}

static void
dump(struct run *r, const struct options *o)
{
    struct buf out;
    buf_init(&out, DUMP_MAX_BYTES);
    struct screen *s = emulator_snapshot(r->emulator, UINT64_MAX);
    for (int y = 0; y < s->rows; y++) {
        size_t end = out.len;
        for (int x = 0; x < s->cols; x++) {
            uint8_t scratch[4];
            struct view text = row_text(s->row[y], x, scratch);
            if (text.len > 0)
                buf_put(&out, text);
            else if (s->row[y]->cell[x].width != CELL_RIGHT_HALF)
                buf_put_text(&out, " ");
            if (text.len > 0 && !view_equal(text, view_of(" ", 1)))
                end = out.len;
        }
        out.len = end;
        buf_put_text(&out, "\n");
    }
    if (o->attrs) {
        buf_put_text(&out, "cursor ");
        describe_cursor(s, emulator_is_wrap_pending(r->emulator), &out);
        buf_put_text(&out, "\n");
        describe_extras(s, true, &out);
        buf_put_text(&out, "\n");
    }
    fwrite(out.data, 1, out.len, stdout);
    screen_unref(s);
    buf_fini(&out);
}

static enum skua_err
start(struct run *r, const struct options *o, struct fail *why)
{
    const struct tty_window window = { .cols = o->cols, .rows = o->rows };
    enum skua_err err = pty_open(&window, &r->pty, why);
    if (err == SKUA_OK)
        err = pty_fork(r->pty, run_command, o->command, why);
    if (err == SKUA_OK)
        err = loop_new(&r->loop, why);
    if (err == SKUA_OK)
        err = loop_add(r->loop, pty_fd(r->pty), LOOP_READ, &r->watch, why);
    if (err != SKUA_OK)
        return err;
    r->emulator = emulator_new(EMULATOR_PTY, screen_new(o->rows, o->cols));
    emulator_allow_checksums(r->emulator);
    buf_init(&r->input, strlen(o->type) + 2 * EMULATOR_REPLIES_MAX_BYTES);
    buf_put_text(&r->input, o->type);
    r->deadline_ms = clock_now_ms() + o->seconds * 1000;
    pty_release(r->pty, 0);
    return SKUA_OK;
}

/* The command's exit status, which may come a little after its terminal is closed. */
static int
status_of(struct run *r)
{
    struct pty_exit how;
    while (!pty_reap(r->pty, &how)) {
        if (clock_now_ms() >= r->deadline_ms)
            return TIMED_OUT;
        (void)loop_wait(r->loop, clock_now_ms() + 1);
    }
    return how.status;
}

int
main(int argc, char **argv)
{
    struct options options;
    const char *wrong = parse_options(argc, argv, &options);
    if (wrong != NULL)
        return usage(wrong);

    struct run r = { 0 };
    struct fail why;
    int status = EXIT_FAILURE;
    if (start(&r, &options, &why) != SKUA_OK) {
        fprintf(stderr, "skua-term: %s\n", why.text);
        goto out;
    }
    bool ended = pump(&r);
    loop_remove(r.watch);
    dump(&r, &options);
    status = ended ? status_of(&r) : TIMED_OUT;
out:
    buf_fini(&r.input);
    emulator_free(r.emulator);
    loop_free(r.loop);
    pty_close(r.pty);
    return status;
}
