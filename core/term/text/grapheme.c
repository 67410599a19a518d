/* utf8proc's stateful breaker does the rules; its types stay in this file. */
#include "term/text/grapheme.h"

#include <utf8proc.h>

#include "term/text/utf8.h"
#include "term/text/width.h"

#define VS15 0xFE0E
#define VS16 0xFE0F
#define ZWJ  0x200D

_Static_assert(sizeof(utf8proc_int32_t) == sizeof(int32_t), "the state fits our field");

bool
grapheme_push(struct grapheme *g, uint32_t code_point)
{
    uint32_t previous = g->previous;
    g->previous = code_point;
    if (previous == 0) {
        g->state = 0;
        return true;
    }
    return utf8proc_grapheme_break_stateful((utf8proc_int32_t)previous,
                                            (utf8proc_int32_t)code_point, &g->state);
}

static bool
is_regional(uint32_t c)
{
    return c >= 0x1F1E6 && c <= 0x1F1FF;
}

/* What emoji-variation-sequences.txt pairs with VS16: pictographs and the keycap bases. */
static bool
is_emoji_base(uint32_t c)
{
    if (c < 0x80)
        return (c >= '0' && c <= '9') || c == '#' || c == '*';
    return utf8proc_get_property((utf8proc_int32_t)c)->boundclass ==
           UTF8PROC_BOUNDCLASS_EXTENDED_PICTOGRAPHIC;
}

int
grapheme_width(struct view cluster)
{
    uint32_t first = 0;
    uint32_t previous = 0;
    int width = 0;
    while (cluster.len > 0) {
        uint32_t c;
        cluster = view_from(cluster, utf8_next(cluster, &c));
        if (first == 0)
            first = c;
        if (c == VS16 && is_emoji_base(previous))
            width = 2;
        else if (c == VS15 && is_emoji_base(previous))
            width = 1;
        else if (is_regional(c) && is_regional(previous))
            width = 2;
        else if (previous == ZWJ && is_emoji_base(c) && is_emoji_base(first))
            width = 2;
        else if (width_of(c) > width)
            width = width_of(c);
        previous = c;
    }
    return width;
}

size_t
grapheme_length(struct view text)
{
    struct grapheme g = { 0 };
    size_t length = 0;
    while (length < text.len) {
        uint32_t c;
        size_t used = utf8_next(view_from(text, length), &c);
        if (grapheme_push(&g, c) && length > 0)
            break;
        length += used;
    }
    return length;
}
