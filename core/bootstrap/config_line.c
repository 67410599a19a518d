/* Cuts a line of a configuration in two. */
#include "bootstrap/config_line.h"

#include <string.h>

static bool
is_blank(uint8_t c)
{
    return c == ' ' || c == '\t';
}

static struct view
skip_blanks(struct view v)
{
    while (v.len != 0 && is_blank(v.data[0]))
        v = view_from(v, 1);
    return v;
}

static struct view
drop_end(struct view v)
{
    while (v.len != 0 && (is_blank(v.data[v.len - 1]) || v.data[v.len - 1] == '\r'))
        v.len--;
    return v;
}

static bool
is_comment(struct view v)
{
    return v.len == 0 || v.data[0] == '#';
}

/* Take the keyword and what parts it from its value off the front. */
static struct view
take_keyword(struct view *rest)
{
    size_t len = 0;

    while (len < rest->len && !is_blank(rest->data[len]) && rest->data[len] != '=')
        len++;
    struct view keyword = view_first(*rest, len);
    *rest = skip_blanks(view_from(*rest, len));
    if (rest->len != 0 && rest->data[0] == '=')
        *rest = skip_blanks(view_from(*rest, 1));
    return keyword;
}

static size_t
unquoted_len(struct view v)
{
    size_t len = 0;

    while (len < v.len && !(v.data[len] == '#' && len != 0 && is_blank(v.data[len - 1])))
        len++;
    return drop_end(view_first(v, len)).len;
}

/* The value behind a double quote into out, which has room for all of it. Returns what is wrong, or NULL. */
static const char *
read_quoted(struct view v, char *out)
{
    size_t len = 0, at = 1;

    for (; at < v.len && v.data[at] != '"'; at++) {
        bool escapes = v.data[at] == '\\' && at + 1 < v.len &&
                       (v.data[at + 1] == '"' || v.data[at + 1] == '\\');
        if (escapes)
            at++;
        out[len++] = (char)v.data[at];
    }
    out[len] = '\0';
    if (at == v.len)
        return "a double quote is left open";
    if (!is_comment(skip_blanks(view_from(v, at + 1))))
        return "text behind the closing quote: quote the whole value, with \\\" for quotes in it";
    return NULL;
}

enum skua_err
config_line_parse(struct view line, struct config_line *out, const char **problem)
{
    struct view rest = drop_end(skip_blanks(line));

    if (line.len > CONFIG_LINE_MAX_BYTES) {
        *problem = "the line is longer than 4096 bytes";
        return SKUA_ERR_TOO_LARGE;
    }
    if (line.len != 0 && memchr(line.data, '\0', line.len) != NULL) {
        *problem = "the line holds a NUL byte";
        return SKUA_ERR_MALFORMED;
    }
    if (is_comment(rest)) {
        out->keyword = (struct view){ 0 };
        out->value[0] = '\0';
        return SKUA_OK;
    }
    struct view keyword = take_keyword(&rest);
    *problem = keyword.len == 0 ? "the line begins with '='" : NULL;
    if (*problem == NULL && is_comment(rest))
        *problem = "there is no value";
    char value[CONFIG_LINE_MAX_BYTES + 1];
    if (*problem == NULL && rest.data[0] == '"') {
        *problem = read_quoted(rest, value);
    } else if (*problem == NULL) {
        size_t len = unquoted_len(rest);
        memcpy(value, rest.data, len);
        value[len] = '\0';
    }
    if (*problem != NULL)
        return SKUA_ERR_MALFORMED;
    out->keyword = keyword;
    memcpy(out->value, value, strlen(value) + 1);
    return SKUA_OK;
}

static uint8_t
lower(uint8_t c)
{
    return c >= 'A' && c <= 'Z' ? (uint8_t)(c | 0x20) : c;
}

bool
config_line_is(const struct config_line *line, const char *keyword)
{
    if (line->keyword.len != strlen(keyword))
        return false;
    for (size_t i = 0; i < line->keyword.len; i++) {
        if (lower(line->keyword.data[i]) != lower((uint8_t)keyword[i]))
            return false;
    }
    return true;
}
