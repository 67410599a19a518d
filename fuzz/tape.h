/*
 * An input read as a list of choices. A tape that has run out gives zeros and empty views, so that
 * every input, however short, means something.
 */
#ifndef SKUA_FUZZ_TAPE_H
#define SKUA_FUZZ_TAPE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/reader.h"

static inline bool
tape_is_over(const struct reader *tape)
{
    return tape->rest.len == 0;
}

/* The next integers, big-endian; 0, and the tape is over, if there is less of it than that. */
static inline uint64_t
tape_integer(struct reader *tape, size_t bytes)
{
    uint64_t value = 0;
    if (tape->rest.len < bytes)
        reader_rest(tape);
    for (size_t i = 0; i < bytes && tape->rest.len > 0; i++)
        value = value << 8 | reader_u8(tape);
    return value;
}

static inline uint8_t
tape_u8(struct reader *tape)
{
    return (uint8_t)tape_integer(tape, 1);
}

static inline uint16_t
tape_u16(struct reader *tape)
{
    return (uint16_t)tape_integer(tape, 2);
}

static inline uint64_t
tape_u64(struct reader *tape)
{
    return tape_integer(tape, 8);
}

/* A number of 0..limit-1; limit is 1..256. */
static inline unsigned
tape_pick(struct reader *tape, unsigned limit)
{
    return tape_u8(tape) % limit;
}

/* Up to len bytes: fewer at the end of the tape. */
static inline struct view
tape_take(struct reader *tape, size_t len)
{
    return reader_bytes(tape, len < tape->rest.len ? len : tape->rest.len);
}

/* A chunk whose length is in the byte before it: 0..255 bytes. */
static inline struct view
tape_chunk(struct reader *tape)
{
    return tape_take(tape, tape_u8(tape));
}

#endif
