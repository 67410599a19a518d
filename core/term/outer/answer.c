/* Two shapes: CSI with numbers, and strings of printable ASCII up to ST or BEL. */
#include "term/outer/answer.h"

#include <stdbool.h>

#define ESC 0x1b

struct start {
    const char *text;
    enum answer_kind kind;
};

static const struct start strings[] = {
    { "\033P>|", ANSWER_VERSION },          { "\033P1+r", ANSWER_CAPABILITY },
    { "\033P0+r", ANSWER_CAPABILITY },      { "\033]10;rgb:", ANSWER_FOREGROUND },
    { "\033]11;rgb:", ANSWER_BACKGROUND },  { "\033]10;rgba:", ANSWER_FOREGROUND },
    { "\033]11;rgba:", ANSWER_BACKGROUND },
};

static bool
starts_with(struct view bytes, struct view start)
{
    return view_equal(view_first(bytes, start.len), start);
}

static bool
is_printable(uint8_t byte)
{
    return byte >= 0x20 && byte <= 0x7e;
}

/* A string answer whose start was recognised: its end is looked for. */
static struct answer
find_end(struct view bytes, const struct start *s)
{
    size_t from = view_of_text(s->text).len, i = from;
    bool is_osc = s->text[1] == ']';
    while (i < bytes.len && is_printable(bytes.data[i]))
        i++;
    struct answer a = { .kind = s->kind, .text = view_from(view_first(bytes, i), from) };
    if (i > ANSWER_MAX_BYTES)
        return (struct answer){ .kind = ANSWER_NONE };
    if (i == bytes.len || (bytes.data[i] == ESC && i + 1 == bytes.len))
        return (struct answer){ .kind = ANSWER_PARTIAL };
    if (bytes.data[i] == ESC && bytes.data[i + 1] == '\\')
        a.len = i + 2;
    else if (bytes.data[i] == '\a' && is_osc)
        a.len = i + 1;
    else
        a.kind = ANSWER_NONE;
    return a;
}

static struct answer
parse_string(struct view bytes)
{
    enum answer_kind otherwise = ANSWER_NONE;
    for (size_t i = 0; i < sizeof strings / sizeof strings[0]; i++) {
        struct view start = view_of_text(strings[i].text);
        if (starts_with(bytes, start))
            return find_end(bytes, &strings[i]);
        if (starts_with(start, bytes))
            otherwise = ANSWER_PARTIAL;
    }
    return (struct answer){ .kind = otherwise };
}

static enum answer_kind
kind_of_csi(const struct answer *a, int params, bool is_private, bool has_dollar, uint8_t final)
{
    if (is_private && !has_dollar && final == 'c')
        return ANSWER_DEVICE;
    if (is_private && has_dollar && final == 'y' && params == 2)
        return ANSWER_MODE;
    if (is_private && !has_dollar && final == 'u' && params == 1)
        return ANSWER_KEYBOARD;
    if (!is_private && !has_dollar && final == 't' && params == 3 && a->param[0] == 6)
        return ANSWER_CELL_SIZE;
    return ANSWER_NONE;
}

/* CSI, perhaps "?", numbers, perhaps "$", the final. Numbers stop growing above what a field holds. */
static struct answer
parse_csi(struct view bytes)
{
    struct answer a = { .kind = ANSWER_PARTIAL };
    size_t i = 2;
    int params = 1;
    bool is_private = i < bytes.len && bytes.data[i] == '?';
    for (i += is_private; i < bytes.len && i < ANSWER_MAX_BYTES; i++) {
        uint8_t byte = bytes.data[i];
        if (byte == ';')
            params++;
        else if (byte < '0' || byte > '9')
            break;
        else if (params <= 3 && a.param[params - 1] <= UINT16_MAX)
            a.param[params - 1] = a.param[params - 1] * 10 + (uint32_t)(byte - '0');
    }
    bool has_dollar = i < bytes.len && bytes.data[i] == '$';
    i += has_dollar;
    if (i >= ANSWER_MAX_BYTES)
        a.kind = ANSWER_NONE;
    else if (i < bytes.len)
        a.kind = kind_of_csi(&a, params, is_private, has_dollar, bytes.data[i]);
    a.len = i + 1;
    return a;
}

struct answer
answer_parse(struct view bytes)
{
    if (bytes.len < 2)
        return (struct answer){ .kind = ANSWER_PARTIAL };
    return bytes.data[1] == '[' ? parse_csi(bytes) : parse_string(bytes);
}
