/* The nonce's four leading zero bytes never travel, so N is all that tells packets apart. */
#include "net/datagram/packet.h"

#include "base/mem.h"
#include "base/reader.h"
#include "net/crypto/aes_ocb.h"

#define DIRECTION_BIT (UINT64_C(1) << 63)

_Static_assert(PACKET_TAG_BYTES == AES_OCB_TAG_BYTES, "tags are never cut");
_Static_assert(PACKET_SEQUENCE_BYTES < AES_OCB_NONCE_BYTES, "N is the end of the nonce");

static const struct view no_ad = { 0 };

static struct aes_ocb_nonce
nonce_of(uint64_t n)
{
    struct aes_ocb_nonce nonce = { { 0 } };
    for (size_t i = AES_OCB_NONCE_BYTES; i > AES_OCB_NONCE_BYTES - PACKET_SEQUENCE_BYTES; i--) {
        nonce.bytes[i - 1] = (uint8_t)n;
        n >>= 8;
    }
    return nonce;
}

enum skua_err
packet_seal(struct aes_ocb *ocb, const struct packet *packet, struct buf *out)
{
    if (packet->sequence > PACKET_SEQUENCE_MAX)
        return SKUA_ERR_EXHAUSTED;
    if (packet->payload.len > PACKET_MAX_BYTES - PACKET_OVERHEAD_BYTES ||
        packet->payload.len + PACKET_OVERHEAD_BYTES > out->max - out->len)
        return SKUA_ERR_TOO_LARGE;

    size_t start = out->len;
    uint64_t n = packet->sequence | (packet->direction == PACKET_TO_CLIENT ? DIRECTION_BIT : 0);
    buf_put_u64(out, n);
    buf_put_u16(out, packet->timestamp);
    buf_put_u16(out, packet->timestamp_reply);
    buf_put(out, packet->payload);

    const struct aes_ocb_nonce nonce = nonce_of(n);
    struct aes_ocb_tag tag;
    uint8_t *plain = out->data + start + PACKET_SEQUENCE_BYTES;
    size_t plain_len = PACKET_TIMESTAMP_BYTES + packet->payload.len;
    enum skua_err err = aes_ocb_seal(ocb, &nonce, no_ad, plain, plain_len, &tag);
    if (err != SKUA_OK) {
        mem_wipe(plain, plain_len);
        out->len = start;
        return err;
    }
    buf_put(out, view_of(tag.bytes, sizeof tag.bytes));
    return SKUA_OK;
}

static void
set_number(struct packet *packet, uint64_t n)
{
    packet->direction = (n & DIRECTION_BIT) != 0 ? PACKET_TO_CLIENT : PACKET_TO_SERVER;
    packet->sequence = n & PACKET_SEQUENCE_MAX;
}

enum skua_err
packet_peek(struct view datagram, struct packet *out)
{
    if (datagram.len < PACKET_MIN_BYTES)
        return SKUA_ERR_TRUNCATED;
    struct reader r = reader_of(datagram);
    set_number(out, reader_u64(&r));
    return SKUA_OK;
}

/* Decrypt the datagram's body into scratch. *n is its number. */
static enum skua_err
open_body(struct aes_ocb *ocb, struct view datagram, struct buf *scratch, uint64_t *n)
{
    struct reader r = reader_of(datagram);
    *n = reader_u64(&r);
    struct view body = reader_bytes(&r, datagram.len - PACKET_MIN_BYTES);
    struct view sent_tag = reader_rest(&r);
    struct aes_ocb_tag tag;
    memcpy(tag.bytes, sent_tag.data, sizeof tag.bytes);

    const struct aes_ocb_nonce nonce = nonce_of(*n);
    buf_put(scratch, body);
    enum skua_err err = aes_ocb_open(ocb, &nonce, no_ad, scratch->data, scratch->len, &tag);
    if (err != SKUA_OK)
        buf_clear(scratch); /* wiped already */
    return err;
}

enum skua_err
packet_open(struct aes_ocb *ocb, struct view datagram, struct buf *scratch, struct packet *out)
{
    buf_clear(scratch);
    if (datagram.len < PACKET_MIN_BYTES)
        return SKUA_ERR_TRUNCATED;
    if (datagram.len > PACKET_MAX_BYTES || datagram.len - PACKET_MIN_BYTES > scratch->max)
        return SKUA_ERR_TOO_LARGE;

    uint64_t n;
    enum skua_err err = open_body(ocb, datagram, scratch, &n);
    if (err != SKUA_OK)
        return err;

    struct reader r = reader_of(buf_view(scratch));
    struct packet packet = { .timestamp = reader_u16(&r), .timestamp_reply = reader_u16(&r) };
    packet.payload = reader_rest(&r);
    if (r.failed) {
        buf_clear(scratch);
        return SKUA_ERR_TRUNCATED;
    }
    set_number(&packet, n);
    *out = packet;
    return SKUA_OK;
}
