/*
 * The pump of a server: input is taken from the attachments before each tick, the screen is published
 * to each of them after it.
 */
#include "session/server_session.h"

#include <stdlib.h>

#include "base/mem.h"
#include "session/echo_delay.h"
#include "sync/input_log.h"
#include "term/emulator/emulator.h"

/*
 * What a program answers to a key is rarely longer, and comes in one piece: it is shown at once. More may
 * be the beginning of much more, which is collected.
 */
#define ECHO_BYTES 64

/* A client that was silent for the network timeout is told of the end for so long, not for a minute. */
#define FAREWELL_MS 10000

/* Silences above the first are by agreement, and end with so much after them. */
#define SERVER_SHORT_SILENCE_MS 3000
#define SERVER_SILENCE_SLACK_MS 5000

struct server_session {
    struct emulator *emulator;
    struct buf pty_input;
    size_t answer_bytes; /* of output since the last keys went to the program */
    bool has_output;     /* since the last tick */
    bool is_behind;      /* the screen has changed since it was published, perhaps */
    struct attachment *attachment[SERVER_ATTACHMENTS_MAX];
    int attachments_ever;
    bool has_client, has_record, has_window, closing;
    bool window_changed;
    int rows, cols;
    struct record record;
    struct hints hints;
    struct echo_delay echo_delay;
    uint64_t start_ms, heard_ms, network_timeout_ms;
    uint64_t give_up_ms; /* when the farewell to a silent client ends; 0: none has begun */
};

struct server_session *
server_session_new(const struct server_options_core *options, uint64_t now_ms)
{
    struct server_session *s = mem_new(1, sizeof *s);
    s->rows = options->rows;
    s->cols = options->cols;
    s->network_timeout_ms = options->network_timeout_ms;
    s->start_ms = s->heard_ms = now_ms;
    s->emulator = emulator_new(EMULATOR_PTY, screen_new(options->rows, options->cols));
    /* Keys, and as many answers to queries as may wait. */
    buf_init(&s->pty_input, INPUT_LOG_MAX_UNITS + EMULATOR_REPLIES_MAX_BYTES);
    return s;
}

void
server_session_free(struct server_session *s)
{
    if (s == NULL)
        return;
    for (int n = 0; n < SERVER_ATTACHMENTS_MAX; n++)
        attachment_free(s->attachment[n]);
    emulator_free(s->emulator);
    buf_wipe(&s->pty_input);
    buf_fini(&s->pty_input);
    free(s);
}

int
server_session_attach(struct server_session *s, const struct attachment_config *config,
                      uint64_t now_ms)
{
    int n = 0;
    while (n < SERVER_ATTACHMENTS_MAX && s->attachment[n] != NULL)
        n++;
    if (n == SERVER_ATTACHMENTS_MAX)
        return -1;
    struct attachment_config sized = *config;
    sized.rows = s->rows;
    sized.cols = s->cols;
    struct screen *now = emulator_snapshot(s->emulator, now_ms);
    sized.seen = events_counts(now);
    screen_unref(now);
    s->attachment[n] = attachment_new(&sized, now_ms);
    if (s->attachment[n] == NULL)
        return -1;
    s->attachments_ever++;
    return n;
}

struct attachment *
server_session_attachment(struct server_session *s, int n)
{
    return n >= 0 && n < SERVER_ATTACHMENTS_MAX ? s->attachment[n] : NULL;
}

static void
take_answers(struct server_session *s)
{
    struct buf *answers = emulator_replies(s->emulator);
    buf_put(&s->pty_input, buf_view(answers));
    buf_clear(answers);
}

static void
set_window(struct server_session *s, int rows, int cols, uint64_t now_ms)
{
    if (s->has_window && rows == s->rows && cols == s->cols)
        return;
    s->has_window = true;
    s->rows = rows;
    s->cols = cols;
    s->window_changed = true;
    emulator_resize(s->emulator, rows, cols, now_ms);
    take_answers(s);
}

