/*
 * For tests of the predictor: a client in front of a server that does what the test says. Keys are
 * typed here, the server's screen is written by hand, and a frame brings it over with its echo ack.
 */
#ifndef SKUA_TESTS_UNIT_TERM_PREDICT_PREDICT_FIXTURE_H
#define SKUA_TESTS_UNIT_TERM_PREDICT_PREDICT_FIXTURE_H

#include "test.h"

#include "term/predict/predictor.h"

struct fixture {
    struct predictor *p;
    struct screen *server; /* as the program left it */
    struct screen *raw;    /* as the client knows it */
    struct hints hints;
    struct predict_sync sync;
    uint64_t now_ms;
};

enum { ROWS = 6, COLS = 40 };

static inline void
start(struct fixture *f, enum predict_display display, uint32_t interval_ms)
{
    const struct predict_preference preference = { .display = display };
    f->p = predictor_new(&preference);
    f->server = screen_new(ROWS, COLS);
    f->server->modes.bracketed_paste = true; /* a line editor waits, as shells have it */
    f->raw = screen_copy(f->server);
    f->sync = (struct predict_sync){ .send_interval_ms = interval_ms };
    f->hints = (struct hints){ 0 };
    f->now_ms = 1000;
    predictor_judge(f->p, f->raw, &f->hints, &f->sync, f->now_ms);
}

static inline void
stop(struct fixture *f)
{
    predictor_free(f->p);
    screen_unref(f->server);
    screen_unref(f->raw);
}

/* Type bytes in one read; they leave in one client state. */
static inline void
type(struct fixture *f, const char *bytes)
{
    predictor_type(f->p, view_of_text(bytes), f->raw, &f->sync, f->now_ms);
    f->sync.sent++;
}

/* The program writes: printable characters, \b, \r, \n; no wrap. */
static inline void
print(struct fixture *f, const char *text)
{
    static const struct style plain = { 0 };
    struct screen *s = f->server;
    for (; *text != '\0'; text++) {
        if (*text == '\r') {
            s->cursor_col = 0;
        } else if (*text == '\b') {
            s->cursor_col--;
        } else if (*text == '\n') {
            if (s->cursor_row < ROWS - 1) {
                s->cursor_row++;
                continue;
            }
            for (int y = 0; y < ROWS; y++)
                screen_row_replace(s, y, y + 1 < ROWS ? row_ref(s->row[y + 1]) : row_new(COLS, 0));
        } else {
            row_set(screen_row_mut(s, s->cursor_row), s->cursor_col, view_of(text, 1), CELL_NARROW,
                    &plain);
            if (s->cursor_col < COLS - 1)
                s->cursor_col++;
        }
    }
}

/* A frame: the server's screen as it is, its echo ack at client state `acked`. */
static inline void
frame(struct fixture *f, uint64_t acked)
{
    screen_unref(f->raw);
    f->raw = screen_copy(f->server);
    f->sync.echo_ack = acked;
    predictor_judge(f->p, f->raw, &f->hints, &f->sync, f->now_ms);
}

/* All that was typed has had its time on the server. */
static inline void
answer(struct fixture *f)
{
    frame(f, f->sync.sent);
}

static inline void
wait(struct fixture *f, uint64_t ms)
{
    f->now_ms += ms;
}

/* Check what the user sees in a row, trailing blanks apart. */
static inline void
expect_row(struct fixture *f, int y, const char *want)
{
    struct screen *s = predictor_overlay(f->p, f->raw, f->now_ms);
    char text[COLS * 4 + 1];
    size_t len = 0, end = 0;
    for (int x = 0; x < COLS; x++) {
        uint8_t scratch[4];
        struct view v = row_text(s->row[y], x, scratch);
        if (v.len == 0 && s->row[y]->cell[x].width != CELL_RIGHT_HALF)
            v = view_of(" ", 1);
        if (v.len > 0)
            memcpy(text + len, v.data, v.len);
        len += v.len;
        if (!(v.len == 1 && v.data[0] == ' '))
            end = len;
    }
    text[end] = '\0';
    assert_string_equal(text, want);
    screen_unref(s);
}

static inline void
expect(struct fixture *f, const char *want)
{
    expect_row(f, f->raw->cursor_row, want);
}

static inline void
expect_cursor(struct fixture *f, int row, int col)
{
    struct screen *s = predictor_overlay(f->p, f->raw, f->now_ms);
    assert_int_equal(s->cursor_row, row);
    assert_int_equal(s->cursor_col, col);
    screen_unref(s);
}

static inline bool
is_underlined(struct fixture *f, int y, int x)
{
    struct screen *s = predictor_overlay(f->p, f->raw, f->now_ms);
    bool underlined = style_underline(s->row[y]->cell[x].attrs) == UNDERLINE_SINGLE;
    screen_unref(s);
    return underlined;
}

/* What a server says of a terminal driver that nobody has changed. */
static inline struct hints
usual_tty(bool echo, bool canonical)
{
    return (struct hints){ .known = true,
                           .echo = echo,
                           .canonical = canonical,
                           .signals = true,
                           .extended = true,
                           .erase = HINTS_ERASE,
                           .word_erase = HINTS_WORD_ERASE,
                           .kill = HINTS_KILL };
}

/* A shell's prompt with one echo seen in it. */
static inline void
start_proved(struct fixture *f, enum predict_display display, uint32_t interval_ms)
{
    start(f, display, interval_ms);
    print(f, "$ ");
    answer(f);
    type(f, "a");
    print(f, "a");
    answer(f);
}

#endif
