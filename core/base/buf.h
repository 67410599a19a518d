/*
 * Bytes owned, growing up to a stated maximum. What does not fit is refused whole and remembered in
 * `overflow`, so that a builder writes all its fields and asks once.
 */
#ifndef SKUA_BASE_BUF_H
#define SKUA_BASE_BUF_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/view.h"

struct buf {
    uint8_t *data;
    size_t len;
    size_t cap;    /* allocated */
    size_t max;    /* len never passes this */
    bool overflow; /* sticky: something was refused since the last clear */
};

/* An empty buffer that may grow to max bytes. Allocates nothing yet. Ends in buf_fini(). */
void buf_init(struct buf *b, size_t max);

/* Free the bytes; b is empty and may be used again with the same maximum. May run twice. */
void buf_fini(struct buf *b);

/* Forget the contents, keep the memory. */
void buf_clear(struct buf *b);

/* Forget the contents and overwrite them first: for secrets. */
void buf_wipe(struct buf *b);

/* Give memory beyond `keep` bytes back when the contents fit in it: after a flood. */
void buf_shrink(struct buf *b, size_t keep);

/* Append. Returns false, sets overflow and appends nothing if the maximum would be passed. */
bool buf_put(struct buf *b, struct view v);
bool buf_put_u8(struct buf *b, uint8_t byte);
bool buf_put_u16(struct buf *b, uint16_t value); /* big-endian */
bool buf_put_u64(struct buf *b, uint64_t value); /* big-endian */
bool buf_put_text(struct buf *b, const char *text);

/* Append printf-formatted text; at most 255 bytes of it, which every caller's format must fit. */
bool buf_putf(struct buf *b, const char *format, ...) __attribute__((format(printf, 2, 3)));

/*
 * Room for len more bytes at the end, or NULL (and overflow) if the maximum would be passed.
 * The caller writes up to len bytes there and then says how many with buf_commit().
 */
uint8_t *buf_reserve(struct buf *b, size_t len);
void buf_commit(struct buf *b, size_t len);

/* Remove the first len bytes (all, if there are fewer). */
void buf_take(struct buf *b, size_t len);

/* The contents, borrowed until the next change. */
static inline struct view
buf_view(const struct buf *b)
{
    return view_of(b->data, b->len);
}

#endif
