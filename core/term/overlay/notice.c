/* The notice line: what to say, and painting it. */
#include "term/overlay/notice.h"

#include "base/buf.h"
#include "term/text/utf8.h"
#include "term/text/codepoint.h"
#include "term/text/width.h"

#define NOTICE_LABEL_MAX_BYTES 64
#define NOTICE_SENT_MS         1000

/* Everything that one line can hold. */
#define NOTICE_LINE_MAX_BYTES (NOTICE_TEXT_MAX_BYTES + 256)

enum { BLUE = 4, WHITE = 7 };

static void
set_text(struct buf *b, struct view text)
{
    buf_clear(b);
    buf_put(b, view_first(text, b->max));
}

void
notice_init(struct notice *n, struct view label, struct view hint, uint64_t now_ms)
{
    *n = (struct notice){ .watching = true, .heard_ms = now_ms, .acked_ms = now_ms };
    buf_init(&n->label, NOTICE_LABEL_MAX_BYTES);
    buf_init(&n->hint, NOTICE_LABEL_MAX_BYTES);
    buf_init(&n->text, NOTICE_TEXT_MAX_BYTES);
    set_text(&n->label, label);
    set_text(&n->hint, hint);
}

void
notice_fini(struct notice *n)
{
    buf_fini(&n->text);
    buf_fini(&n->hint);
    buf_fini(&n->label);
    *n = (struct notice){ 0 };
}

void
notice_heard(struct notice *n, uint64_t at_ms)
{
    n->heard_ms = at_ms;
}

void
notice_acked(struct notice *n, uint64_t sent_at_ms)
{
    n->acked_ms = sent_at_ms;
}

void
notice_set(struct notice *n, struct view text, bool with_hint, uint64_t ttl_ms, uint64_t now_ms)
{
    set_text(&n->text, text);
    n->with_hint = with_hint;
    n->is_network_error = false;
    n->expires_ms = ttl_ms == NOTICE_FOR_EVER ? NOTICE_FOR_EVER : now_ms + ttl_ms;
}

void
notice_network_error(struct notice *n, struct view text, uint64_t now_ms)
{
    notice_set(n, text, true, NOTICE_ERROR_MS, now_ms);
    n->is_network_error = true;
}

void
notice_sent(struct notice *n, uint64_t now_ms)
{
    if (n->is_network_error && n->expires_ms > now_ms + NOTICE_SENT_MS)
        n->expires_ms = now_ms + NOTICE_SENT_MS;
}

void
notice_clear(struct notice *n)
{
    buf_clear(&n->text);
    n->is_network_error = false;
}

void
notice_end(struct notice *n)
{
    notice_clear(n);
    n->watching = false;
}

/* Times come from different clocks' readings of one turn: "later than now" is no silence. */
static uint64_t
silence_ms(uint64_t since_ms, uint64_t now_ms)
{
    return now_ms > since_ms ? now_ms - since_ms : 0;
}

static bool
has_text(const struct notice *n, uint64_t now_ms)
{
    return n->text.len > 0 && now_ms < n->expires_ms;
}

static bool
is_late(const struct notice *n, uint64_t since_ms, uint64_t late_ms, uint64_t now_ms)
{
    return n->watching && now_ms > n->grace_ms &&
           silence_ms(since_ms, now_ms) > late_ms + n->leave_ms;
}

static bool
server_is_late(const struct notice *n, uint64_t now_ms)
{
    return is_late(n, n->heard_ms, NOTICE_LATE_SERVER_MS, now_ms);
}

static bool
reply_is_late(const struct notice *n, uint64_t now_ms)
{
    return is_late(n, n->acked_ms, NOTICE_LATE_REPLY_MS, now_ms);
}

void
notice_expect(struct notice *n, uint64_t silence_ms, uint64_t now_ms)
{
    uint64_t leave_ms =
        silence_ms > NOTICE_QUIET_MS ? silence_ms + NOTICE_SLACK_MS - NOTICE_LATE_SERVER_MS : 0;
    if (leave_ms > n->leave_ms && (server_is_late(n, now_ms) || reply_is_late(n, now_ms)))
        return; /* what is said stays said */
    if (leave_ms < n->leave_ms)
        n->grace_ms = now_ms + NOTICE_ANSWER_MS;
    n->leave_ms = leave_ms;
}

bool
notice_is_shown(const struct notice *n, uint64_t now_ms)
{
    return has_text(n, now_ms) || server_is_late(n, now_ms) || reply_is_late(n, now_ms);
}

