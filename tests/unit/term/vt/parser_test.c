#include "test.h"

#include "base/buf.h"
#include "term/text/codepoint.h"
#include "term/vt/parser.h"

/* Tokens as text: printed text bare, {C0A} control, {E(B} escape, {?1;2:3h} csi, {O...} osc ({o..}
 * ended by BEL), {Dhead|body} dcs. */
static const struct parser_rules pty_rules = {
    .osc_max_bytes = 32,
    .clipboard_max_bytes = 64,
    .dcs_max_bytes = 16,
    .has_colons = true,
    .has_title_string = true,
};

static const struct parser_rules host_rules = {
    .osc_max_bytes = 32,
    .clipboard_max_bytes = 32,
    .params_max_chars = 100,
    .overflow_is_missing = true,
    .abort_reports = true,
};

static void
log_ascii(void *log, struct view text)
{
    buf_put(log, text);
}

static void
log_print(void *log, const uint32_t *points, size_t count)
{
    uint8_t bytes[4];
    for (size_t i = 0; i < count; i++)
        buf_put(log, view_of(bytes, codepoint_encode(points[i], bytes)));
}

static void
log_control(void *log, uint8_t code)
{
    buf_putf(log, "{C%02X}", code);
}

static void
log_key(struct buf *log, uint32_t key)
{
    for (int shift = 24; shift >= 0; shift -= 8) {
        if ((key >> shift & 0xFF) != 0)
            buf_put_u8(log, (uint8_t)(key >> shift));
    }
    if (key == PARSER_KEY_UNKNOWN)
        buf_put_text(log, "??");
}

static void
log_escape(void *log, uint32_t key)
{
    buf_put_text(log, "{E");
    log_key(log, key);
    buf_put_text(log, "}");
}

static void
log_sequence(struct buf *log, const struct parser_sequence *s)
{
    for (int i = 0; i < s->count; i++) {
        for (int j = 0; j < s->subs[i]; j++) {
            if (j > 0 || i > 0)
                buf_put_text(log, j > 0 ? ":" : ";");
            if (s->value[i][j] != PARSER_MISSING)
                buf_putf(log, "%d", s->value[i][j]);
        }
    }
    log_key(log, s->key);
}

static void
log_csi(void *log, const struct parser_sequence *s)
{
    buf_put_text(log, "{");
    log_sequence(log, s);
    buf_put_text(log, "}");
}

static void
log_osc(void *log, struct view text, bool bel)
{
    buf_put_text(log, bel ? "{o" : "{O");
    buf_put(log, text);
    buf_put_text(log, "}");
}

static void
log_dcs(void *log, const struct parser_sequence *head, struct view body)
{
    buf_put_text(log, "{D");
    log_sequence(log, head);
    buf_put_text(log, "|");
    buf_put(log, body);
    buf_put_text(log, "}");
}

static const struct parser_handler logger = {
    .print_ascii = log_ascii,
    .print = log_print,
    .control = log_control,
    .escape = log_escape,
    .csi = log_csi,
    .osc = log_osc,
    .dcs = log_dcs,
};

struct token_case {
    const char *in;
    const char *pty;
    const char *host; /* NULL: the same */
};

#define TEN      "0123456789"
#define LONG_OSC TEN TEN TEN TEN
#define CLIP     "52;c;" TEN TEN TEN TEN TEN

