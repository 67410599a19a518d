/* Flags are answered only to a program whose user's terminal knows them: others must not rely on it. */
#include "term/emulator/keyboard.h"

#include <string.h>

#include "term/emulator/emulator_internal.h"
#include "term/emulator/reply.h"

#define FLAGS_MASK            0x1F
#define MODIFY_OTHER_KEYS     4 /* the resource's number */
#define MODIFY_OTHER_KEYS_MAX 2

static struct keyboard_stack *
shown(struct emulator *e)
{
    return &e->keyboard.stack[e->screen->modes.alternate];
}

static void
apply(struct emulator *e)
{
    e->screen->modes.keyboard_flags = shown(e)->flags;
}

void
keyboard_start(struct emulator *e)
{
    for (int i = 0; i < 2; i++)
        e->keyboard.stack[i].flags = e->screen->modes.keyboard_flags;
}

void
keyboard_switch(struct emulator *e)
{
    apply(e);
}

void
keyboard_reset(struct emulator *e)
{
    *shown(e) = (struct keyboard_stack){ 0 };
    apply(e);
}

static void
push(struct keyboard_stack *k, int flags)
{
    if (k->count == KEYBOARD_STACK_MAX) {
        memmove(k->under, k->under + 1, KEYBOARD_STACK_MAX - 1);
        k->count--;
    }
    k->under[k->count++] = k->flags;
    k->flags = (uint8_t)(flags & FLAGS_MASK);
}

static void
pop(struct keyboard_stack *k, int count)
{
    for (; count > 0 && k->count > 0; count--)
        k->flags = k->under[--k->count];
    if (count > 0)
        k->flags = 0;
}

static void
set(struct keyboard_stack *k, int flags, int how)
{
    flags &= FLAGS_MASK;
    if (how == 1)
        k->flags = (uint8_t)flags;
    else if (how == 2)
        k->flags = (uint8_t)(k->flags | flags);
    else if (how == 3)
        k->flags = (uint8_t)(k->flags & ~flags);
}

static void
modify_other_keys(struct emulator *e, const struct parser_sequence *s)
{
    int level = parser_param(s, 1, 0);
    if (parser_param(s, 0, MODIFY_OTHER_KEYS) == MODIFY_OTHER_KEYS &&
        level <= MODIFY_OTHER_KEYS_MAX)
        e->screen->modes.modify_other_keys = (uint8_t)level;
}

bool
keyboard_csi(struct emulator *e, const struct parser_sequence *s)
{
    switch (s->key) {
    case PARSER_KEY('>', 0, 0, 'u'): push(shown(e), parser_param(s, 0, 0)); break;
    case PARSER_KEY('<', 0, 0, 'u'): pop(shown(e), parser_param(s, 0, 1)); break;
    case PARSER_KEY('=', 0, 0, 'u'):
        set(shown(e), parser_param(s, 0, 0), parser_param(s, 1, 1));
        break;
    case PARSER_KEY('?', 0, 0, 'u'):
        if ((e->record.can & RECORD_CAN_KEYBOARD) != 0)
            reply_putf(e, "\033[?%uu", shown(e)->flags);
        break;
    case PARSER_KEY('>', 0, 0, 'm'): modify_other_keys(e, s); break;
    case PARSER_KEY('>', 0, 0, 'n'):
        if (parser_param(s, 0, 0) == MODIFY_OTHER_KEYS)
            e->screen->modes.modify_other_keys = 0;
        break;
    case PARSER_KEY('?', 0, 0, 'm'):
        if (parser_param(s, 0, 0) == MODIFY_OTHER_KEYS)
            reply_putf(e, "\033[>4;%um", e->screen->modes.modify_other_keys);
        break;
    default: return false;
    }
    apply(e);
    return true;
}
