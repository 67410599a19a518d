/*
 * Datagrams into a server's link by someone who has the key: any bytes, any plaintext under any
 * sequence, a flipped bit, a replay.
 */
#include "net/datagram/link.h"
#include "net/datagram/packet.h"
#include "net/crypto/aes_ocb.h"
#include "net/crypto/crypto_start.h"
#include "tape.h"
#include "target.h"

static const struct key key = { .bytes = { 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15 } };

/* Seal a plaintext as it is, even one that is too short for a packet. */
static void
seal_any(struct aes_ocb *ocb, uint64_t number, struct view plaintext, struct buf *out)
{
    struct aes_ocb_nonce nonce = { 0 };
    struct aes_ocb_tag tag;
    buf_clear(out);
    buf_put_u64(out, number);
    memcpy(&nonce.bytes[4], out->data, PACKET_SEQUENCE_BYTES);
    buf_put(out, plaintext);
    assert(aes_ocb_seal(ocb, &nonce, (struct view){ 0 }, &out->data[PACKET_SEQUENCE_BYTES],
                        plaintext.len, &tag) == SKUA_OK);
    buf_put(out, view_of(tag.bytes, sizeof tag.bytes));
}

/* What the link would not let through is no danger to the packet's own reader either. */
static void
check_open(struct aes_ocb *ocb, struct view datagram)
{
    struct packet peeked = { 0 }, opened;
    struct buf scratch;
    buf_init(&scratch, PACKET_MAX_BYTES);
    enum skua_err err = packet_peek(datagram, &peeked);
    if (packet_open(ocb, datagram, &scratch, &opened) == SKUA_OK)
        assert(err == SKUA_OK && opened.sequence == peeked.sequence);
    buf_fini(&scratch);
}

/* The number of the next datagram: near the last one, or anywhere. */
static uint64_t
next_number(struct reader *tape, uint64_t last)
{
    switch (tape_pick(tape, 4)) {
    case 0: return last + 1;
    case 1: return last - tape_u8(tape);
    case 2: return last + (tape_u64(tape) >> 24);
    default: return tape_u64(tape);
    }
}

static void
receive_one(struct link *link, struct aes_ocb *ocb, struct reader *tape, uint64_t *number,
            struct buf *datagram, uint64_t now_ms)
{
    struct arrival how = { .from = { .len = 1, .bytes = { tape_u8(tape) } } };
    struct link_payload payload = { 0 };
    struct buf scratch;
    bool is_flipped = false, is_sealed = false;
    struct view plaintext = { 0 };

    switch (tape_pick(tape, 4)) {
    case 0:
        buf_clear(datagram);
        buf_put(datagram, tape_chunk(tape));
        break;
    case 1: break; /* the one before, again */
    default:
        is_flipped = tape_pick(tape, 8) == 0;
        is_sealed = !is_flipped;
        *number = next_number(tape, *number);
        plaintext = tape_chunk(tape);
        seal_any(ocb, *number, plaintext, datagram);
    }
    if (is_flipped)
        datagram->data[tape_u8(tape) % datagram->len] ^= 1;
    check_open(ocb, buf_view(datagram));
    buf_init(&scratch, LINK_DATAGRAM_MAX_BYTES);
    enum skua_err err = link_receive(link, buf_view(datagram), &how, &scratch, &payload, now_ms);
    if (is_flipped)
        assert(err != SKUA_OK);
    if (is_sealed)
        assert(err != SKUA_ERR_FORGED);
    if (is_sealed && err == SKUA_OK)
        assert(view_equal(payload.bytes, view_from(plaintext, PACKET_TIMESTAMP_BYTES)));
    if (err == SKUA_OK) /* never twice */
        assert(link_receive(link, buf_view(datagram), &how, &scratch, &payload, now_ms) ==
               SKUA_ERR_REPLAYED);
    buf_fini(&scratch);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    assert(crypto_start() == SKUA_OK);
    struct reader tape = reader_of(view_of(data, size));
    struct aes_ocb *ocb = aes_ocb_new(&key);
    struct link *link = link_new_server(&key, 0, PATH_FAMILY_V6, 0);
    struct buf datagram;
    struct departure how;
    uint64_t number = 0, now_ms = 1000;
    check_open(ocb, tape.rest);

    buf_init(&datagram, PACKET_MAX_BYTES);
    while (!tape_is_over(&tape)) {
        now_ms += (uint64_t)tape_u8(&tape) * 64;
        receive_one(link, ocb, &tape, &number, &datagram, now_ms);
        if (tape_pick(&tape, 2) == 0)
            (void)link_send(link, view_of_text("answer of a server"), &datagram, &how, now_ms);
        (void)link_timing(link, now_ms);
    }
    buf_fini(&datagram);
    link_free(link);
    aes_ocb_free(ocb);
    return 0;
}
