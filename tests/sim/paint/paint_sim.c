/*
 * The painter's promise, over many screens: what it writes, fed to an emulator that holds the old
 * screen, makes the new one. On both wires the screens become equal; on a real terminal they look the
 * same. All bytes pass the lexers. A stock client also lives through each story, and keeps the state that
 * no screen has from one diff to the next.
 *
 *   paint_sim [PAIRS [SEED]]     at least so many pairs of screens in each dialect; stories from this seed
 *
 * A failure prints its seed; `paint_sim 1 SEED` tells that story alone.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "dice.h"
#include "program.h"
#include "show.h"
#include "term/display/disputed.h"
#include "term/display/paint.h"
#include "term/display/project.h"
#include "term/emulator/emulator.h"
#include "tests/lint/lint.h"
#include "tests/lint/stock_model.h"

#define PAIRS       60000
#define STEPS       40
#define STEP_MS     500
#define REMEMBERED  6
#define BYTES_MAX   (1 << 22)
#define PROGRAM_MAX (1 << 20)

/* Pairs of screens that were looked at. */
struct figures {
    uint64_t stories, stock, skua, terminal;
};

struct story {
    uint64_t seed;
    int step;
    struct dice dice;
    int rows, cols;
    struct emulator *server;
    struct screen *past[REMEMBERED]; /* raw; some may be NULL */
    struct caps caps;                /* of the user's terminal */
    struct emulator *terminal;
    struct screen *shown;      /* projected for it; NULL: unknown */
    struct emulator *client;   /* a stock client, from the first diff to the last */
    struct screen *client_has; /* what it shows, as the server knows it */
    struct figures *figures;
    bool failed;
};

static void
fail(struct story *t, const char *what, const char *dialect, struct view bytes,
     const struct screen *before, const struct screen *after, const struct screen *got)
{
    t->failed = true;
    fprintf(stderr, "seed %" PRIu64 ", step %d, %s: %s\n", t->seed, t->step, dialect, what);
    show_bytes(bytes);
    if (before != NULL)
        show_screen("before", before);
    show_screen("wanted", after);
    if (got == NULL)
        return;
    show_screen("got", got);
    show_difference(after, got);
}

/* Counters coalesce and what left the screen is told apart: the bytes do not carry them. */
static struct screen *
without_counters(const struct screen *s, const struct screen *like)
{
    struct screen *copy = screen_copy(s);
    copy->bell_count = like->bell_count;
    copy->scrolled_off = like->scrolled_off;
    copy->clipboard.count = like->clipboard.count;
    for (int i = 0; i < EVENTS_NOTIFICATIONS_MAX; i++)
        payload_set(&copy->notifications.recent[i], like->notifications.recent[i]);
    copy->notifications.count = like->notifications.count;
    return copy;
}

/* Stock cannot be told to forget what was in the clipboard. */
static void
forgive_clipboard(struct screen *got, const struct screen *wanted)
{
    if (wanted->clipboard.target == 0) {
        payload_set(&got->clipboard.contents, NULL);
        got->clipboard.target = 0;
    }
}

static struct screen *
apply(enum emulator_role role, struct screen *before, const struct screen *after, struct view bytes,
      struct view more)
{
    struct emulator *e = emulator_new(role, screen_ref(before));
    if (before->rows != after->rows || before->cols != after->cols)
        emulator_resize(e, after->rows, after->cols, 0);
    emulator_feed(e, bytes, 0);
    emulator_feed(e, more, 0);
    struct screen *got = emulator_snapshot(e, 0);
    emulator_free(e);
    return got;
}

/* Whether `got` is `after` but for what the bytes do not carry. */
static bool
is_same(const struct screen *got, const struct screen *after)
{
    struct screen *plain = without_counters(got, after);
    forgive_clipboard(plain, after);
    bool same = screen_equal(plain, after);
    screen_unref(plain);
    return same;
}

