/*
 * The outer message: "apply this diff to state old_num and call the result new_num".
 */
#ifndef SKUA_NET_WIRE_INSTRUCTION_H
#define SKUA_NET_WIRE_INSTRUCTION_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/view.h"

#define INSTRUCTION_PROTOCOL_VERSION 2

/* new_num of the state that ends a session; ack_num of the peer that has seen it. */
#define INSTRUCTION_SHUTDOWN UINT64_MAX

/* An instruction, and what it inflates to, is never larger. docs/PROTOCOL.md, "Fragments". */
#define INSTRUCTION_MAX_BYTES (4 * 1024 * 1024)

/* What memory one message may ask for while it is parsed; past it the message is refused. */
#define WIRE_ARENA_MAX_BYTES (16 * 1024 * 1024)

/*
 * Who we are, in every instruction, both ways, constant for an attachment (extension 20000). A peer
 * that sends none is stock.
 */
struct hello {
    uint32_t version;  /* 0: no hello */
    uint64_t features; /* session/features.h */
};

struct instruction {
    uint32_t protocol_version;
    uint64_t old_num, new_num;
    uint64_t ack_num;
    uint64_t throwaway_num;
    struct view diff;
    struct view chaff;
    struct hello hello;
};

/*
 * Append the protobuf form: fields 1 to 7 always, in order, as stock writes them; the hello only if its
 * version is not 0. Returns SKUA_ERR_TOO_LARGE if out's maximum is passed.
 */
enum skua_err instruction_encode(const struct instruction *in, struct buf *out);

/*
 * Parse. Absent fields are 0 or empty, unknown ones are skipped, the last repetition of a scalar wins.
 *
 * storage  Cleared, then holds the copies that out->diff and out->chaff look at: out lives as long as
 *          storage is unchanged.
 * Returns  SKUA_OK, SKUA_ERR_MALFORMED, or SKUA_ERR_TOO_LARGE past WIRE_ARENA_MAX_BYTES. The version is
 *          not judged here.
 * Source   docs/PROTOCOL.md, "Instruction".
 */
enum skua_err instruction_parse(struct view in, struct buf *storage, struct instruction *out);

#endif
