/*
 * Run scripts of golden cases: README.md beside this file.
 *
 *   conformance SCRIPT...      exit status 1 if any case fails
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "describe.h"
#include "notation.h"
#include "term/display/paint.h"
#include "term/display/project.h"
#include "term/emulator/emulator.h"
#include "tests/lint/stock_model.h"

#define LINE_MAX_SIZE 4096
#define STEPS_MAX     16
#define TEXT_MAX      65536

/* Feed everything in pieces: cut at one place, or after every byte. */
#define CUT_EVERYWHERE SIZE_MAX

enum step_kind { STEP_BYTES, STEP_RESIZE, STEP_WAIT, STEP_RECORD };

struct step {
    enum step_kind kind;
    int first, second; /* cols and rows; ms */
    struct buf bytes;
};

struct expected {
    bool is_given;
    char rows[LINE_MAX_SIZE], cursor[32], extras[LINE_MAX_SIZE];
};

struct test_case {
    char id[32];
    struct step step[STEPS_MAX];
    int steps;
    size_t bytes; /* of all steps */
    struct expected stock, pty, host;
};

static int failures, checks_run;

static void
die(const char *what, const char *line)
{
    fprintf(stderr, "conformance: %s: %s\n", what, line);
    exit(2);
}

static void
add_step(struct test_case *c, const char *text, size_t len)
{
    if (c->steps == STEPS_MAX)
        die("too many steps", c->id);
    struct step *s = &c->step[c->steps++];
    *s = (struct step){ 0 };
    buf_init(&s->bytes, TEXT_MAX);
    if (sscanf(text, "RESIZE %d %d", &s->first, &s->second) == 2) {
        s->kind = STEP_RESIZE;
    } else if (sscanf(text, "WAIT %d", &s->first) == 1) {
        s->kind = STEP_WAIT;
    } else if (strncmp(text, "RECORD", 6) == 0) {
        s->kind = STEP_RECORD;
    } else {
        notation_put_bytes(text, len, &s->bytes);
        c->bytes += s->bytes.len;
    }
}

static void
parse_input(struct test_case *c, const char *text)
{
    const char *end;
    while ((end = strstr(text, " || ")) != NULL) {
        add_step(c, text, (size_t)(end - text));
        text = end + 4;
    }
    add_step(c, text, strlen(text));
}

/* The text before the next " |", without the spaces around it; *line goes on behind. */
static void
take_field(char **line, char *out, size_t size)
{
    char *start = *line;
    while (*start == ' ')
        start++;
    char *end = strstr(start, " |");
    while (end != NULL && end[2] == '|')
        end = strstr(end + 3, " |");
    *line = end != NULL ? end + 2 : start + strlen(start);
    size_t len = end != NULL ? (size_t)(end - start) : strlen(start);
    while (len > 0 && start[len - 1] == ' ')
        len--;
    if (len >= size)
        die("field too long", start);
    memcpy(out, start, len);
    out[len] = 0;
}

static void
parse_expected(char *line, struct expected *out)
{
    take_field(&line, out->rows, sizeof out->rows);
    take_field(&line, out->cursor, sizeof out->cursor);
    take_field(&line, out->extras, sizeof out->extras);
    out->is_given = strcmp(out->rows, "-") != 0;
}

static void
case_fini(struct test_case *c)
{
    for (int i = 0; i < c->steps; i++)
        buf_fini(&c->step[i].bytes);
    *c = (struct test_case){ 0 };
}

static void
feed(struct emulator *e, struct view bytes, size_t *cut, uint64_t now_ms)
{
    if (*cut == CUT_EVERYWHERE) {
        for (size_t i = 0; i < bytes.len; i++)
            emulator_feed(e, view_of(bytes.data + i, 1), now_ms);
        return;
    }
    emulator_feed(e, view_first(bytes, *cut), now_ms);
    emulator_feed(e, view_from(bytes, *cut), now_ms);
    *cut -= *cut < bytes.len ? *cut : bytes.len;
}

