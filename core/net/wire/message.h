/*
 * What the codecs of this room share: any protobuf message to bytes, and bytes that may be anything to
 * a message.
 */
#ifndef SKUA_NET_WIRE_MESSAGE_H
#define SKUA_NET_WIRE_MESSAGE_H

#include <protobuf-c/protobuf-c.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/view.h"
#include "net/wire/arena.h"

/* Append the bytes of m. SKUA_ERR_TOO_LARGE, and nothing appended, past out's maximum. */
enum skua_err message_encode(const ProtobufCMessage *m, struct buf *out);

/*
 * Parse. *out lives in the arena, the bytes that it holds too.
 *
 * Returns  SKUA_OK; SKUA_ERR_TOO_LARGE if the arena does not suffice; SKUA_ERR_MALFORMED for bytes that
 *          are no message of this kind: a truncated field, a length past the end, a varint of more than
 *          10 bytes, a group, field number 0, a known field of another type. Unknown fields are skipped.
 * Source   Protocol Buffers, "Encoding"; docs/PROTOCOL.md, "Messages".
 */
enum skua_err message_parse(const ProtobufCMessageDescriptor *kind, struct view in,
                            struct arena *arena, ProtobufCMessage **out);

#endif
