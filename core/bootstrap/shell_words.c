/* Splits --ssh into the head of ssh's arguments. */
#include "bootstrap/shell_words.h"

#include <string.h>

enum quoting {
    QUOTING_BLANK, /* between words */
    QUOTING_NONE,
    QUOTING_SINGLE,
    QUOTING_DOUBLE,
};

static bool
is_blank(uint8_t c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/* A backslash and what follows it at text[*at]; *at moves to the last byte used. */
static bool
put_escaped(struct view text, size_t *at, enum quoting quoting, struct buf *out)
{
    if (*at + 1 == text.len)
        return false;
    uint8_t next = text.data[++*at];
    if (quoting == QUOTING_DOUBLE && strchr("\"\\$`", next) == NULL)
        buf_put_u8(out, '\\');
    buf_put_u8(out, next);
    return true;
}

/* Outside quotes: returns the quoting after c, which is not a backslash. */
static enum quoting
plain_byte(uint8_t c, enum quoting quoting, struct buf *out, size_t *count)
{
    if (is_blank(c)) {
        if (quoting == QUOTING_NONE)
            buf_put_u8(out, '\0');
        return QUOTING_BLANK;
    }
    if (quoting == QUOTING_BLANK)
        ++*count;
    if (c == '\'')
        return QUOTING_SINGLE;
    if (c == '"')
        return QUOTING_DOUBLE;
    buf_put_u8(out, c);
    return QUOTING_NONE;
}

enum skua_err
shell_words_split(struct view text, struct buf *out, size_t *count)
{
    enum quoting quoting = QUOTING_BLANK;
    size_t words = 0;

    buf_clear(out);
    for (size_t at = 0; at < text.len; at++) {
        uint8_t c = text.data[at];
        if (c == '\0')
            return SKUA_ERR_MALFORMED;
        if (c == '\\' && quoting != QUOTING_SINGLE) {
            if (quoting == QUOTING_BLANK)
                words++;
            if (!put_escaped(text, &at, quoting, out))
                return SKUA_ERR_MALFORMED;
            if (quoting == QUOTING_BLANK)
                quoting = QUOTING_NONE;
        } else if (quoting == QUOTING_SINGLE || quoting == QUOTING_DOUBLE) {
            if (c == (quoting == QUOTING_SINGLE ? '\'' : '"'))
                quoting = QUOTING_NONE;
            else
                buf_put_u8(out, c);
        } else {
            quoting = plain_byte(c, quoting, out, &words);
        }
    }
    if (quoting == QUOTING_SINGLE || quoting == QUOTING_DOUBLE)
        return SKUA_ERR_MALFORMED;
    if (quoting == QUOTING_NONE)
        buf_put_u8(out, '\0');
    if (out->overflow)
        return SKUA_ERR_TOO_LARGE;
    *count = words;
    return SKUA_OK;
}
