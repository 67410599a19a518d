/*
 * protobuf-c checks lengths and types; what it lets through and our peers must not send, field
 * number 0, is looked for here.
 */
#include "net/wire/message.h"

#include <stdbool.h>

enum skua_err
message_encode(const ProtobufCMessage *m, struct buf *out)
{
    size_t len = protobuf_c_message_get_packed_size(m);
    if (len == 0)
        return SKUA_OK;
    uint8_t *at = buf_reserve(out, len);
    if (at == NULL)
        return SKUA_ERR_TOO_LARGE;
    protobuf_c_message_pack(m, at);
    buf_commit(out, len);
    return SKUA_OK;
}

/* What a field of message type at `member` holds: *count messages. */
static ProtobufCMessage *const *
submessages(const ProtobufCMessage *m, const ProtobufCFieldDescriptor *field, size_t *count)
{
    const char *base = (const char *)m;
    const void *member = base + field->offset;
    if (field->label == PROTOBUF_C_LABEL_REPEATED) {
        *count = *(const size_t *)(const void *)(base + field->quantifier_offset);
        return *(ProtobufCMessage *const *const *)member;
    }
    *count = *(ProtobufCMessage *const *)member != NULL ? 1 : 0;
    return member;
}

/* As deep as our own descriptors are, whatever the bytes. */
static bool
is_sound(const ProtobufCMessage *m)
{
    for (unsigned i = 0; i < m->n_unknown_fields; i++) {
        if (m->unknown_fields[i].tag == 0)
            return false;
    }
    for (unsigned i = 0; i < m->descriptor->n_fields; i++) {
        const ProtobufCFieldDescriptor *field = &m->descriptor->fields[i];
        if (field->type != PROTOBUF_C_TYPE_MESSAGE)
            continue;
        size_t count;
        ProtobufCMessage *const *sub = submessages(m, field, &count);
        for (size_t k = 0; k < count; k++) {
            if (!is_sound(sub[k]))
                return false;
        }
    }
    return true;
}

enum skua_err
message_parse(const ProtobufCMessageDescriptor *kind, struct view in, struct arena *arena,
              ProtobufCMessage **out)
{
    ProtobufCAllocator allocator = arena_allocator(arena);
    ProtobufCMessage *m = protobuf_c_message_unpack(kind, &allocator, in.len, in.data);
    if (m == NULL)
        return arena_is_spent(arena) ? SKUA_ERR_TOO_LARGE : SKUA_ERR_MALFORMED;
    if (!is_sound(m))
        return SKUA_ERR_MALFORMED;
    *out = m;
    return SKUA_OK;
}
