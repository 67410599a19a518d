/* What a server, and our own proxy, say to the launcher before there is a session. */
#include "bootstrap/connect_line.h"

#include <string.h>

#define PORT_DIGITS_MAX  5
#define CONNECTION_WORDS 4

static struct view
trim(struct view line)
{
    while (line.len != 0 && line.data[0] == '\r')
        line = view_from(line, 1);
    while (line.len != 0) {
        uint8_t last = line.data[line.len - 1];
        if (last != '\r' && last != ' ' && last != '\t')
            break;
        line.len--;
    }
    return line;
}

/* Whether v begins with text; *rest is what follows. */
static bool
begins(struct view v, const char *text, struct view *rest)
{
    struct view head = view_of_text(text);
    if (!view_equal(view_first(v, head.len), head))
        return false;
    *rest = view_from(v, head.len);
    return true;
}

/* Take the word up to the next blank off the front of *v; empty at the end. */
static struct view
next_word(struct view *v)
{
    size_t from = 0;
    while (from < v->len && v->data[from] == ' ')
        from++;
    size_t to = from;
    while (to < v->len && v->data[to] != ' ')
        to++;
    struct view word = view_first(view_from(*v, from), to - from);
    *v = view_from(*v, to);
    return word;
}

static struct connect_line
parse_address(struct view rest, struct view token)
{
    struct connect_line out = { .kind = CONNECT_LINE_TEXT };
    struct view address = next_word(&rest);
    struct view given = next_word(&rest);

    if (token.len == 0 || !view_equal(given, token) || next_word(&rest).len != 0)
        return out;
    out.kind = CONNECT_LINE_BAD_ADDRESS;
    if (view_equal(address, view_of_text("none")))
        out.kind = CONNECT_LINE_UNREACHED;
    else if (numeric_address_parse(address, &out.address) == SKUA_OK)
        out.kind = CONNECT_LINE_ADDRESS;
    return out;
}

static struct connect_line
parse_connection(struct view rest)
{
    struct connect_line out = { .kind = CONNECT_LINE_BAD_CONNECTION };
    struct view word[CONNECTION_WORDS];

    for (int i = 0; i < CONNECTION_WORDS; i++)
        word[i] = next_word(&rest);
    if (word[CONNECTION_WORDS - 1].len == 0 || next_word(&rest).len != 0)
        return out;
    if (numeric_address_parse(word[2], &out.address) == SKUA_OK)
        out.kind = CONNECT_LINE_CONNECTION;
    return out;
}

/* 1..65535 in plain decimal; 0 for anything else. */
static uint16_t
parse_port(struct view text)
{
    uint32_t value = 0;
    if (text.len == 0 || text.len > PORT_DIGITS_MAX || text.data[0] == '0')
        return 0;
    for (size_t i = 0; i < text.len; i++) {
        if (text.data[i] < '0' || text.data[i] > '9')
            return 0;
        value = value * 10 + (text.data[i] - (uint32_t)'0');
    }
    return value <= UINT16_MAX ? (uint16_t)value : 0;
}

static struct connect_line
parse_start(struct view rest)
{
    struct connect_line out = { .kind = CONNECT_LINE_BAD_PORT };
    size_t blank = 0;
    while (blank < rest.len && rest.data[blank] != ' ')
        blank++;

    out.port = parse_port(view_first(rest, blank));
    if (out.port == 0)
        return out;
    /* Exactly one blank: what follows it is the key, to the last byte. */
    if (key_parse(view_from(rest, blank + 1), &out.key) == SKUA_OK)
        out.kind = CONNECT_LINE_START;
    else
        out.kind = CONNECT_LINE_BAD_KEY;
    return out;
}

/* What is shown to the user and looked up in tables: letters, digits, few others. Else empty. */
static void
take_name(struct view *rest, char out[CONNECT_LINE_SYSTEM_MAX + 1])
{
    struct view word = next_word(rest);

    if (word.len == 0 || word.len > CONNECT_LINE_SYSTEM_MAX)
        return;
    for (size_t i = 0; i < word.len; i++) {
        uint8_t c = word.data[i];
        bool ok = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                  c == '-' || c == '_' || c == '.';
        if (!ok)
            return;
    }
    memcpy(out, word.data, word.len);
}

static struct connect_line
parse_no_server(struct view rest)
{
    struct connect_line out = { .kind = CONNECT_LINE_NO_SERVER };

    take_name(&rest, out.system);
    take_name(&rest, out.machine);
    return out;
}

struct connect_line
connect_line_parse(struct view line, struct view token)
{
    struct view v = trim(line);
    struct view rest;

    if (begins(v, "MOSH IP ", &rest))
        return parse_address(rest, token);
    if (begins(v, "MOSH SSH_CONNECTION ", &rest))
        return parse_connection(rest);
    /* A line of these two words alone has lost its port: its blank went with the trimming. */
    if (begins(v, "MOSH CONNECT ", &rest) || view_equal(v, view_of_text("MOSH CONNECT")))
        return parse_start(v.len > strlen("MOSH CONNECT ") ? rest : (struct view){ 0 });
    if (begins(v, "SKUA NO SERVER", &rest) && (rest.len == 0 || rest.data[0] == ' '))
        return parse_no_server(rest);
    return (struct connect_line){ .kind = CONNECT_LINE_TEXT };
}