/* Text with our version as VERSION, whatever it is. */
static void
put_unversioned(struct buf *out, size_t from)
{
    static const char version[] = "skua(" SKUA_VERSION ")", plain[] = "skua(VERSION)";
    buf_put_u8(out, 0);
    char *at = strstr((char *)out->data + from, version);
    out->len--;
    if (at == NULL)
        return;
    struct buf tail;
    buf_init(&tail, TEXT_MAX);
    size_t start = (size_t)(at - (char *)out->data);
    buf_put(&tail, view_from(buf_view(out), start + strlen(version)));
    out->len = start;
    buf_put_text(out, plain);
    buf_put(out, buf_view(&tail));
    buf_fini(&tail);
}

static void
put_reply(struct emulator *e, struct buf *out)
{
    const struct buf *replies = emulator_replies(e);
    size_t from = out->len;
    for (size_t i = 0; i < replies->len; i++) {
        if (i == 0)
            buf_put_text(out, "reply=");
        if (replies->data[i] == '\033')
            buf_put_text(out, "\\e");
        else if (replies->data[i] < 0x20 || replies->data[i] == '\\')
            buf_putf(out, "\\x%02x", replies->data[i]);
        else
            buf_put_u8(out, replies->data[i]);
    }
    put_unversioned(out, from);
    if (emulator_stats(e)->replies_dropped > 0)
        buf_put_text(out, "dropped");
}

static void
trim_and_end(struct buf *b)
{
    while (b->len > 0 && b->data[b->len - 1] == ' ')
        b->len--;
    buf_put_u8(b, 0);
}

/* "rows | cursor | extras" of what the emulator shows. */
static void
describe(struct emulator *e, bool with_scrolled_off, uint64_t now_ms, struct buf *out)
{
    struct screen *s = emulator_snapshot(e, now_ms);
    describe_rows(s, out);
    buf_put_text(out, " | ");
    describe_cursor(s, emulator_is_wrap_pending(e), out);
    buf_put_text(out, " | ");
    describe_extras(s, with_scrolled_off, out);
    put_reply(e, out);
    trim_and_end(out);
    screen_unref(s);
}

/* Take all steps of a case. Returns the time afterwards. */
static uint64_t
take_steps(struct emulator *e, const struct test_case *c, size_t cut)
{
    uint64_t now_ms = 1000;
    for (int i = 0; i < c->steps; i++) {
        const struct step *s = &c->step[i];
        switch (s->kind) {
        case STEP_BYTES: feed(e, buf_view(&s->bytes), &cut, now_ms); break;
        case STEP_RESIZE: emulator_resize(e, s->second, s->first, now_ms); break;
        case STEP_WAIT: now_ms += (uint64_t)s->first; break;
        case STEP_RECORD: emulator_set_record(e, &notation_record); break;
        }
    }
    return now_ms;
}

static void
run(const struct test_case *c, enum emulator_role role, size_t cut, bool with_scrolled_off,
    struct buf *out)
{
    struct emulator *e = emulator_new(role, screen_new(NOTATION_ROWS, NOTATION_COLS));
    uint64_t now_ms = take_steps(e, c, cut);
    describe(e, with_scrolled_off, now_ms, out);
    emulator_free(e);
}

static struct screen *
run_to_screen(const struct test_case *c)
{
    struct emulator *e = emulator_new(EMULATOR_PTY, screen_new(NOTATION_ROWS, NOTATION_COLS));
    struct screen *s = emulator_snapshot(e, take_steps(e, c, 0));
    emulator_free(e);
    return s;
}

/* What a host role shows for an expected line: its replies are dropped. */
static void
put_expected(const struct expected *x, enum emulator_role role, struct buf *out)
{
    const char *reply = strstr(x->extras, "reply=");
    bool drops = role != EMULATOR_PTY && reply != NULL;
    size_t len = drops ? (size_t)(reply - x->extras) : strlen(x->extras);
    buf_put_text(out, x->rows);
    buf_put_text(out, " | ");
    buf_put_text(out, x->cursor);
    buf_put_text(out, " | ");
    buf_put(out, view_of(x->extras, len));
    buf_put_text(out, drops ? "dropped" : "");
    trim_and_end(out);
}