static const struct token_case token_cases[] = {
    { "plain text, longer than a word", "plain text, longer than a word", NULL },
    { "a\nb\x7F"
      "c\r",
      "a{C0A}bc{C0D}", NULL },
    { "h\xC3\xA9\xE4\xB8\xAD!", "h\xC3\xA9\xE4\xB8\xAD!", NULL },
    { "\xE4\xB8\x1B[31mA", "\xEF\xBF\xBD{31m}A", NULL },
    { "\x9B"
      "31m",
      "\xEF\xBF\xBD"
      "31m",
      NULL },
    { "\xC2\x9B"
      "31mX\xC2\x85\xC2\x9C",
      "{31m}X{C85}", NULL },
    { "\x1B[mx\x1B[;5Hy\x1B[?1;22hz", "{m}x{;5H}y{1;22?h}z", NULL },
    { "\x1B[4:3m\x1B[38:2::1:2:3;1m", "{4:3m}{38:2::1:2:3;1m}", "" },
    { "\x1B[>4;2m\x1B[5 q\x1B[!p\x1B[?2026$p", "{4;2>m}{5 q}{!p}{2026?$p}", NULL },
    { "\x1B[3\n1m", "{C0A}{31m}", NULL },
    { "\x1B[31\x18mX", "{C18}mX", NULL },
    { "\x1B[31\x1B[1mX", "{1m}X", NULL },
    { "\x1B[99999A\x1B[99999999999999999999;2A", "{65535A}{65535;2A}", "{A}{;2A}" },
    { "\x1B[1?2hX\x1B[1 2hX\x1B[??hX", "XXX", NULL },
    { "\x1B[1!\"#pX", "{1??}X", NULL },
    { "\x1B[\xC3\xA9X\x1B\xC3\xA9Y", "{??}X{E??}Y", NULL },
    { "\x1B"
      "c\x1B(B\x1B#8\x1B%%G\x1B%%%G\x1B\n7",
      "{Ec}{E(B}{E#8}{E%%G}{E??}{C0A}{E7}", NULL },
    { "\x1B]0;title\x07X", "{o0;title}X", NULL },
    { "\x1B]0;t\xC3\xA9\n\x01\x1B\\X", "{O0;t\xC3\xA9}{E\\}X", NULL },
    { "\x1B]2;a\xC2\x9CX", "{O2;a}X", NULL },
    { "\x1B]0;abc\x1B[31mX", "{O0;abc}{31m}X", NULL },
    { "\x1B]0;abc\x18X", "{C18}X", "{O0;abc}{C18}X" },
    { "\x1B]" LONG_OSC "\x07X", "X", NULL },
    { "\x1B]" CLIP "\x07X", "{o" CLIP "}X", "X" },
    { "\x1BP1;2$qm\x1B\\X", "{D1;2$q|m}{E\\}X", "{E\\}X" },
    { "\x1BPqfoo\x07"
      "bar\x1B\\X",
      "{Dq|foobar}{E\\}X", "{E\\}X" },
    { "\x1BPq" LONG_OSC "\x1B\\X", "{E\\}X", NULL },
    { "\x1BPqabc\x18X", "{C18}X", NULL },
    { "\x1BP?1?2qfoo\x1B\\X", "{E\\}X", NULL },
    { "\x1B_Gi=1;AAA\x07\x1B\\\x1B^p\x1B\\\x1BXs\x1B\\X", "{E\\}{E\\}{E\\}X", NULL },
    { "\x1Bkfoo\x1B\\X", "{E\\}X", "{Ek}foo{E\\}X" },
    { "\x1B[1;;3m\x1B[;m", "{1;;3m}{;m}", NULL },
};

static void
expect_tokens(const struct parser_rules *rules, struct view in, size_t split, const char *expected)
{
    struct buf log;
    buf_init(&log, 4096);
    struct parser *p = parser_new(rules);
    parser_feed(p, view_first(in, split), &logger, &log);
    parser_feed(p, view_from(in, split), &logger, &log);
    buf_put_u8(&log, 0);
    assert_string_equal((const char *)log.data, expected);
    parser_free(p);
    buf_fini(&log);
}

static void
expect_tokens_however_split(const struct parser_rules *rules, struct view in, const char *expected)
{
    for (size_t split = 0; split <= in.len; split++)
        expect_tokens(rules, in, split, expected);
}

static void
test_tokens(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof token_cases / sizeof token_cases[0]; i++) {
        const struct token_case *c = &token_cases[i];
        struct view in = view_of_text(c->in);
        expect_tokens_however_split(&pty_rules, in, c->pty);
        expect_tokens_however_split(&host_rules, in, c->host != NULL ? c->host : c->pty);
    }
}

static void
test_nul_is_a_control(void **state)
{
    (void)state;
    expect_tokens(&pty_rules, view_of("a\0b", 3), 1, "a{C00}b");
}

/* "CSI" and count times `piece`, "m", "X". */
static void
expect_repeated(const struct parser_rules *rules, int count, const char *piece,
                const char *expected)
{
    struct buf in;
    buf_init(&in, 4096);
    buf_put_text(&in, "\x1B[");
    for (int i = 0; i < count; i++)
        buf_put_text(&in, piece);
    buf_put_text(&in, "mX");
    expect_tokens(rules, buf_view(&in), in.len, expected);
    buf_fini(&in);
}

static void
test_too_many_parameters_spoil_the_sequence(void **state)
{
    (void)state;
    expect_repeated(&pty_rules, 31, ";", "{;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;m}X");
    expect_repeated(&pty_rules, 32, ";", "X");
    expect_repeated(&pty_rules, 15, ":", "{:::::::::::::::m}X");
    expect_repeated(&pty_rules, 16, ":", "X");
}