static void
take_input(struct server_session *s, struct attachment *a, uint64_t now_ms)
{
    const struct screen_modes *modes = &emulator_screen(s->emulator)->modes;
    const struct translate_modes keys = { .application_cursor = modes->application_cursor,
                                          .newline = modes->newline,
                                          .focus_events = modes->focus_events };
    struct attachment_input input;
    size_t before = s->pty_input.len;
    attachment_take_input(a, &keys, &s->pty_input, &input, now_ms);
    if (s->pty_input.len > before) {
        s->answer_bytes = 0;
        echo_delay_typed(&s->echo_delay, view_from(buf_view(&s->pty_input), before), now_ms);
    }
    if (input.has_record) {
        s->has_record = true;
        s->record = input.record;
        emulator_set_record(s->emulator, &s->record);
    }
    if (input.has_window)
        set_window(s, input.rows, input.cols, now_ms);
    if (attachment_has_client(a))
        s->has_client = true;
    if (attachment_heard_ms(a) > s->heard_ms)
        s->heard_ms = attachment_heard_ms(a);
}

enum skua_err
server_session_receive(struct server_session *s, int n, struct view datagram,
                       const struct arrival *how, uint64_t now_ms)
{
    struct attachment *a = server_session_attachment(s, n);
    if (a == NULL)
        return SKUA_ERR_CLOSED;
    enum skua_err err = attachment_receive(a, datagram, how, now_ms);
    if (err == SKUA_OK)
        take_input(s, a, now_ms);
    return err;
}

void
server_session_pty_output(struct server_session *s, struct view bytes, uint64_t now_ms)
{
    emulator_feed(s->emulator, bytes, now_ms);
    s->has_output = true;
    echo_delay_answered(&s->echo_delay, now_ms);
    s->answer_bytes = s->answer_bytes > ECHO_BYTES ? s->answer_bytes : s->answer_bytes + bytes.len;
    take_answers(s);
}

struct buf *
server_session_pty_input(struct server_session *s)
{
    return &s->pty_input;
}

bool
server_session_take_window(struct server_session *s, int *rows, int *cols)
{
    if (!s->window_changed)
        return false;
    s->window_changed = false;
    *rows = s->rows;
    *cols = s->cols;
    return true;
}

void
server_session_note_tty(struct server_session *s, const struct hints *tty)
{
    s->hints = *tty;
    s->hints.known = true;
    s->hints.since_input = 0;
    s->hints.echo_delay_ms = echo_delay_ms(&s->echo_delay);
}

static void
publish(struct server_session *s, uint64_t now_ms)
{
    s->is_behind = false;
    struct screen *snapshot = emulator_snapshot(s->emulator, now_ms);
    for (int n = 0; n < SERVER_ATTACHMENTS_MAX; n++) {
        if (s->attachment[n] == NULL)
            continue;
        attachment_publish(s->attachment[n], snapshot, s->hints.known ? &s->hints : NULL, now_ms);
        if (s->answer_bytes <= ECHO_BYTES)
            attachment_quiet(s->attachment[n]);
    }
    screen_unref(snapshot);
}

/*
 * A flood changes the screen a thousand times for each that is sent. While every attachment has something
 * that waits for its time the screen is left as it was published; next_datagram looks again.
 */
static bool
can_fall_behind(struct server_session *s, uint64_t now_ms)
{
    bool can = s->answer_bytes > ECHO_BYTES && emulator_deadline_ms(s->emulator) > now_ms;
    for (int n = 0; n < SERVER_ATTACHMENTS_MAX && can; n++)
        can = s->attachment[n] == NULL || attachment_can_wait(s->attachment[n], now_ms);
    return can;
}

static void
fall_behind(struct server_session *s, uint64_t now_ms)
{
    s->is_behind = true;
    for (int n = 0; n < SERVER_ATTACHMENTS_MAX; n++) {
        if (s->attachment[n] != NULL && s->has_output)
            attachment_touch(s->attachment[n], now_ms);
    }
}

void
server_session_shutdown(struct server_session *s, uint64_t now_ms)
{
    if (s->closing)
        return;
    emulator_release(s->emulator); /* who held output back is gone */
    publish(s, now_ms);
    s->closing = true;
    for (int n = 0; n < SERVER_ATTACHMENTS_MAX; n++) {
        if (s->attachment[n] != NULL)
            attachment_shutdown(s->attachment[n], now_ms);
    }
}

/* The time limit; but a client that was told to be silent for longer is not taken for lost. */
static uint64_t
patience_ms(const struct server_session *s, uint64_t now_ms)
{
    uint64_t ms = s->network_timeout_ms;
    for (int n = 0; n < SERVER_ATTACHMENTS_MAX; n++) {
        uint64_t silence_ms =
            s->attachment[n] != NULL ? attachment_silence_ms(s->attachment[n], now_ms) : 0;
        if (silence_ms > SERVER_SHORT_SILENCE_MS && ms < silence_ms + SERVER_SILENCE_SLACK_MS)
            ms = silence_ms + SERVER_SILENCE_SLACK_MS;
    }
    return ms;
}

