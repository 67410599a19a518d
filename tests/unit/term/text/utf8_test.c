#include "test.h"

#include "term/text/codepoint.h"
#include "term/text/utf8.h"

/* Decode with utf8_push, byte by byte; a sequence still open at the end shows as '?'. */
static size_t
decode(struct view in, uint32_t *out)
{
    struct utf8_decoder d = { 0 };
    size_t count = 0;
    for (size_t i = 0; i < in.len; i++)
        count += (size_t)utf8_push(&d, in.data[i], out + count);
    if (d.needed > 0)
        out[count++] = '?';
    return count;
}

struct decoding {
    const char *bytes;
    uint32_t points[8];
};

#define R UTF8_REPLACEMENT

static const struct decoding decodings[] = {
    { "A", { 'A' } },
    { "\xC3\xA9", { 0xE9 } },
    { "\xE4\xB8\xAD", { 0x4E2D } },
    { "\xF0\x9F\x98\x80", { 0x1F600 } },
    { "\xF4\x8F\xBF\xBF", { 0x10FFFF } },
    { "\xE4\xB8"
      "A",
      { R, 'A' } },
    { "\xE4"
      "A",
      { R, 'A' } },
    { "\xF0\x9F\x98\xC3\xA9", { R, 0xE9 } },
    { "\xC0\x80", { R, R } },
    { "\xE0\x80\x80", { R, R, R } },
    { "\xED\xA0\x80", { R, R, R } },
    { "\xF0\x80\x80\x80", { R, R, R, R } },
    { "\xF4\x90\x80\x80", { R, R, R, R } },
    { "\xF5\x80", { R, R } },
    { "\x80\x9B\xFF", { R, R, R } },
    { "\xE4\xB8\xE4\xB8\xAD", { R, 0x4E2D } },
    { "\xE4\xB8", { '?' } },
};

static void
test_push_follows_the_maximal_subpart_rule(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof decodings / sizeof decodings[0]; i++) {
        uint32_t out[16] = { 0 };
        decode(view_of_text(decodings[i].bytes), out);
        assert_memory_equal(out, decodings[i].points, sizeof decodings[i].points);
    }
}

static void
test_next_agrees_with_push(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof decodings / sizeof decodings[0]; i++) {
        struct view rest = view_of_text(decodings[i].bytes);
        size_t count = 0;
        while (rest.len > 0) {
            uint32_t c;
            rest = view_from(rest, utf8_next(rest, &c));
            uint32_t expected = decodings[i].points[count++];
            assert_int_equal(c, expected == '?' ? R : expected);
        }
        assert_int_equal(count, utf8_count(view_of_text(decodings[i].bytes)));
    }
    uint32_t untouched = 7;
    assert_int_equal(utf8_next(view_of("", 0), &untouched), 0);
    assert_int_equal(untouched, 7);
}

static void
test_every_code_point_survives(void **state)
{
    (void)state;
    for (uint32_t c = 0; c <= 0x10FFFF; c++) {
        if (c >= 0xD800 && c <= 0xDFFF)
            continue;
        uint8_t bytes[4];
        uint32_t back;
        size_t len = codepoint_encode(c, bytes);
        assert_int_equal(utf8_next(view_of(bytes, len), &back), len);
        assert_int_equal(back, c);
        assert_true(utf8_is_valid(view_of(bytes, len)));
        if (len > 1)
            assert_false(utf8_is_valid(view_of(bytes, len - 1)));
    }
}

static void
test_validity(void **state)
{
    (void)state;
    assert_true(utf8_is_valid(view_of("", 0)));
    assert_true(utf8_is_valid(view_of_text("h\xC3\xA9llo \xEF\xBF\xBD")));
    assert_false(utf8_is_valid(view_of_text("\xC0\x80")));
    assert_false(utf8_is_valid(view_of_text("\xED\xA0\x80")));
    assert_false(utf8_is_valid(view_of_text("a\x80")));
    assert_false(utf8_is_valid(view_of_text("\xE4\xB8"
                                            "A")));
}

/* Random bytes of the kinds that matter: a run is what utf8_next() reads, up to what ends it. */
static void
test_run_agrees_with_next(void **state)
{
    (void)state;
    static const uint8_t kinds[] = { 'a',  0x80, 0x9F, 0xA0, 0xBF, 0xC0, 0xC2, 0xDF, 0xE0, 0xE4,
                                     0xED, 0xEF, 0xF0, 0xF1, 0xF4, 0xF5, 0xFF, 0x84, 0xB8, 0xAD };
    uint32_t seed = 8;
    for (int round = 0; round < 200000; round++) {
        uint8_t bytes[12];
        for (size_t i = 0; i < sizeof bytes; i++) {
            seed = seed * 1664525 + 1013904223;
            bytes[i] = kinds[(seed >> 16) % sizeof kinds];
        }
        uint32_t run[4];
        size_t count;
        struct view rest = view_of(bytes, sizeof bytes);
        size_t used = utf8_run(rest, run, 4, &count);
        for (size_t i = 0; i < count; i++) {
            uint32_t c;
            size_t taken = utf8_next(rest, &c);
            assert_int_equal(run[i], c);
            rest = view_from(rest, taken);
        }
        assert_int_equal(used, sizeof bytes - rest.len);
        uint32_t next = 0;
        bool is_over = utf8_next(rest, &next) == 0 || next < 0xA0 || next == UTF8_REPLACEMENT;
        assert_true(count == 4 || is_over);
    }
}

static void
test_run_takes_every_code_point(void **state)
{
    (void)state;
    for (uint32_t c = 0xA0; c <= 0x10FFFF; c++) {
        if (c >= 0xD800 && c <= 0xDFFF)
            continue;
        uint8_t bytes[4];
        uint32_t out = 0;
        size_t count;
        size_t len = codepoint_encode(c, bytes);
        assert_int_equal(utf8_run(view_of(bytes, len), &out, 1, &count), len);
        assert_int_equal(out, c);
        assert_int_equal(utf8_run(view_of(bytes, len - 1), &out, 1, &count), 0);
        assert_int_equal(count, 0);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_push_follows_the_maximal_subpart_rule),
        cmocka_unit_test(test_next_agrees_with_push),
        cmocka_unit_test(test_every_code_point_survives),
        cmocka_unit_test(test_run_agrees_with_next),
        cmocka_unit_test(test_run_takes_every_code_point),
        cmocka_unit_test(test_validity),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