static void
test_host_drops_parameter_text_past_its_limit(void **state)
{
    (void)state;
    expect_repeated(&host_rules, 100, "0", "{0m}X");
    expect_repeated(&host_rules, 24, "0001;", "{1;1;1;1;1;1;1;1;1;1;1;1;1;1;1;1;1;1;1;1;m}X");
}

static void
test_endless_string_keeps_little(void **state)
{
    (void)state;
    struct buf log;
    buf_init(&log, 64);
    struct parser *p = parser_new(&pty_rules);
    parser_feed(p, view_of_text("\x1B]52;c;"), &logger, &log);
    for (int i = 0; i < 100000; i++)
        parser_feed(p, view_of_text(LONG_OSC), &logger, &log);
    assert_false(parser_is_ground(p));
    parser_feed(p, view_of_text("\x1B\\ok"), &logger, &log);
    assert_true(parser_is_ground(p));
    assert_true(view_equal(buf_view(&log), view_of_text("{E\\}ok")));
    parser_free(p);
    parser_free(NULL);
    buf_fini(&log);
}

/* What sequences, controls and characters are made of, and what breaks them. */
static const char *const shards[] = {
    "plain text",
    "x",
    " ",
    "\x1B[",
    "\x1B[1;31m",
    "\x1B[38:2::1:2:3m",
    "\x1B[?25h",
    "\x1B[>c",
    "\x1B[;;H",
    "12",
    "65535",
    "65536",
    "99999999999",
    ";",
    ":",
    "<",
    "m",
    "~",
    "\x1B",
    "\x1B]0;t",
    "\x07",
    "\x1B\\",
    "\x1BP1$r",
    "\x18",
    "\x1A",
    "\r\n",
    "\t",
    "\x7F",
    " q",
    "$p",
    "!",
    "\xE4\xB8\xAD\xE6\x96\x87",
    "\xE4\xB8",
    "\xC3\xA9\xC3\xA8",
    "\xC2\x9B",
    "\xC2\x85",
    "\xC2\xA0",
    "\xF0\x9F\x98\x80",
    "\xED\xA0\x80",
    "\xC0\x80",
    "\xF4\x90\x80\x80",
    "\x80",
    "\xFF",
    "\xEF\xBF\xBD",
    "\xE0\xA4\x95\xE0\xA4\x95",
};

/* Bytes one at a time never make a piece: they go through the states. */
static void
test_pieces_equal_single_bytes(void **state)
{
    (void)state;
    uint32_t seed = 20;
    struct buf in, pieces, bytes;
    buf_init(&in, 1 << 16);
    buf_init(&pieces, 1 << 20);
    buf_init(&bytes, 1 << 20);
    for (int round = 0; round < 4000; round++) {
        const struct parser_rules *rules = round % 4 == 0 ? &host_rules : &pty_rules;
        struct parser *by_pieces = parser_new(rules), *by_bytes = parser_new(rules);
        buf_clear(&in);
        for (int i = 0; i < 12; i++) {
            seed = seed * 1664525 + 1013904223;
            buf_put_text(&in, shards[(seed >> 16) % (sizeof shards / sizeof shards[0])]);
        }
        size_t split = (seed >> 8) % (in.len + 1);
        parser_feed(by_pieces, view_first(buf_view(&in), split), &logger, &pieces);
        parser_feed(by_pieces, view_from(buf_view(&in), split), &logger, &pieces);
        for (size_t i = 0; i < in.len; i++)
            parser_feed(by_bytes, view_of(in.data + i, 1), &logger, &bytes);
        assert_int_equal(parser_is_ground(by_pieces), parser_is_ground(by_bytes));
        assert_true(view_equal(buf_view(&pieces), buf_view(&bytes)));
        buf_clear(&pieces);
        buf_clear(&bytes);
        parser_free(by_pieces);
        parser_free(by_bytes);
    }
    buf_fini(&in);
    buf_fini(&pieces);
    buf_fini(&bytes);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_tokens),
        cmocka_unit_test(test_nul_is_a_control),
        cmocka_unit_test(test_pieces_equal_single_bytes),
        cmocka_unit_test(test_too_many_parameters_spoil_the_sequence),
        cmocka_unit_test(test_host_drops_parameter_text_past_its_limit),
        cmocka_unit_test(test_endless_string_keeps_little),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