/* "7 seconds", "7 s", "1:07", "1:00:07". */
static void
put_duration(struct buf *out, uint64_t ms, const char *unit)
{
    unsigned long long s = ms / 1000;
    if (s < 60)
        buf_putf(out, "%llu %s", s, unit);
    else if (s < 3600)
        buf_putf(out, "%llu:%02llu", s / 60, s % 60);
    else
        buf_putf(out, "%llu:%02llu:%02llu", s / 3600, s / 60 % 60, s % 60);
}

static void
put_line(const struct notice *n, struct buf *out, uint64_t now_ms)
{
    bool by_reply = reply_is_late(n, now_ms) && !server_is_late(n, now_ms);
    bool is_silent = by_reply || server_is_late(n, now_ms);
    const char *what = by_reply ? "reply" : "contact";
    uint64_t silent_ms = silence_ms(by_reply ? n->acked_ms : n->heard_ms, now_ms);

    buf_put(out, buf_view(&n->label));
    if (!has_text(n, now_ms)) {
        buf_putf(out, "last %s ", what);
        put_duration(out, silent_ms, "seconds");
        buf_put_text(out, " ago.");
        buf_put(out, buf_view(&n->hint));
        return;
    }
    buf_put(out, buf_view(&n->text));
    if (is_silent) {
        buf_put_text(out, " (");
        put_duration(out, silent_ms, "s");
        buf_putf(out, " without %s)", what);
    }
    if (n->with_hint)
        buf_put(out, buf_view(&n->hint));
}

/* Paint text from column 0 on; what does not fit is cut, at a character. */
static void
paint_text(struct row *r, struct view text, const struct style *style)
{
    int x = 0, last = -1;
    while (text.len > 0) {
        uint32_t code_point;
        size_t len = utf8_next(text, &code_point);
        uint8_t utf8[4];
        struct view character = view_of(utf8, codepoint_encode(code_point, utf8));
        int width = width_of(code_point);
        text = view_from(text, len);
        if (width == 0 && last >= 0)
            row_append(r, last, character);
        if (width <= 0)
            continue;
        if (x + width > r->cols)
            return;
        row_set(r, x, character, (enum cell_width)width, style);
        if (width == CELL_WIDE)
            row_set(r, x + 1, (struct view){ 0 }, CELL_RIGHT_HALF, style);
        last = x;
        x += width;
    }
}

/* The top row, unless there is a prompt in it: then the bottom row. */
static int
notice_row(const struct screen *s)
{
    bool has_prompt = s->cursor_row == 0 && s->cursor_visible && s->cursor_col > 0;
    return has_prompt ? s->rows - 1 : 0;
}

struct screen *
notice_overlay(const struct notice *n, struct screen *s, uint64_t now_ms)
{
    if (!notice_is_shown(n, now_ms))
        return screen_ref(s);

    struct buf line;
    buf_init(&line, NOTICE_LINE_MAX_BYTES);
    put_line(n, &line, now_ms);

    const struct style style = {
        .fg = color_palette(WHITE),
        .bg = color_palette(BLUE),
        .attrs = STYLE_BOLD,
    };
    struct row *r = row_new(s->cols, color_palette(BLUE));
    paint_text(r, buf_view(&line), &style);
    buf_fini(&line);

    struct screen *out = screen_copy(s);
    const int at = notice_row(s);
    screen_row_replace(out, at, r);
    if (out->cursor_row == at)
        out->cursor_visible = false;
    return out;
}

/* When a counter of silence since since_ms, shown above late_ms, next changes the picture. */
static uint64_t
counter_deadline_ms(const struct notice *n, uint64_t since_ms, uint64_t late_ms, uint64_t now_ms)
{
    uint64_t silent_ms = silence_ms(since_ms, now_ms);
    if (!is_late(n, since_ms, late_ms, now_ms)) {
        uint64_t due_ms = since_ms + late_ms + n->leave_ms;
        return (due_ms > n->grace_ms ? due_ms : n->grace_ms) + 1;
    }
    uint64_t step = silent_ms > NOTICE_SLOW_AFTER_MS ? NOTICE_SLOW_STEP_MS : NOTICE_STEP_MS;
    return since_ms + (silent_ms / step + 1) * step;
}

static uint64_t
earlier(uint64_t a, uint64_t b)
{
    return a < b ? a : b;
}

uint64_t
notice_deadline_ms(const struct notice *n, uint64_t now_ms)
{
    uint64_t next = has_text(n, now_ms) ? n->expires_ms : UINT64_MAX;
    if (!n->watching)
        return next;
    uint64_t server = counter_deadline_ms(n, n->heard_ms, NOTICE_LATE_SERVER_MS, now_ms);
    uint64_t reply = counter_deadline_ms(n, n->acked_ms, NOTICE_LATE_REPLY_MS, now_ms);
    /* While the server is silent, only its counter is painted. */
    next = earlier(next, server);
    return server_is_late(n, now_ms) ? next : earlier(next, reply);
}