static void
check_wire(struct story *t, struct screen *old_raw, struct screen *new_raw, const struct caps *caps,
           enum emulator_role role)
{
    const char *dialect = caps == &caps_stock ? "stock" : "skua";
    struct screen *before = screen_project(old_raw, caps), *after = screen_project(new_raw, caps);
    struct buf out;
    buf_init(&out, BYTES_MAX);
    paint(before, after, caps, &out);
    struct screen *got = apply(role, before, after, buf_view(&out), (struct view){ 0 });
    if (!is_same(got, after))
        fail(t, "not equal", dialect, buf_view(&out), before, after, got);
    screen_unref(got);
    /* With a wrap pending an X would go to the next row. */
    got = apply(role, before, after, buf_view(&out), view_of_text("X"));
    if (got->row[after->cursor_row]->cell[after->cursor_col].text % CELL_EXTRA != 'X' &&
        !cell_has_extra(&got->row[after->cursor_row]->cell[after->cursor_col]))
        fail(t, "wrap pending", dialect, buf_view(&out), before, after, got);
    screen_unref(got);
    screen_unref(before);
    screen_unref(after);
    buf_fini(&out);
}

/* In both dialects of the wire. */
static void
check_wires(struct story *t, struct screen *old_raw, struct screen *new_raw)
{
    check_wire(t, old_raw, new_raw, &caps_stock, EMULATOR_HOST_STOCK);
    t->figures->stock++;
    check_wire(t, old_raw, new_raw, &caps_skua, EMULATOR_HOST_SKUA);
    t->figures->skua++;
}

/* The next diff for the client that lives on. */
static void
check_client(struct story *t, struct screen *raw)
{
    struct screen *before = t->client_has, *after = screen_project(raw, &caps_stock);
    struct buf out;
    buf_init(&out, BYTES_MAX);
    paint(before, after, &caps_stock, &out);
    if (before->rows != after->rows || before->cols != after->cols)
        emulator_resize(t->client, after->rows, after->cols, 0);
    const char *wrong = stock_model_feed(t->client, buf_view(&out));
    struct screen *got = emulator_snapshot(t->client, 0);
    if (wrong == NULL && !is_same(got, after))
        wrong = "not equal";
    if (wrong != NULL)
        fail(t, wrong, "stock client", buf_view(&out), before, after, got);
    t->figures->stock++;
    t->client_has = after;
    screen_unref(got);
    screen_unref(before);
    buf_fini(&out);
}

/* Projecting what is projected changes nothing. */
static void
check_projection(struct story *t, struct screen *raw, const struct caps *caps)
{
    struct screen *once = screen_project(raw, caps), *twice = screen_project(once, caps);
    if (once != twice)
        fail(t, "projected twice", "projection", (struct view){ 0 }, raw, once, twice);
    screen_unref(once);
    screen_unref(twice);
}

static struct style
bare_style(struct style s)
{
    s.link = NULL;
    return s;
}

/* Whether both look the same to a user. */
static bool
looks_same(const struct row *a, const struct row *b, int x)
{
    uint8_t scratch_a[4], scratch_b[4];
    struct view text_a = row_text(a, x, scratch_a), text_b = row_text(b, x, scratch_b);
    struct style style_a = bare_style(row_style(a, x)), style_b = bare_style(row_style(b, x));
    bool has_link_a = row_style(a, x).link != NULL, has_link_b = row_style(b, x).link != NULL;
    const struct view space = view_of_text(" ");
    if (text_a.len == 0 || text_b.len == 0)
        return style_a.bg == style_b.bg && (text_a.len == 0 || view_equal(text_a, space)) &&
               (text_b.len == 0 || view_equal(text_b, space));
    return view_equal(text_a, text_b) && style_equal(&style_a, &style_b) &&
           a->cell[x].width == b->cell[x].width && has_link_a == has_link_b;
}

/* Others may measure it differently, our own emulator among them. */
static bool
is_disputed(const struct row *r, int x)
{
    uint8_t scratch[4];
    if (r->cell[x].width == CELL_RIGHT_HALF && x > 0)
        x--;
    struct view text = row_text(r, x, scratch);
    return text.len > 0 && disputed_text(text);
}

