/* One function a shape of token; what is wrong is said once, by the last that saw it. */
#include "tests/lint/lexer.h"

#include <stddef.h>

static bool
is_at(const struct lexer *l, uint8_t byte)
{
    return l->rest.len > 0 && l->rest.data[0] == byte;
}

static bool
is_within(const struct lexer *l, uint8_t first, uint8_t last)
{
    return l->rest.len > 0 && l->rest.data[0] >= first && l->rest.data[0] <= last;
}

static uint8_t
take(struct lexer *l)
{
    uint8_t byte = l->rest.len > 0 ? l->rest.data[0] : 0;
    l->rest = view_from(l->rest, 1);
    return byte;
}

static void
split_params(struct lexer *l, struct token *t)
{
    t->params = 1;
    for (size_t i = 0; i < t->body.len; i++) {
        uint8_t byte = t->body.data[i];
        uint32_t *param = &t->param[t->params - 1];
        if (byte == ':' || byte == ';') {
            t->has_colon |= byte == ':';
            if (t->params < LEXER_PARAMS_MAX)
                t->params++;
            else
                l->wrong = "too many parameters";
            continue;
        }
        *param = *param * 10 + (uint32_t)(byte - '0');
        if (*param > 65535)
            l->wrong = "parameter above 65535";
    }
    if (t->body.len > 100)
        l->wrong = "parameters of more than 100 characters";
}

static void
read_csi(struct lexer *l, struct token *t)
{
    t->kind = CSI;
    if (is_within(l, '<', '?'))
        t->prefix = take(l);
    t->body = l->rest;
    while (is_within(l, '0', ';'))
        take(l);
    t->body = view_first(t->body, t->body.len - l->rest.len);
    if (is_within(l, 0x20, 0x2f))
        t->intermediate = take(l);
    if (!is_within(l, 0x40, 0x7e))
        l->wrong = "CSI without an end";
    t->byte = take(l);
    split_params(l, t);
}

static void
read_osc(struct lexer *l, struct token *t)
{
    t->kind = OSC;
    t->body = l->rest;
    while (l->rest.len > 0 && !is_at(l, '\a') && !is_at(l, 0x1b))
        take(l);
    t->body = view_first(t->body, t->body.len - l->rest.len);
    t->ends_in_bel = is_at(l, '\a');
    bool is_ended = take(l) == '\a' || take(l) == '\\';
    if (!is_ended)
        l->wrong = "OSC without an end";
}

struct token
lexer_next(struct lexer *l)
{
    struct token t = { .kind = TEXT };
    if (is_at(l, 0x1b)) {
        take(l);
        t.byte = take(l);
        t.kind = ESCAPE;
        if (t.byte == '[')
            read_csi(l, &t);
        else if (t.byte == ']')
            read_osc(l, &t);
    } else if (is_within(l, 0, 0x1f) || is_at(l, 0x7f)) {
        t.kind = CONTROL;
        t.byte = take(l);
    } else {
        t.body = l->rest;
        while (l->rest.len > 0 && l->rest.data[0] >= 0x20 && l->rest.data[0] != 0x7f)
            take(l);
        t.body = view_first(t.body, t.body.len - l->rest.len);
    }
    return t;
}
