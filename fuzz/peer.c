#include "peer.h"

#include <assert.h>
#include <stdlib.h>

#include "base/mem.h"
#include "net/crypto/aes_ocb.h"
#include "net/crypto/crypto_start.h"
#include "net/transport/deflate.h"
#include "net/transport/fragment.h"
#include "net/wire/instruction.h"
#include "tape.h"

#define PAYLOAD_MAX_BYTES (PACKET_MAX_BYTES - PACKET_OVERHEAD_BYTES)

struct peer {
    enum packet_direction direction;
    struct aes_ocb *ocb;
    struct deflate *deflate;
    uint64_t sequence, fragment_id, state_num;
};

static const struct key key = { .bytes = { 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15 } };

const struct key *
peer_key(void)
{
    return &key;
}

struct peer *
peer_new(enum packet_direction direction)
{
    struct peer *p = mem_new(1, sizeof *p);
    assert(crypto_start() == SKUA_OK);
    p->direction = direction;
    p->ocb = aes_ocb_new(&key);
    p->deflate = deflate_new(DEFLATE_SCREENS);
    return p;
}

void
peer_free(struct peer *p)
{
    aes_ocb_free(p->ocb);
    deflate_free(p->deflate);
    free(p);
}

/* A state's number: the newest, one before it, or anything; the largest means the end. */
static uint64_t
any_num(const struct peer *p, struct reader *tape)
{
    unsigned choice = tape_u8(tape);
    if (choice < 128)
        return p->state_num;
    if (choice < 248)
        return p->state_num - choice % 8;
    return choice == 255 ? INSTRUCTION_SHUTDOWN : tape_u64(tape);
}

static void
put_instruction(struct peer *p, struct reader *tape, struct view diff, struct buf *out)
{
    struct instruction in = { .protocol_version = INSTRUCTION_PROTOCOL_VERSION, .diff = diff };
    unsigned oddity = tape_u8(tape);
    in.old_num = in.throwaway_num = any_num(p, tape);
    in.new_num = ++p->state_num;
    in.ack_num = (oddity & 1) != 0 ? tape_u8(tape) : 0;
    if ((oddity & 2) != 0)
        in.hello = (struct hello){ .version = 1, .features = tape_u8(tape) };
    if ((oddity & 0x1c) == 0x0c)
        in.throwaway_num = any_num(p, tape);
    if ((oddity & 0x1c) == 0x10)
        in.new_num = any_num(p, tape);
    if ((oddity & 0xe0) == 0xe0)
        in.protocol_version = tape_u8(tape);
    assert(instruction_encode(&in, out) == SKUA_OK);
}

static void
put_payload(struct peer *p, struct reader *tape, struct view diff, struct buf *out)
{
    struct buf plain, packed;
    unsigned oddity = tape_u8(tape);
    if (oddity >= 250) {
        buf_put(out, tape_chunk(tape));
        return;
    }
    buf_init(&plain, INSTRUCTION_MAX_BYTES);
    buf_init(&packed, INSTRUCTION_MAX_BYTES);
    if (oddity >= 240)
        buf_put(&plain, tape_chunk(tape));
    else
        put_instruction(p, tape, diff, &plain);
    assert(deflate_pack(p->deflate, buf_view(&plain), &packed) == SKUA_OK);
    struct fragment f = {
        .id = p->fragment_id++,
        .final = oddity < 230,
        .body = view_first(buf_view(&packed), PAYLOAD_MAX_BYTES - FRAGMENT_HEADER_BYTES),
    };
    assert(fragment_encode(&f, out) == SKUA_OK);
    buf_fini(&packed);
    buf_fini(&plain);
}

void
peer_next(struct peer *p, struct reader *tape, struct view diff, struct buf *out)
{
    struct buf payload;
    buf_init(&payload, PAYLOAD_MAX_BYTES);
    put_payload(p, tape, diff, &payload);
    const struct packet packet = { .direction = p->direction,
                                   .sequence = p->sequence++,
                                   .timestamp = (uint16_t)p->sequence,
                                   .timestamp_reply = 0xFFFF,
                                   .payload = buf_view(&payload) };
    buf_clear(out);
    assert(packet_seal(p->ocb, &packet, out) == SKUA_OK);
    buf_fini(&payload);
}
