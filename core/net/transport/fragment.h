/*
 * One piece of a compressed instruction, as it travels in one datagram.
 *
 *     id (8 bytes) | bit 15: final; bits 14..0: index (2 bytes) | body          big-endian
 */
#ifndef SKUA_NET_TRANSPORT_FRAGMENT_H
#define SKUA_NET_TRANSPORT_FRAGMENT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/view.h"

#define FRAGMENT_HEADER_BYTES 10
#define FRAGMENT_FINAL        0x8000u
#define FRAGMENT_ID_RESERVED  (UINT64_C(1) << 63) /* a frame of an extension */

/* Of one instruction. Stock's floor of 462 bytes a piece makes some 9100 of the largest. */
#define FRAGMENT_COUNT_MAX 16384

struct fragment {
    uint64_t id;
    uint16_t index; /* from 0 */
    bool final;
    struct view body;
};

/*
 * Parse one fragment from a datagram payload.
 *
 * out      Written only on success. out->body borrows from in and lives as long as it.
 * Returns  SKUA_OK; SKUA_ERR_TRUNCATED if in is shorter than FRAGMENT_HEADER_BYTES; SKUA_ERR_RESERVED if
 *          the id has bit 63; SKUA_ERR_TOO_LARGE if the index is FRAGMENT_COUNT_MAX or more.
 * Source   docs/PROTOCOL.md, "Fragments".
 */
enum skua_err fragment_parse(struct view in, struct fragment *out);

/* Append the bytes of f. Returns SKUA_ERR_TOO_LARGE past out's maximum; out is then as it was. */
enum skua_err fragment_encode(const struct fragment *f, struct buf *out);

/* How many fragments len bytes make when each holds at most piece_bytes (not 0). At least 1. */
size_t fragment_count(size_t len, size_t piece_bytes);

/*
 * Fragment `index` of `whole` cut into pieces of piece_bytes, all full but the last.
 * index < fragment_count(whole.len, piece_bytes) <= FRAGMENT_COUNT_MAX. The body borrows from whole.
 */
struct fragment fragment_of(uint64_t id, struct view whole, size_t piece_bytes, size_t index);

#endif