static bool
is_timed_out(const struct server_session *s, uint64_t now_ms)
{
    if (!s->has_client)
        return now_ms - s->start_ms >= SERVER_NO_CLIENT_MS;
    return s->network_timeout_ms != 0 && now_ms - s->heard_ms >= patience_ms(s, now_ms);
}

void
server_session_tick(struct server_session *s, uint64_t now_ms)
{
    for (int n = 0; n < SERVER_ATTACHMENTS_MAX; n++) {
        struct attachment *a = s->attachment[n];
        if (a == NULL)
            continue;
        take_input(s, a, now_ms);
        bool is_given_up = s->give_up_ms != 0 && now_ms >= s->give_up_ms;
        if (is_given_up || attachment_is_over(a, now_ms)) {
            attachment_free(a);
            s->attachment[n] = NULL;
        }
    }
    if (!s->closing && is_timed_out(s, now_ms)) {
        server_session_shutdown(s, now_ms);
        s->give_up_ms = now_ms + FAREWELL_MS;
    }
    if (s->closing)
        return;
    if (can_fall_behind(s, now_ms))
        fall_behind(s, now_ms);
    else
        publish(s, now_ms);
    s->has_output = false;
}

bool
server_session_next_datagram(struct server_session *s, int n, struct buf *out,
                             struct departure *how, uint64_t now_ms)
{
    struct attachment *a = server_session_attachment(s, n);
    if (a != NULL && s->is_behind && !s->closing && !attachment_can_wait(a, now_ms))
        publish(s, now_ms);
    return a != NULL && attachment_next_datagram(a, out, how, now_ms);
}

void
server_session_path_event(struct server_session *s, int n, uint32_t path, enum path_event what,
                          uint64_t now_ms)
{
    struct attachment *a = server_session_attachment(s, n);
    if (a != NULL)
        attachment_path_event(a, path, what, now_ms);
}

void
server_session_woke(struct server_session *s, struct view random, uint64_t now_ms)
{
    for (int n = 0; n < SERVER_ATTACHMENTS_MAX; n++) {
        if (s->attachment[n] != NULL)
            attachment_woke(s->attachment[n], random, now_ms);
    }
}

static uint64_t
timeout_ms(const struct server_session *s, uint64_t now_ms)
{
    if (s->closing)
        return s->give_up_ms != 0 ? s->give_up_ms : UINT64_MAX;
    if (!s->has_client)
        return s->start_ms + SERVER_NO_CLIENT_MS;
    return s->network_timeout_ms != 0 ? s->heard_ms + patience_ms(s, now_ms) : UINT64_MAX;
}

uint64_t
server_session_deadline_ms(struct server_session *s, uint64_t now_ms)
{
    uint64_t deadline = timeout_ms(s, now_ms);
    uint64_t held = emulator_deadline_ms(s->emulator);
    if (held < deadline)
        deadline = held;
    for (int n = 0; n < SERVER_ATTACHMENTS_MAX; n++) {
        if (s->attachment[n] == NULL)
            continue;
        uint64_t due = attachment_deadline_ms(s->attachment[n], now_ms);
        if (due < deadline)
            deadline = due;
    }
    return deadline;
}

bool
server_session_has_client(const struct server_session *s)
{
    return s->has_client;
}

bool
server_session_record(const struct server_session *s, struct record *out)
{
    if (s->has_record)
        *out = s->record;
    return s->has_record;
}

uint64_t
server_session_heard_ms(const struct server_session *s)
{
    return s->heard_ms;
}

bool
server_session_is_over(const struct server_session *s, uint64_t now_ms)
{
    if (s->attachments_ever == 0)
        return s->closing;
    for (int n = 0; n < SERVER_ATTACHMENTS_MAX; n++) {
        if (s->attachment[n] != NULL && !attachment_is_over(s->attachment[n], now_ms))
            return false;
    }
    return true;
}

struct screen *
server_session_snapshot(struct server_session *s, uint64_t now_ms)
{
    return emulator_snapshot(s->emulator, now_ms);
}
