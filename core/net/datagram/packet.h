/*
 * One packet: sequence number, direction, two timestamps and a payload, sealed into the bytes of
 * one datagram and opened again.
 *
 *     datagram  = N (8 bytes, big-endian) | AES-128-OCB(nonce = 00000000 N, no AD, plaintext) | tag
 *     N         = bit 63: direction; bits 62..0: sequence
 *     plaintext = timestamp (2) | timestamp reply (2) | payload
 */
#ifndef SKUA_NET_DATAGRAM_PACKET_H
#define SKUA_NET_DATAGRAM_PACKET_H

#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/view.h"

struct aes_ocb;

#define PACKET_SEQUENCE_BYTES  8
#define PACKET_TIMESTAMP_BYTES 4 /* both */
#define PACKET_TAG_BYTES       16
#define PACKET_OVERHEAD_BYTES  (PACKET_SEQUENCE_BYTES + PACKET_TIMESTAMP_BYTES + PACKET_TAG_BYTES)
#define PACKET_MIN_BYTES       (PACKET_SEQUENCE_BYTES + PACKET_TAG_BYTES) /* of a datagram */
#define PACKET_MAX_BYTES       2048 /* of a datagram: stock's receive buffer */
#define PACKET_SEQUENCE_MAX    ((UINT64_C(1) << 63) - 1)

enum packet_direction { PACKET_TO_SERVER, PACKET_TO_CLIENT };

struct packet {
    enum packet_direction direction;
    uint64_t sequence;        /* at most PACKET_SEQUENCE_MAX */
    uint16_t timestamp;       /* TIMESTAMP_NONE: none */
    uint16_t timestamp_reply; /* TIMESTAMP_NONE: none */
    struct view payload;
};

/*
 * Seal a packet and append its datagram to out.
 *
 * ocb      The key. No (direction, sequence) may be sealed twice under it: the caller's counter.
 * Returns  SKUA_OK; SKUA_ERR_TOO_LARGE if the datagram would pass PACKET_MAX_BYTES or out's
 *          maximum;
 *          SKUA_ERR_EXHAUSTED if the key sealed its share of blocks or the sequence is too large;
 *          SKUA_ERR_SYSTEM if the library refused. out is as before on any error.
 * Source   docs/PROTOCOL.md, "Packets".
 */
enum skua_err packet_seal(struct aes_ocb *ocb, const struct packet *packet, struct buf *out);

/*
 * Read direction and sequence of a datagram that nobody vouches for yet; nothing else in *out
 * changes.
 *
 * Returns  SKUA_OK, or SKUA_ERR_TRUNCATED below PACKET_MIN_BYTES.
 */
enum skua_err packet_peek(struct view datagram, struct packet *out);

/*
 * Open a datagram. scratch is overwritten; after success it holds the plaintext and out->payload
 * borrows from it.
 *
 * Returns  SKUA_OK; SKUA_ERR_TRUNCATED if datagram or plaintext is too short; SKUA_ERR_TOO_LARGE
 *          past
 *          PACKET_MAX_BYTES or scratch's maximum; SKUA_ERR_FORGED if the tag does not fit.
 *          *out is written only on success, and no plaintext is left in scratch on failure.
 * Source   docs/PROTOCOL.md, "Packets".
 */
enum skua_err
packet_open(struct aes_ocb *ocb, struct view datagram, struct buf *scratch, struct packet *out);

#endif
