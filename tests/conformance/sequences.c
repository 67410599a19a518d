/*
 * Hold the emulator to the table of sequences: each does what its line says, and what the table does not
 * have does nothing.
 *
 *   sequences TABLE      exit status 1 if the table is wrong
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "describe.h"
#include "known_keys.h"
#include "notation.h"
#include "term/emulator/emulator.h"

#define LINE_MAX_SIZE 4096
#define TEXT_MAX      65536

/* A window with something in every row, the cursor inside, a pen that shows. */
static const char start[] = "abcdefghij\r\nklmnopqrst\r\nuvwx\r\nyz\033[2;5H\033[1;44m";

/*
 * What may bring to light that a sequence did something: on each a fresh emulator is fed the start, the
 * sequence and one of these.
 */
static const char *const probes[] = {
    "",
    "q\033(Bq\tq\bQ\033[3;1H\tq\033[4;1Hq\nq\033[1;1Hq\033Mq",
    "\033[bq\033[9;1H1234567890123\r\n4",
    "\0338q\033[uq",
    "\033]2;other\a\033[23;0t\033[?1;5;7;25;1004;2004r",
    "\033[2K\033[1J\033[?2Jq",
    ("\033[c\033[6n\033[?u\033[?4m\033P$qm\033\\\033P$qr\033\\\033P$qs\033\\\033P$q "
     "q\033\\\033P$q\"q\033\\"),
    "\033]4;1;?\a\033]10;?;?;?\a\033]17;?\a\033]19;?\a\033[9999h",
    "\033[4;20$p\033[?1;6;7;12;25;45;66;69$p\033[?1005;1006;1015;1016;2026;2027;2031;2048$p",
    "\033[1;5;3;6;5$r",
};

#define PROBES (sizeof probes / sizeof probes[0])

enum verdict { ACTS = 1, ANSWERS = 2, ASKS = 4 };

static int failures, checks_run;
static struct buf untouched[2][PROBES]; /* what the probes show after the start alone, by role */

static struct emulator *
start_emulator(enum emulator_role role, struct view setup)
{
    struct emulator *e = emulator_new(role, screen_new(NOTATION_ROWS, NOTATION_COLS));
    emulator_set_record(e, &notation_record);
    emulator_feed(e, view_of_text(start), 0);
    emulator_feed(e, setup, 0);
    buf_clear(emulator_replies(e));
    return e;
}

static void
describe(struct emulator *e, struct buf *out)
{
    struct screen *s = emulator_snapshot(e, 0);
    buf_clear(out);
    describe_rows(s, out);
    describe_cursor(s, emulator_is_wrap_pending(e), out);
    describe_extras(s, true, out);
    buf_put(out, buf_view(emulator_replies(e)));
    screen_unref(s);
}

/* What a probe shows of an emulator that was fed setup and then bytes. */
static void
probe(enum emulator_role role, struct view setup, struct view bytes, size_t which, struct buf *out)
{
    struct emulator *e = start_emulator(role, setup);
    emulator_feed(e, bytes, 0);
    buf_clear(emulator_replies(e));
    emulator_feed(e, view_of_text(probes[which]), 0);
    describe(e, out);
    emulator_free(e);
}

static bool
acts(enum emulator_role role, struct view setup, struct view bytes)
{
    struct buf with, without;
    bool differs = false;
    buf_init(&with, TEXT_MAX);
    buf_init(&without, TEXT_MAX);
    for (size_t i = 0; i < PROBES && !differs; i++) {
        struct buf *base = &untouched[role != EMULATOR_PTY][i];
        if (setup.len > 0 || base->len == 0) {
            base = setup.len > 0 ? &without : base;
            probe(role, setup, (struct view){ 0 }, i, base);
        }
        probe(role, setup, bytes, i, &with);
        differs = !view_equal(buf_view(&with), buf_view(base));
    }
    buf_fini(&with);
    buf_fini(&without);
    return differs;
}

/* What bytes do; their answers are appended to replies. */
static int
judge(enum emulator_role role, struct view setup, struct view bytes, struct buf *replies)
{
    struct emulator *e = start_emulator(role, setup);
    emulator_feed(e, bytes, 0);
    int verdict = acts(role, setup, bytes) ? ACTS : 0;
    if (emulator_replies(e)->len > 0)
        verdict |= ANSWERS;
    if (emulator_stats(e)->replies_dropped > 0)
        verdict |= ASKS;
    buf_put(replies, buf_view(emulator_replies(e)));
    emulator_free(e);
    return verdict;
}

static void
wrong(const char *form, const char *peer, const char *said, int verdict, const struct buf *replies)
{
    printf("%s: %s: the table says \"%s\", but it %s%s%s%s", form, peer, said,
           verdict == 0 ? "is ignored" : "", (verdict & ACTS) != 0 ? "acts " : "",
           (verdict & ASKS) != 0 ? "asks " : "", (verdict & ANSWERS) != 0 ? "answers " : "");
    for (size_t i = 0; i < replies->len; i++)
        printf(replies->data[i] < 0x20 ? "\\x%02x" : "%c", replies->data[i]);
    printf("\n");
    failures++;
}

