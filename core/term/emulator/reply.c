/* A host role has no program behind it: an answer there would be typed into nothing. */
#include "term/emulator/reply.h"

#include <assert.h>
#include <stdarg.h>
#include <stdio.h>

#include "term/emulator/emulator_internal.h"

void
reply_put(struct emulator *e, struct view bytes)
{
    if (!e->role->replies || !buf_put(&e->replies, bytes))
        e->stats.replies_dropped++;
}

void
reply_putf(struct emulator *e, const char *format, ...)
{
    char text[256];
    va_list args;
    va_start(args, format);
    int len = vsnprintf(text, sizeof text, format, args);
    va_end(args);
    assert(len >= 0 && (size_t)len < sizeof text);
    reply_put(e, view_of(text, (size_t)len));
}
