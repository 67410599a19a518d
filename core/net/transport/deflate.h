/*
 * An instruction as it is compressed on the wire: one zlib stream (RFC 1950), level 6, no dictionary,
 * nothing remembered from one to the next.
 */
#ifndef SKUA_NET_TRANSPORT_DEFLATE_H
#define SKUA_NET_TRANSPORT_DEFLATE_H

#include "base/buf.h"
#include "base/err.h"
#include "base/view.h"

/* zlib's working memory for both directions, kept between instructions. */
struct deflate;

/* How far back what is packed may repeat itself, as a power of two in bytes. */
enum deflate_window {
    DEFLATE_KEYS = 12,    /* what is typed and pasted: some 30 KiB of memory */
    DEFLATE_SCREENS = 15, /* stock's: some 200 KiB */
};

struct deflate *deflate_new(enum deflate_window window);
void deflate_free(struct deflate *d);

/* Append the compressed form of in. SKUA_ERR_TOO_LARGE past out's maximum; out is then as it was. */
enum skua_err deflate_pack(struct deflate *d, struct view in, struct buf *out);

/*
 * Append what in was before it was compressed. The memory taken grows with the output and stops at
 * out's maximum. Bytes after the stream's end are ignored.
 *
 * Returns  SKUA_OK; SKUA_ERR_TOO_LARGE past out's maximum; SKUA_ERR_TRUNCATED if the stream does not
 *          end; SKUA_ERR_MALFORMED if it is none, is raw or gzip, fails its checksum, or wants a preset
 *          dictionary. out is as it was on any error.
 * Source   docs/PROTOCOL.md, "Compression".
 */
enum skua_err deflate_unpack(struct deflate *d, struct view in, struct buf *out);

#endif