/* The bytes that a line's "answers" promises, our version put in. */
static void
put_promised(const char *said, struct buf *out)
{
    const char *text = strstr(said, "answers ");
    const char *version = text != NULL ? strstr(text, "VERSION") : NULL;
    if (text == NULL)
        return;
    text += strlen("answers ");
    if (version != NULL) {
        notation_put_bytes(text, (size_t)(version - text), out);
        buf_put_text(out, SKUA_VERSION);
        text = version + strlen("VERSION");
    }
    notation_put_bytes(text, strlen(text), out);
}

static int
promised_verdict(const char *said)
{
    int verdict = strncmp(said, "acts", 4) == 0 ? ACTS : 0;
    if (strstr(said, "answers ") != NULL)
        verdict |= ANSWERS;
    return strcmp(said, "asks") == 0 ? ASKS : verdict;
}

static void
check_role(const char *form, enum emulator_role role, const char *said, struct view setup,
           struct view bytes)
{
    struct buf replies, promised;
    buf_init(&replies, TEXT_MAX);
    buf_init(&promised, TEXT_MAX);
    put_promised(said, &promised);
    int verdict = judge(role, setup, bytes, &replies);
    /* For stock a question is one whatever else it does: it ends the wrap. */
    if ((verdict & ASKS) != 0)
        verdict = ASKS;
    if (verdict != promised_verdict(said) || !view_equal(buf_view(&replies), buf_view(&promised)))
        wrong(form, role == EMULATOR_PTY ? "Skua" : "stock", said, verdict, &replies);
    checks_run++;
    buf_fini(&replies);
    buf_fini(&promised);
}

/* "setup => example", of which the first may be missing. */
static void
check_line(const char *form, const char *example, const char *skua, const char *stock,
           struct known_keys *known)
{
    struct buf setup, bytes;
    const char *arrow = strstr(example, " => ");
    int first, last;
    buf_init(&setup, TEXT_MAX);
    buf_init(&bytes, TEXT_MAX);
    if (arrow != NULL)
        notation_put_bytes(example, (size_t)(arrow - example), &setup);
    example = arrow != NULL ? arrow + 4 : example;
    notation_put_bytes(example, strlen(example), &bytes);
    check_role(form, EMULATOR_PTY, skua, buf_view(&setup), buf_view(&bytes));
    check_role(form, EMULATOR_HOST_STOCK, stock, buf_view(&setup), buf_view(&bytes));
    known_keys_add(known, buf_view(&bytes));
    if (sscanf(form, "%d to %d", &first, &last) == 2 && strncmp(skua, "acts", 4) == 0)
        known_keys_add_renditions(known, first, last);
    buf_fini(&setup);
    buf_fini(&bytes);
}

/* The text before the next " | ", without the spaces around it; *line goes on behind. */
static char *
take_field(char **line)
{
    char *field = *line, *end = strstr(field, " |");
    if (end != NULL) {
        *line = end + 2;
        *end = 0;
    } else {
        *line = field + strlen(field);
    }
    while (*field == ' ')
        field++;
    return field;
}

static void
check_table(const char *path, struct known_keys *known)
{
    static char line[LINE_MAX_SIZE];
    FILE *f = fopen(path, "r");
    if (f == NULL) {
        fprintf(stderr, "sequences: cannot open %s\n", path);
        exit(2);
    }
    while (fgets(line, sizeof line, f) != NULL) {
        char *at = line;
        line[strcspn(line, "\n")] = 0;
        if (line[0] == '#' || line[0] == '=' || line[0] == 0)
            continue;
        const char *form = take_field(&at);
        const char *example = take_field(&at);
        const char *skua = take_field(&at);
        check_line(form, example, skua, take_field(&at), known);
    }
    fclose(f);
}

/* A sequence of which the table says nothing. */
static void
check_unlisted(const char *bytes, void *context)
{
    (void)context;
    struct buf replies;
    buf_init(&replies, TEXT_MAX);
    int verdict = judge(EMULATOR_PTY, (struct view){ 0 }, view_of_text(bytes), &replies);
    if (verdict != 0)
        wrong(bytes + 1, "Skua", "nothing of it", verdict, &replies);
    checks_run++;
    buf_fini(&replies);
}

int
main(int argc, char **argv)
{
    if (argc != 2) {
        fprintf(stderr, "usage: sequences TABLE\n");
        return 2;
    }
    for (size_t i = 0; i < 2 * PROBES; i++)
        buf_init(&untouched[i / PROBES][i % PROBES], TEXT_MAX);
    struct known_keys *known = known_keys_new();
    check_table(argv[1], known);
    int listed = checks_run;
    known_keys_each_other(known, check_unlisted, NULL);
    known_keys_free(known);
    for (size_t i = 0; i < 2 * PROBES; i++)
        buf_fini(&untouched[i / PROBES][i % PROBES]);
    printf("%d checks of the table, %d of what is not in it, %d failures\n", listed,
           checks_run - listed, failures);
    return failures > 0 || listed == 0;
}
