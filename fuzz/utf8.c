/* The decoder, byte by byte and at once, against each other and against the definition. */
#include "term/text/codepoint.h"
#include "term/text/grapheme.h"
#include "term/text/utf8.h"
#include "target.h"

/* Code points of the pushed bytes; each is a scalar value and has a width. */
static size_t
push_all(struct view text, bool *any_replaced)
{
    struct utf8_decoder d = { 0 };
    size_t count = 0;
    for (size_t i = 0; i < text.len; i++) {
        uint32_t out[2];
        int made = utf8_push(&d, text.data[i], out);
        assert(made >= 0 && made <= 2);
        for (int j = 0; j < made; j++) {
            assert(out[j] <= 0x10FFFF && (out[j] < 0xD800 || out[j] > 0xDFFF));
            *any_replaced = *any_replaced || out[j] == UTF8_REPLACEMENT;
        }
        count += (size_t)made;
    }
    return count + (d.needed > 0 ? 1 : 0);
}

/* Clusters of valid text: they go forward and none is wider than two cells. */
static void
walk_clusters(struct view text)
{
    while (text.len > 0) {
        size_t len = grapheme_length(text);
        assert(len > 0 && len <= text.len);
        int width = grapheme_width(view_first(text, len));
        assert(width >= -1 && width <= 2);
        text = view_from(text, len);
    }
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct view text = view_of(data, size), rest = text;
    bool any_replaced = false, same = true;
    size_t count = 0;

    while (rest.len > 0) {
        uint32_t code_point;
        uint8_t bytes[4];
        size_t len = utf8_next(rest, &code_point);
        assert(len >= 1 && len <= 4 && len <= rest.len);
        size_t back = codepoint_encode(code_point, bytes);
        same = same && view_equal(view_first(rest, len), view_of(bytes, back));
        rest = view_from(rest, len);
        count++;
    }
    assert(utf8_count(text) == count);
    assert(push_all(text, &any_replaced) == count);
    /* Well-formed is exactly what comes back as it was. */
    assert(utf8_is_valid(text) == same);
    if (same)
        walk_clusters(text);
    return 0;
}
