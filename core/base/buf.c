/* Growing by doubling keeps appends amortised constant; the maximum is the caller's bound. */
#include "base/buf.h"

#include <assert.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

#define BUF_FIRST_BYTES 64

static void
grow_to(struct buf *b, size_t needed)
{
    size_t cap = b->cap > 0 ? b->cap : BUF_FIRST_BYTES;
    while (cap < needed)
        cap = cap > b->max / 2 ? b->max : cap * 2;
    b->data = mem_resize(b->data, cap, 1);
    b->cap = cap;
}

void
buf_init(struct buf *b, size_t max)
{
    *b = (struct buf){ .max = max };
}

void
buf_fini(struct buf *b)
{
    free(b->data);
    buf_init(b, b->max);
}

void
buf_clear(struct buf *b)
{
    b->len = 0;
    b->overflow = false;
}

void
buf_wipe(struct buf *b)
{
    mem_wipe(b->data, b->cap);
    buf_clear(b);
}

void
buf_shrink(struct buf *b, size_t keep)
{
    if (b->cap <= keep || b->len > keep)
        return;
    if (b->len == 0) {
        free(b->data);
        b->data = NULL;
        b->cap = 0;
        return;
    }
    b->data = mem_resize(b->data, keep, 1);
    b->cap = keep;
}

uint8_t *
buf_reserve(struct buf *b, size_t len)
{
    if (len > b->max - b->len) {
        b->overflow = true;
        return NULL;
    }
    if (len > b->cap - b->len || b->data == NULL)
        grow_to(b, b->len + len);
    return b->data + b->len;
}

void
buf_commit(struct buf *b, size_t len)
{
    assert(len <= b->cap - b->len);
    b->len += len;
}

bool
buf_put(struct buf *b, struct view v)
{
    if (v.len == 0)
        return true;
    uint8_t *at = buf_reserve(b, v.len);
    if (at == NULL)
        return false;
    memcpy(at, v.data, v.len);
    b->len += v.len;
    return true;
}

bool
buf_put_u8(struct buf *b, uint8_t byte)
{
    return buf_put(b, view_of(&byte, 1));
}

bool
buf_put_u16(struct buf *b, uint16_t value)
{
    const uint8_t bytes[2] = { (uint8_t)(value >> 8), (uint8_t)value };
    return buf_put(b, view_of(bytes, sizeof bytes));
}

bool
buf_put_u64(struct buf *b, uint64_t value)
{
    uint8_t bytes[8];
    for (int i = 0; i < 8; i++)
        bytes[i] = (uint8_t)(value >> (56 - 8 * i));
    return buf_put(b, view_of(bytes, sizeof bytes));
}

bool
buf_put_text(struct buf *b, const char *text)
{
    return buf_put(b, view_of_text(text));
}

bool
buf_putf(struct buf *b, const char *format, ...)
{
    char text[256];
    va_list args;
    va_start(args, format);
    int len = vsnprintf(text, sizeof text, format, args);
    va_end(args);
    assert(len >= 0 && (size_t)len < sizeof text);
    return buf_put(b, view_of(text, (size_t)len));
}

void
buf_take(struct buf *b, size_t len)
{
    if (len >= b->len) {
        b->len = 0;
        return;
    }
    memmove(b->data, b->data + len, b->len - len);
    b->len -= len;
}
