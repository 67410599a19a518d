/* Header and cutting. Putting together is the assembler's. */
#include "net/transport/fragment.h"

#include <assert.h>

#include "base/reader.h"

enum skua_err
fragment_parse(struct view in, struct fragment *out)
{
    struct reader r = reader_of(in);
    uint64_t id = reader_u64(&r);
    uint16_t word = reader_u16(&r);
    if (r.failed)
        return SKUA_ERR_TRUNCATED;
    if ((id & FRAGMENT_ID_RESERVED) != 0)
        return SKUA_ERR_RESERVED;
    uint16_t index = word & (FRAGMENT_FINAL - 1);
    if (index >= FRAGMENT_COUNT_MAX)
        return SKUA_ERR_TOO_LARGE;

    *out = (struct fragment){
        .id = id,
        .index = index,
        .final = (word & FRAGMENT_FINAL) != 0,
        .body = reader_rest(&r),
    };
    return SKUA_OK;
}

enum skua_err
fragment_encode(const struct fragment *f, struct buf *out)
{
    if (f->body.len > out->max - out->len ||
        FRAGMENT_HEADER_BYTES > out->max - out->len - f->body.len)
        return SKUA_ERR_TOO_LARGE;
    buf_put_u64(out, f->id);
    buf_put_u16(out, (uint16_t)(f->index | (f->final ? FRAGMENT_FINAL : 0)));
    buf_put(out, f->body);
    return SKUA_OK;
}

size_t
fragment_count(size_t len, size_t piece_bytes)
{
    assert(piece_bytes > 0);
    return len == 0 ? 1 : (len - 1) / piece_bytes + 1;
}

struct fragment
fragment_of(uint64_t id, struct view whole, size_t piece_bytes, size_t index)
{
    size_t count = fragment_count(whole.len, piece_bytes);
    assert(index < count && count <= FRAGMENT_COUNT_MAX);
    return (struct fragment){
        .id = id,
        .index = (uint16_t)index,
        .final = index == count - 1,
        .body = view_first(view_from(whole, index * piece_bytes), piece_bytes),
    };
}