static void
check_picture(struct story *t, struct view bytes, const struct screen *before)
{
    const struct screen *wanted = t->shown, *got = emulator_screen(t->terminal);
    for (int y = 0; y < wanted->rows; y++) {
        for (int x = 0; x < wanted->cols; x++) {
            if (is_disputed(wanted->row[y], x))
                continue;
            if (!looks_same(wanted->row[y], got->row[y], x)) {
                fail(t, "looks different", "outer", bytes, before, wanted, got);
                return;
            }
        }
    }
    const struct style plain = { .fg = COLOR_DEFAULT };
    if (wanted->cursor_row != got->cursor_row || wanted->cursor_col != got->cursor_col ||
        wanted->cursor_visible != got->cursor_visible || !style_equal(&got->pen, &plain) ||
        wanted->modes.mouse_reporting != got->modes.mouse_reporting ||
        wanted->modes.mouse_encoding != got->modes.mouse_encoding ||
        wanted->modes.bracketed_paste != got->modes.bracketed_paste ||
        wanted->modes.reverse_video != got->modes.reverse_video)
        fail(t, "cursor, pen or modes", "outer", bytes, before, wanted, got);
}

static void
show(struct story *t, struct screen *raw)
{
    struct screen *before = t->shown;
    t->shown = screen_project(raw, &t->caps);
    const struct screen *window = emulator_screen(t->terminal);
    if (window->rows != t->shown->rows || window->cols != t->shown->cols)
        emulator_resize(t->terminal, t->shown->rows, t->shown->cols, 0);
    if (before != NULL && dice_hits(&t->dice, 40)) { /* as after a suspend: anything may be there */
        emulator_feed(t->terminal, view_of_text("\033[2;3r\033[1;31;44mgarbage\033[5;5H"), 0);
        if ((t->caps.can & CAPS_CAN_REVERSE_VIDEO) != 0)
            emulator_feed(t->terminal, view_of_text("\033[?5h"), 0);
        screen_unref(before);
        before = NULL;
    }
    struct buf out;
    buf_init(&out, BYTES_MAX);
    paint(before, t->shown, &t->caps, &out);
    const char *wrong = lint_outer(buf_view(&out), &t->caps);
    emulator_feed(t->terminal, buf_view(&out), 0);
    if (wrong != NULL)
        fail(t, wrong, "outer", buf_view(&out), before, t->shown, NULL);
    else
        check_picture(t, buf_view(&out), before);
    t->figures->terminal++;
    screen_unref(before);
    buf_fini(&out);
}

/* A screen that no program left behind: rows in other places, flags where they need not be. */
static struct screen *
scramble(struct dice *d, const struct screen *raw)
{
    struct screen *s = screen_copy(raw);
    for (int i = 1 + dice_below(d, 4); i > 0; i--) {
        int y = dice_below(d, s->rows), from = dice_below(d, s->rows);
        screen_row_replace(s, y, row_ref(raw->row[from]));
        if (dice_hits(d, 3))
            screen_row_mut(s, y)->wrapped = dice_hits(d, 2);
    }
    s->cursor_row = dice_below(d, s->rows);
    s->cursor_col = dice_below(d, s->cols);
    return s;
}

static void
remember(struct story *t, struct screen *raw)
{
    screen_unref(t->past[0]);
    for (int i = 1; i < REMEMBERED; i++)
        t->past[i - 1] = t->past[i];
    t->past[REMEMBERED - 1] = raw;
}

static void
choose_size(struct story *t)
{
    bool is_usual = dice_hits(&t->dice, 12);
    t->rows = is_usual ? 24 : 1 + dice_below(&t->dice, 10);
    t->cols = is_usual ? 80 : 1 + dice_below(&t->dice, 24);
}

/* Within a session a title does not become none again, and neither does the clipboard. */
static void
keep_history(const struct screen *from, struct screen *to)
{
    to->title_set = from->title_set;
    payload_set(&to->title, from->title);
    payload_set(&to->icon, from->icon);
    to->clipboard.count = from->clipboard.count;
    to->clipboard.target = from->clipboard.target;
    payload_set(&to->clipboard.contents, from->clipboard.contents);
}

