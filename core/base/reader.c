/* The one place where a pointer walks over input. */
#include "base/reader.h"

static uint64_t
read_big_endian(struct reader *r, size_t len)
{
    struct view bytes = reader_bytes(r, len);
    uint64_t value = 0;
    for (size_t i = 0; i < bytes.len; i++)
        value = value << 8 | bytes.data[i];
    return value;
}

uint8_t
reader_u8(struct reader *r)
{
    return (uint8_t)read_big_endian(r, 1);
}

uint16_t
reader_u16(struct reader *r)
{
    return (uint16_t)read_big_endian(r, 2);
}

uint64_t
reader_u64(struct reader *r)
{
    return read_big_endian(r, 8);
}

struct view
reader_bytes(struct reader *r, size_t len)
{
    if (r->failed || len > r->rest.len) {
        r->failed = true;
        return (struct view){ 0 };
    }
    struct view bytes = view_first(r->rest, len);
    r->rest = view_from(r->rest, len);
    return bytes;
}

struct view
reader_rest(struct reader *r)
{
    return reader_bytes(r, r->rest.len);
}
