/*
 * Listens to ssh. The session starts at its line and not at the end of the output: some wrappers of ssh
 * stay. And what ended is the program, not the pipe: a connection kept for sharing holds that open.
 */
#include "start.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "progress.h"
#include "rim/clock.h"
#include "rim/loop.h"
#include "rim/signals.h"
#include "upload.h"

#define CHUNK_BYTES   4096
#define ASK_TO_END_MS 2000 /* ssh restores a terminal that it silenced for a password */
#define PROXY_LINE_MS 1000
#define LINGER_MS     3000 /* between the end of the output and the end of the program */

static const int caught[] = { SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGCHLD };
#define CAUGHT_COUNT (sizeof caught / sizeof caught[0])

/* What is listened to. */
struct listener {
    struct loop *loop;
    struct loop_watch *output_watch;
    struct signals *signals;
    struct remote_output *output;
    const struct start_plan *plan;
    struct progress progress;
    uint64_t deadline_ms;
};

static bool
holds(struct view text, const char *words)
{
    size_t len = strlen(words);

    for (size_t i = 0; i + len <= text.len; i++) {
        if (memcmp(text.data + i, words, len) == 0)
            return true;
    }
    return false;
}

static void
show(struct listener *l, struct view text, struct start *out)
{
    /* What servers of Mosh say. */
    if (holds(text, "Bad UDP port"))
        out->says_bad_port = true;
    if (holds(text, "needs a UTF-8 native locale"))
        out->says_no_utf8 = true;
    progress_close(&l->progress);
    if (l->plan->text != NULL) {
        buf_put(l->plan->text, text);
        buf_put_u8(l->plan->text, '\n');
        return;
    }
    if (text.len != 0)
        fwrite(text.data, 1, text.len, stdout);
    putchar('\n');
    fflush(stdout);
}

static bool
is_bad(struct start *out, struct fail *why, const char *text)
{
    out->end = START_BAD;
    fail_set(why, SKUA_ERR_MALFORMED, 0, "%s", text);
    return true;
}

/* Returns whether this was the last line that matters. */
static bool
take_line(struct listener *l, struct connect_line *line, struct start *out, struct fail *why)
{
    switch (line->kind) {
    case CONNECT_LINE_TEXT: return false;
    case CONNECT_LINE_ADDRESS:
        out->reached = line->address;
        out->has_reached = true;
        return false;
    case CONNECT_LINE_UNREACHED: out->is_unreached = true; return false;
    case CONNECT_LINE_CONNECTION:
        out->connection = line->address;
        out->has_connection = true;
        if (l->plan->upload == NULL)
            progress_say(&l->progress, "logged in to %s, starting its server",
                         l->plan->options->host);
        else
            progress_say(&l->progress, "copying a server to %s (%llu kB)", l->plan->options->host,
                         (unsigned long long)(l->plan->upload->bytes + 999) / 1000);
        l->deadline_ms = clock_now_ms() + out->limit_ms;
        return false;
    case CONNECT_LINE_NO_SERVER:
        out->has_no_server = true;
        memcpy(out->system, line->system, sizeof out->system);
        memcpy(out->machine, line->machine, sizeof out->machine);
        return false;
    case CONNECT_LINE_START:
        out->end = START_STARTED;
        out->port = line->port;
        out->key = line->key;
        return true;
    case CONNECT_LINE_BAD_ADDRESS: return is_bad(out, why, "our own proxy gave a bad address");
    case CONNECT_LINE_BAD_CONNECTION: return is_bad(out, why, "bad SSH_CONNECTION from the host");
    case CONNECT_LINE_BAD_PORT: return is_bad(out, why, "bad port from the server");
    case CONNECT_LINE_BAD_KEY: return is_bad(out, why, "bad key from the server");
    }
    return false;
}

static bool
take_event(struct listener *l, struct remote_event *event, struct start *out, struct fail *why)
{
    bool last = true;

    switch (event->kind) {
    case REMOTE_EVENT_TEXT:
        show(l, event->text, out);
        last = false;
        break;
    case REMOTE_EVENT_LINE: last = take_line(l, &event->line, out, why); break;
    case REMOTE_EVENT_TWICE: is_bad(out, why, "the address of the host was given twice"); break;
    case REMOTE_EVENT_TOO_MUCH:
        is_bad(out, why, "more than 1 MiB of text from the host, and no start of a server in it");
        break;
    }
    key_wipe(&event->line.key);
    return last;
}

/*
 * Take in what there is, a chunk only: signals and deadlines have their turn between two.
 * Returns 1 if there may be more, 0 if there is none now, -1 at the end of it or of our interest.
 */
