/* Test vectors as text, put together in a buffer and compared with one. */
#ifndef SKUA_TESTS_UNIT_NET_HEX_BUF_H
#define SKUA_TESTS_UNIT_NET_HEX_BUF_H

#include "test.h"

#include "base/buf.h"
#include "net/hex.h"

/* Append the bytes that text spells. */
static inline void
hex_put(struct buf *out, const char *text)
{
    size_t room = strlen(text) / 2 + 1;
    uint8_t *at = buf_reserve(out, room);
    if (at == NULL) { /* close to its maximum: what is there must still do */
        room = out->max - out->len;
        at = buf_reserve(out, room);
    }
    assert_non_null(at);
    buf_commit(out, hex_bytes(text, at, room).len);
}

/* Fails the test unless v is exactly what text spells. */
static inline void
assert_hex(struct view v, const char *text)
{
    struct buf b;
    buf_init(&b, 1 << 20);
    hex_put(&b, text);
    assert_bytes_equal(v, buf_view(&b));
    buf_fini(&b);
}

#endif
