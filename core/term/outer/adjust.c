/* Words and the bits that they stand for. */
#include "term/outer/adjust.h"

#include <stddef.h>

struct ability {
    const char *name;
    uint32_t can;
};

static const struct ability abilities[] = {
    { "bce", CAPS_CAN_COLOR_ERASE },
    { "clipboard", CAPS_CAN_CLIPBOARD },
    { "clusters", CAPS_CAN_CLUSTERS },
    { "cursor-style", CAPS_CAN_CURSOR_STYLE },
    { "faint", CAPS_CAN_FAINT },
    { "focus", CAPS_CAN_FOCUS },
    { "italic", CAPS_CAN_ITALIC },
    { "keyboard", CAPS_CAN_KEYBOARD },
    { "links", CAPS_CAN_LINKS },
    { "modify-other-keys", CAPS_CAN_MODIFY_OTHER_KEYS },
    { "mouse", CAPS_CAN_MOUSE },
    { "mouse-pixels", CAPS_CAN_MOUSE_PIXELS },
    { "overline", CAPS_CAN_OVERLINE },
    { "paste", CAPS_CAN_PASTE },
    { "strike", CAPS_CAN_STRIKE },
    { "sync", CAPS_CAN_SYNC },
    { "title", CAPS_CAN_TITLE },
    { "underline-colors", CAPS_CAN_UNDERLINE_COLOR },
    { "underline-styles", CAPS_CAN_UNDERLINE_STYLES },
};

static const struct {
    const char *name;
    uint32_t colors;
} counts[] = {
    { "colors=8", 8 },
    { "colors=16", 16 },
    { "colors=256", 256 },
    { "colors=direct", CAPS_COLORS_DIRECT },
};

static bool
is_separator(uint8_t byte)
{
    return byte == ',' || byte == ' ' || byte == '\t' || byte == ':';
}

static bool
is_word(struct view word, const char *name)
{
    return view_equal(word, view_of_text(name));
}

static void
take_ability(struct adjustment *a, struct view word, bool has_it)
{
    for (size_t i = 0; i < sizeof abilities / sizeof abilities[0]; i++) {
        if (!is_word(word, abilities[i].name))
            continue;
        a->add = has_it ? a->add | abilities[i].can : a->add & ~abilities[i].can;
        a->remove = has_it ? a->remove & ~abilities[i].can : a->remove | abilities[i].can;
    }
}

static void
take_word(struct adjustment *a, struct view word)
{
    bool has_it = word.data[0] != '-';
    if (word.data[0] == '-' || word.data[0] == '+')
        word = view_from(word, 1);
    take_ability(a, word, has_it);
    if (is_word(word, "probe"))
        a->no_probes = !has_it;
    for (size_t i = 0; has_it && i < sizeof counts / sizeof counts[0]; i++) {
        if (is_word(word, counts[i].name))
            a->colors = counts[i].colors;
    }
}

struct adjustment
adjustment_parse(struct view list)
{
    struct adjustment a = { 0 };
    for (size_t i = 0, start = 0; i <= list.len; i++) {
        if (i < list.len && !is_separator(list.data[i]))
            continue;
        if (i > start)
            take_word(&a, view_from(view_first(list, i), start));
        start = i + 1;
    }
    return a;
}

void
adjustment_apply(const struct adjustment *a, struct caps *caps)
{
    caps->can = (caps->can | a->add) & ~a->remove;
    if (a->colors != 0)
        caps->colors = a->colors;
}