static int
read_output(struct listener *l, struct start *out, struct fail *why)
{
    uint8_t chunk[CHUNK_BYTES];
    struct remote_event event;
    ssize_t len = read(l->plan->fd, chunk, sizeof chunk);

    if (len < 0 && (errno == EAGAIN || errno == EINTR))
        return 0;
    bool last = len <= 0 && remote_output_end(l->output, &event);
    if (last)
        take_event(l, &event, out, why);
    if (len <= 0)
        return -1;

    struct view in = view_of(chunk, (size_t)len);
    while (!last && remote_output_next(l->output, &in, &event))
        last = take_event(l, &event, out, why);
    mem_wipe(chunk, sizeof chunk);
    return last ? -1 : 1;
}

/* Returns whether one of the signals means leaving. */
static bool
take_signals(struct listener *l)
{
    bool leave = false;

    signals_drain(l->signals);
    for (size_t i = 0; i < CAUGHT_COUNT; i++) {
        if (signals_take(l->signals, caught[i]) && caught[i] != SIGCHLD)
            leave = true;
    }
    return leave;
}

/* The program is gone: what it wrote is still in the pipe, its end may never come. */
static void
read_rest(struct listener *l, struct start *out, struct fail *why)
{
    struct remote_event event;
    int more;

    while ((more = read_output(l, out, why)) > 0)
        ;
    if (more == 0 && remote_output_end(l->output, &event))
        take_event(l, &event, out, why);
}

static void
listen_to_end(struct listener *l, struct loop_watch *signals_watch, struct start *out,
              struct fail *why)
{
    for (;;) {
        bool ready = loop_wait(l->loop, l->deadline_ms);
        if (!ready && clock_now_ms() >= l->deadline_ms) {
            out->end = START_LATE;
            return;
        }
        if ((loop_ready(signals_watch) & LOOP_READ) && take_signals(l)) {
            out->end = START_INTERRUPTED;
            return;
        }
        if ((loop_ready(l->output_watch) & LOOP_READ) && read_output(l, out, why) < 0)
            return;
        if (child_wait(l->plan->child, 0, &out->exit)) {
            out->has_exit = true;
            read_rest(l, out, why);
            return;
        }
    }
}

/* A program that brought no session must not outlive us, nor leave the terminal without its echo. */
static void
end_child(struct child *child, struct start *out)
{
    if (out->end == START_STARTED || out->has_exit)
        return;
    if (out->end == START_ENDED)
        out->has_exit = child_wait(child, clock_now_ms() + LINGER_MS, &out->exit);
    if (out->has_exit)
        return;
    child_kill(child, SIGTERM);
    struct child_exit ignored;
    child_wait(child, clock_now_ms() + ASK_TO_END_MS, &ignored);
}

/*
 * Our proxy may have had a line on the terminal when it was ended: its pipe ends when that is gone, and
 * only then is it our turn to write.
 */
static void
wait_for_proxy(int fd)
{
    uint64_t deadline_ms = clock_now_ms() + PROXY_LINE_MS, now_ms;
    struct pollfd p = { .fd = fd, .events = POLLIN };
    uint8_t chunk[CHUNK_BYTES];

    while ((now_ms = clock_now_ms()) < deadline_ms) {
        if (poll(&p, 1, (int)(deadline_ms - now_ms)) <= 0 || read(fd, chunk, sizeof chunk) == 0)
            break;
    }
    mem_wipe(chunk, sizeof chunk);
}

enum skua_err
start_read(const struct start_plan *plan, struct start *out, struct fail *why)
{
    struct listener l = {
        .plan = plan,
        .output = remote_output_new(plan->token),
        .deadline_ms = UINT64_MAX,
    };
    struct loop_watch *signals_watch = NULL;

    *out = (struct start){
        .end = START_ENDED,
        .limit_ms = plan->upload == NULL ? START_AFTER_LOGIN_MS : UPLOAD_MS,
    };
    progress_open(&l.progress, plan->options->label);
    enum skua_err err = signals_open(caught, CAUGHT_COUNT, &l.signals, why);
    if (err != SKUA_OK)
        goto out;
    if ((err = loop_new(&l.loop, why)) != SKUA_OK ||
        (err = loop_add(l.loop, plan->fd, LOOP_READ, &l.output_watch, why)) != SKUA_OK ||
        (err = loop_add(l.loop, signals_fd(l.signals), LOOP_READ, &signals_watch, why)) != SKUA_OK)
        goto out;
    listen_to_end(&l, signals_watch, out, why);
    snprintf(out->last_text, sizeof out->last_text, "%s", remote_output_last_text(l.output));
out:
    progress_close(&l.progress);
    loop_free(l.loop);
    end_child(plan->child, out);
    if (plan->token.len != 0 && out->end != START_STARTED)
        wait_for_proxy(plan->fd);
    if (err != SKUA_OK || out->end != START_STARTED || !plan->keep_fd)
        close(plan->fd);
    signals_close(l.signals);
    remote_output_free(l.output);
    return err;
}
