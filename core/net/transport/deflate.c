/* The only file that knows zlib. Its streams live as long as the session: making one takes long. */
#include "net/transport/deflate.h"

#include <assert.h>
#include <limits.h>
#include <stdbool.h>
#include <stdlib.h>

#include <zlib.h>

#include "base/mem.h"

#define LEVEL       6 /* stock's; docs/PROTOCOL.md, "Compression" */
#define CHUNK_BYTES (16 * 1024)

/* What most instructions inflate to at once: a quiet session's buffers stay as small as what it receives. */
#define USUAL_RATIO 8
#define FIRST_BYTES 256

/*
 * zlib's memory level for a window: its table and block buffer. For screens half of what is usual, 64 KiB less: it
 * matters only where an instruction has more than 8192 literals and matches, four full screens' worth.
 */
#define MEMORY_LEVEL(window) ((int)(window)-8)

struct deflate {
    z_stream packer, unpacker;
};

static void *
allocate(void *unused, unsigned count, unsigned size)
{
    (void)unused;
    return mem_new(count, size);
}

static void
release(void *unused, void *p)
{
    (void)unused;
    free(p);
}

struct deflate *
deflate_new(enum deflate_window window)
{
    struct deflate *d = mem_new(1, sizeof *d);
    d->packer = d->unpacker = (z_stream){ .zalloc = allocate, .zfree = release };
    int packer = deflateInit2(&d->packer, LEVEL, Z_DEFLATED, (int)window, MEMORY_LEVEL(window),
                              Z_DEFAULT_STRATEGY);
    int unpacker = inflateInit(&d->unpacker);
    assert(packer == Z_OK && unpacker == Z_OK); /* it can only lack memory, and ours aborts first */
    (void)packer;
    (void)unpacker;
    return d;
}

void
deflate_free(struct deflate *d)
{
    if (d == NULL)
        return;
    inflateEnd(&d->unpacker);
    deflateEnd(&d->packer);
    free(d);
}

/* zlib wants a pointer even where there is nothing to read. */
static const uint8_t nothing[1];

/* zlib has no const in its input pointer; it does not write through it. */
static void
set_input(z_stream *z, struct view in)
{
    union {
        const uint8_t *in;
        uint8_t *out;
    } data = { .in = in.len > 0 ? in.data : nothing };
    z->next_in = data.out;
    z->avail_in = (unsigned)in.len;
}

/* Room for up to that much more of output, and never for more than CHUNK_BYTES; false if there is none at all. */
static bool
set_output(z_stream *z, struct buf *out, size_t wanted, size_t *room)
{
    *room = out->max - out->len;
    if (*room > CHUNK_BYTES)
        *room = CHUNK_BYTES;
    if (*room > wanted)
        *room = wanted;
    if (*room == 0)
        return false;
    z->next_out = buf_reserve(out, *room);
    z->avail_out = (unsigned)*room;
    return true;
}

enum skua_err
deflate_pack(struct deflate *d, struct view in, struct buf *out)
{
    size_t before = out->len, room;
    if (in.len > UINT_MAX)
        return SKUA_ERR_TOO_LARGE;

    deflateReset(&d->packer);
    set_input(&d->packer, in);
    int status = Z_OK;
    while (status != Z_STREAM_END) {
        if (!set_output(&d->packer, out, deflateBound(&d->packer, in.len), &room)) {
            out->len = before;
            return SKUA_ERR_TOO_LARGE;
        }
        status = deflate(&d->packer, Z_FINISH);
        assert(status != Z_STREAM_ERROR);
        buf_commit(out, room - d->packer.avail_out);
    }
    return SKUA_OK;
}

enum skua_err
deflate_unpack(struct deflate *d, struct view in, struct buf *out)
{
    size_t before = out->len, room;
    if (in.len > UINT_MAX)
        return SKUA_ERR_TOO_LARGE;

    inflateReset(&d->unpacker);
    set_input(&d->unpacker, in);
    enum skua_err err = SKUA_OK;
    int status = Z_OK;
    while (status != Z_STREAM_END) {
        uint8_t end[1];
        bool is_full = !set_output(&d->unpacker, out, FIRST_BYTES + in.len * USUAL_RATIO, &room);
        if (is_full) { /* the checksum may still be missing, output may not */
            d->unpacker.next_out = end;
            d->unpacker.avail_out = 1;
        }
        status = inflate(&d->unpacker, Z_NO_FLUSH);
        if (is_full && d->unpacker.avail_out == 0) {
            err = SKUA_ERR_TOO_LARGE;
            break;
        }
        if (!is_full)
            buf_commit(out, room - d->unpacker.avail_out);
        if (status != Z_OK && status != Z_STREAM_END) {
            err = status == Z_BUF_ERROR ? SKUA_ERR_TRUNCATED : SKUA_ERR_MALFORMED;
            break;
        }
    }
    if (err != SKUA_OK)
        out->len = before;
    return err;
}