/* A screen that has nothing to do with ours, of another size perhaps; there and back. */
static void
check_stranger(struct story *t, struct screen *raw)
{
    int rows = raw->rows, cols = raw->cols;
    if (dice_hits(&t->dice, 3)) {
        rows = 1 + dice_below(&t->dice, 12);
        cols = 1 + dice_below(&t->dice, 40);
    }
    struct emulator *e = emulator_new(EMULATOR_PTY, screen_new(rows, cols));
    struct buf bytes;
    buf_init(&bytes, PROGRAM_MAX);
    program_write(&t->dice, rows, cols, 60, &bytes);
    emulator_feed(e, buf_view(&bytes), 0);
    struct screen *shown = emulator_snapshot(e, 0), *other = screen_copy(shown);
    screen_unref(shown);
    keep_history(raw, other);
    check_wires(t, other, raw);
    check_wires(t, raw, other);
    screen_unref(other);
    buf_fini(&bytes);
    emulator_free(e);
}

static void
take_step(struct story *t)
{
    const uint64_t now_ms = (uint64_t)t->step * STEP_MS; /* events are rationed by time */
    struct buf bytes;
    buf_init(&bytes, PROGRAM_MAX);
    if (dice_hits(&t->dice, 15)) {
        choose_size(t);
        emulator_resize(t->server, t->rows, t->cols, now_ms);
    }
    program_write(&t->dice, t->rows, t->cols, 12, &bytes);
    emulator_feed(t->server, buf_view(&bytes), now_ms);
    buf_clear(emulator_replies(t->server));
    buf_fini(&bytes);
    struct screen *raw = emulator_snapshot(t->server, now_ms);
    if (dice_hits(&t->dice, 5)) {
        struct screen *other = scramble(&t->dice, raw);
        screen_unref(raw);
        raw = other;
    }
    for (int i = REMEMBERED - 1; i >= 0; i--) {
        /* The state before mostly, an older one now and then. */
        if (t->past[i] == NULL || (i < REMEMBERED - 1 && !dice_hits(&t->dice, 8)))
            continue;
        check_wires(t, t->past[i], raw);
    }
    if (dice_hits(&t->dice, 10))
        check_stranger(t, raw);
    check_client(t, raw);
    check_projection(t, raw, &caps_stock);
    check_projection(t, raw, &caps_skua);
    check_projection(t, raw, &t->caps);
    show(t, raw);
    remember(t, raw);
}

static struct caps
choose_caps(struct dice *d)
{
    static const uint32_t colors[] = { 0, 8, 16, 256, CAPS_COLORS_DIRECT };
    struct caps caps = caps_xterm;
    if (dice_hits(d, 3))
        return caps;
    caps.can = (uint32_t)(dice_word(d) | dice_word(d)) & ((CAPS_CAN_PROGRESS << 1) - 1u);
    caps.colors = colors[dice_below(d, 5)];
    return caps;
}

/* Returns whether every promise was kept. */
static bool
tell(uint64_t seed, struct figures *figures)
{
    struct story t = { .seed = seed, .dice = { .state = seed }, .figures = figures };
    choose_size(&t);
    t.caps = choose_caps(&t.dice);
    t.server = emulator_new(EMULATOR_PTY, screen_new(t.rows, t.cols));
    t.terminal = emulator_new(EMULATOR_HOST_SKUA, screen_new(t.rows, t.cols));
    t.client_has = screen_new(t.rows, t.cols);
    t.client = emulator_new(EMULATOR_HOST_STOCK, screen_ref(t.client_has));
    for (t.step = 0; t.step < STEPS && !t.failed; t.step++)
        take_step(&t);
    emulator_free(t.server);
    emulator_free(t.terminal);
    emulator_free(t.client);
    for (int i = 0; i < REMEMBERED; i++)
        screen_unref(t.past[i]);
    screen_unref(t.shown);
    screen_unref(t.client_has);
    figures->stories++;
    return !t.failed;
}

int
main(int argc, char **argv)
{
    const uint64_t wanted = argc > 1 ? strtoull(argv[1], NULL, 10) : PAIRS;
    const uint64_t first = argc > 2 ? strtoull(argv[2], NULL, 10) : 1;
    struct figures f = { 0 };
    bool kept = true;
    while (kept && (f.skua < wanted || f.stories == 0))
        kept = tell(first + f.stories, &f);
    printf("seeds %" PRIu64 " to %" PRIu64 ": %" PRIu64 " pairs in the stock dialect, %" PRIu64
           " in the Skua dialect, %" PRIu64 " on real terminals\n",
           first, first + f.stories - 1, f.stock, f.skua, f.terminal);
    return !kept;
}
