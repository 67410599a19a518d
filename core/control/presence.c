/* Whoever reads it may be of another version than who wrote it: names that are not known say nothing. */
#include "control/presence.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#define FIRST_LINE "skua-session 1"
#define NUMBER_MAX 4102444800 /* the year 2100, in seconds; larger than any port */

static const char *const states[] = {
    [PRESENCE_WAITING] = "waiting",
    [PRESENCE_ATTACHED] = "attached",
    [PRESENCE_SILENT] = "silent",
};

#define STATE_COUNT (sizeof states / sizeof states[0])

static uint8_t
printable(uint8_t byte)
{
    return byte >= 0x20 && byte < 0x7f ? byte : '?';
}

static void
put_text(struct buf *out, const char *name, const char *value)
{
    if (value[0] == '\0')
        return;
    (void)buf_putf(out, "%s ", name);
    for (; *value != '\0'; value++)
        (void)buf_put_u8(out, printable((uint8_t)*value));
    (void)buf_put_u8(out, '\n');
}

void
presence_put(struct buf *out, const struct presence *p)
{
    (void)buf_putf(out, FIRST_LINE "\nstate %s\nbegan %" PRId64 "\nport %u\n", states[p->state],
                   p->began_s, (unsigned)p->port);
    if (p->heard_s != 0)
        (void)buf_putf(out, "heard %" PRId64 "\n", p->heard_s);
    put_text(out, "terminal", p->terminal);
    put_text(out, "client", p->client);
    put_text(out, "command", p->command);
}

static void
take_text(struct view value, char out[PRESENCE_TEXT_BYTES])
{
    size_t len = value.len < PRESENCE_TEXT_BYTES ? value.len : PRESENCE_TEXT_BYTES - 1;
    for (size_t i = 0; i < len; i++)
        out[i] = (char)printable(value.data[i]);
    out[len] = '\0';
}

static bool
take_number(struct view value, int64_t *out)
{
    int64_t number = 0;
    for (size_t i = 0; i < value.len; i++) {
        if (value.data[i] < '0' || value.data[i] > '9')
            return false;
        number = number * 10 + (value.data[i] - '0');
        if (number > NUMBER_MAX)
            return false;
    }
    *out = number;
    return value.len > 0;
}

static bool
equals(struct view text, const char *word)
{
    return text.len == strlen(word) && memcmp(text.data, word, text.len) == 0;
}

static void
take_line(struct presence *p, struct view name, struct view value)
{
    int64_t port = 0;
    if (equals(name, "terminal"))
        take_text(value, p->terminal);
    else if (equals(name, "client"))
        take_text(value, p->client);
    else if (equals(name, "command"))
        take_text(value, p->command);
    else if (equals(name, "began"))
        (void)take_number(value, &p->began_s);
    else if (equals(name, "heard"))
        (void)take_number(value, &p->heard_s);
    else if (equals(name, "port") && take_number(value, &port) && port <= UINT16_MAX)
        p->port = (uint16_t)port;
    for (size_t i = 0; i < STATE_COUNT && equals(name, "state"); i++) {
        if (equals(value, states[i]))
            p->state = (enum presence_state)i;
    }
}

/* Cut text at the first such byte; *rest is what follows it. */
static struct view
cut(struct view text, char at, struct view *rest)
{
    size_t len = 0;
    while (len < text.len && text.data[len] != (uint8_t)at)
        len++;
    size_t past = len < text.len ? len + 1 : len;
    *rest = view_of(text.data + past, text.len - past);
    return view_of(text.data, len);
}

bool
presence_parse(struct view text, struct presence *out)
{
    *out = (struct presence){ 0 };
    if (text.len == 0 || !equals(cut(text, '\n', &text), FIRST_LINE))
        return false;
    while (text.len > 0) {
        struct view value;
        struct view name = cut(cut(text, '\n', &text), ' ', &value);
        take_line(out, name, value);
    }
    return true;
}
