/*
 * A cursor over a view, with failure that sticks: read all fields, then ask once.
 */
#ifndef SKUA_BASE_READER_H
#define SKUA_BASE_READER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/view.h"

struct reader {
    struct view rest; /* what was not read yet */
    bool failed;      /* something was asked for that was not there; stays true */
};

/* A reader at the start of v. Borrows v's bytes. */
static inline struct reader
reader_of(struct view v)
{
    return (struct reader){ .rest = v };
}

/* Big-endian integers. 0 after a failure. */
uint8_t reader_u8(struct reader *r);
uint16_t reader_u16(struct reader *r);
uint64_t reader_u64(struct reader *r);

/* The next len bytes, borrowed; empty and failed if there are fewer. */
struct view reader_bytes(struct reader *r, size_t len);

/* Everything that is left; the reader is at its end afterwards. */
struct view reader_rest(struct reader *r);

#endif
