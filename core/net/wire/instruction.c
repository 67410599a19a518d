/* Stock writes all seven fields, zeroes and empty ones included: so do we, byte for byte. */
#include "net/wire/instruction.h"

#include "net/wire/arena.h"
#include "net/wire/instruction.pb-c.h"
#include "net/wire/message.h"

/* protobuf-c has no const in its byte fields; it does not write through them. */
static ProtobufCBinaryData
binary_of(struct view v)
{
    union {
        const uint8_t *in;
        uint8_t *out;
    } data = { .in = v.data };
    return (ProtobufCBinaryData){ .len = v.len, .data = data.out };
}

enum skua_err
instruction_encode(const struct instruction *in, struct buf *out)
{
    Wire__Instruction m = WIRE__INSTRUCTION__INIT;
    Wire__Hello hello = WIRE__HELLO__INIT;

    m.has_protocol_version = m.has_old_num = m.has_new_num = m.has_ack_num = 1;
    m.has_throwaway_num = m.has_diff = m.has_chaff = 1;
    m.protocol_version = in->protocol_version;
    m.old_num = in->old_num;
    m.new_num = in->new_num;
    m.ack_num = in->ack_num;
    m.throwaway_num = in->throwaway_num;
    m.diff = binary_of(in->diff);
    m.chaff = binary_of(in->chaff);
    if (in->hello.version != 0) {
        hello.has_version = hello.has_features = 1;
        hello.version = in->hello.version;
        hello.features = in->hello.features;
        m.hello = &hello;
    }
    return message_encode(&m.base, out);
}

/* The copies go to storage before anything looks at them: storage moves while it grows. */
static enum skua_err
copy_out(const Wire__Instruction *m, struct buf *storage, struct instruction *out)
{
    buf_clear(storage);
    buf_put(storage, view_of(m->diff.data, m->diff.len));
    buf_put(storage, view_of(m->chaff.data, m->chaff.len));
    if (storage->overflow)
        return SKUA_ERR_TOO_LARGE;

    struct view all = buf_view(storage);
    *out = (struct instruction){
        .protocol_version = m->protocol_version,
        .old_num = m->old_num,
        .new_num = m->new_num,
        .ack_num = m->ack_num,
        .throwaway_num = m->throwaway_num,
        .diff = view_first(all, m->diff.len),
        .chaff = view_from(all, m->diff.len),
    };
    if (m->hello != NULL) {
        out->hello.version = m->hello->version;
        out->hello.features = m->hello->features;
    }
    return SKUA_OK;
}

enum skua_err
instruction_parse(struct view in, struct buf *storage, struct instruction *out)
{
    if (in.len > INSTRUCTION_MAX_BYTES)
        return SKUA_ERR_TOO_LARGE;

    struct arena *arena = arena_new(WIRE_ARENA_MAX_BYTES);
    ProtobufCMessage *m = NULL;
    enum skua_err err = message_parse(&wire__instruction__descriptor, in, arena, &m);
    if (err == SKUA_OK)
        err = copy_out((const Wire__Instruction *)m, storage, out);
    arena_free(arena);
    return err;
}