static void
check(const struct test_case *c, enum emulator_role role, const struct expected *x)
{
    struct buf expected, actual;
    buf_init(&expected, TEXT_MAX);
    buf_init(&actual, TEXT_MAX);
    put_expected(x, role, &expected);
    bool with_scrolled_off = strstr(x->extras, "off=") != NULL;
    for (size_t cut = 0; cut <= c->bytes + 1; cut++) {
        size_t where = cut > c->bytes ? CUT_EVERYWHERE : cut;
        buf_clear(&actual);
        run(c, role, where, with_scrolled_off, &actual);
        if (strcmp((const char *)expected.data, (const char *)actual.data) == 0)
            continue;
        printf("%s as %s, cut at %zu:\n  expected %s\n  got      %s\n", c->id,
               role == EMULATOR_PTY ? "pty" : "host_stock", where, expected.data, actual.data);
        failures++;
        break;
    }
    checks_run++;
    buf_fini(&expected);
    buf_fini(&actual);
}

/* Bytes for `shown` from a blank screen, in the stock dialect: what is wrong with them, or NULL. */
static const char *
wrong_for_stock(struct screen *shown, struct buf *out)
{
    struct screen *wanted = screen_project(shown, &caps_stock);
    struct screen *blank = screen_new(wanted->rows, wanted->cols);
    paint(blank, wanted, &caps_stock, out);
    struct emulator *e = emulator_new(EMULATOR_HOST_STOCK, blank);
    const char *wrong = stock_model_feed(e, buf_view(out));
    struct screen *got = emulator_snapshot(e, 0);
    for (int y = 0; y < wanted->rows && wrong == NULL; y++) {
        if (!row_equal(wanted->row[y], got->row[y]))
            wrong = "makes another screen";
    }
    screen_unref(got);
    emulator_free(e);
    screen_unref(wanted);
    return wrong;
}

/* What a case shows must also reach a stock client. */
static void
check_for_stock(const struct test_case *c)
{
    struct buf out;
    buf_init(&out, TEXT_MAX);
    struct screen *shown = run_to_screen(c);
    const char *wrong = wrong_for_stock(shown, &out);
    if (wrong != NULL) {
        printf("%s for a stock client: %s\n  %.*s\n", c->id, wrong, (int)out.len,
               (const char *)out.data);
        failures++;
    }
    checks_run++;
    screen_unref(shown);
    buf_fini(&out);
}

static void
check_case(struct test_case *c)
{
    if (c->steps == 0)
        return;
    check_for_stock(c);
    const struct expected *host = c->host.is_given ? &c->host : &c->stock;
    const struct expected *pty = c->pty.is_given ? &c->pty : &c->stock;
    if (host->is_given)
        check(c, EMULATOR_HOST_STOCK, host);
    if (pty->is_given)
        check(c, EMULATOR_PTY, pty);
    case_fini(c);
}

static void
run_script(const char *path)
{
    static struct test_case c;
    static char line[LINE_MAX_SIZE], input[LINE_MAX_SIZE];
    FILE *f = fopen(path, "r");
    if (f == NULL)
        die("cannot open", path);
    while (fgets(line, sizeof line, f) != NULL) {
        char *at = line;
        line[strcspn(line, "\n")] = 0;
        if (line[0] == '#' || line[0] == 0)
            continue;
        if (strncmp(line, "  R |", 5) == 0) {
            parse_expected(line + 5, &c.pty);
        } else if (strncmp(line, "  H |", 5) == 0) {
            parse_expected(line + 5, &c.host);
        } else {
            check_case(&c);
            take_field(&at, c.id, sizeof c.id);
            take_field(&at, input, sizeof input);
            parse_input(&c, input);
            parse_expected(at, &c.stock);
        }
    }
    check_case(&c);
    fclose(f);
}

int
main(int argc, char **argv)
{
    for (int i = 1; i < argc; i++)
        run_script(argv[i]);
    printf("%d checks, %d failures\n", checks_run, failures);
    return failures > 0 || checks_run == 0;
}
