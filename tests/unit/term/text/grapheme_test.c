#include "test.h"

#include "term/text/grapheme.h"
#include "term/text/utf8.h"

#define FAMILY "\U0001F469\u200D\U0001F469\u200D\U0001F467"

static const struct {
    const char *text;
    int clusters;
    int width; /* of the first */
} cases[] = {
    { "a", 1, 1 },
    { "ab", 2, 1 },
    { "e\u0301", 1, 1 },
    { "\u4E2D", 1, 2 },
    { FAMILY, 1, 2 },
    { "\U0001F469\u200D\U0001F680x", 2, 2 },
    { "\u2764\uFE0F", 1, 2 },
    { "\u2764\uFE0E", 1, 1 },
    { "\u2764", 1, 1 },
    { "\U0001F600\uFE0E", 1, 1 },
    { "a\uFE0F", 1, 1 },
    { "1\uFE0F\u20E3", 1, 2 },
    { "\U0001F1EB\U0001F1F7", 1, 2 },
    { "\U0001F1EB\U0001F1F7\U0001F1E9", 2, 2 },
    { "\U0001F1EB", 1, 1 },
    { "\u1112\u1161\u11AB", 1, 2 },
    { "\U0001F44B\U0001F3FD", 1, 2 },
    { "\u0301", 1, 0 },
    { "\u0915\u0903", 1, 1 },
};

static int
clusters_of(struct view text)
{
    struct grapheme g = { 0 };
    int count = 0;
    while (text.len > 0) {
        uint32_t c;
        text = view_from(text, utf8_next(text, &c));
        count += grapheme_push(&g, c);
    }
    return count;
}

static void
test_boundaries_and_widths(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct view text = view_of_text(cases[i].text);
        size_t length = grapheme_length(text);
        assert_int_equal(clusters_of(text), cases[i].clusters);
        assert_int_equal(grapheme_width(view_first(text, length)), cases[i].width);
        assert_int_equal(length == text.len, cases[i].clusters == 1);
    }
    assert_int_equal(grapheme_length(view_of("", 0)), 0);
}

int
main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(test_boundaries_and_widths) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
