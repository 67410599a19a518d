/* Nonce, then number and zeroes under one key, then the tag: the outer form of a packet. */
#include "bootstrap/path_probe.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/reader.h"
#include "net/crypto/aes_ocb.h"

#define SEQUENCE_BYTES 8
#define FROM_SERVER    (UINT64_C(1) << 63)

struct path_probe {
    struct aes_ocb *ocb;
    bool is_server;
    uint64_t sequence; /* of the next that is sealed */
    uint64_t received;
    bool seen[PATH_PROBE_NUMBERS];
};

struct path_probe *
path_probe_new(const struct key *key, bool is_server)
{
    struct aes_ocb *ocb = aes_ocb_new(key);

    if (ocb == NULL)
        return NULL;
    struct path_probe *p = mem_new(1, sizeof *p);
    p->ocb = ocb;
    p->is_server = is_server;
    return p;
}

void
path_probe_free(struct path_probe *p)
{
    if (p == NULL)
        return;
    aes_ocb_free(p->ocb);
    free(p);
}

static struct aes_ocb_nonce
nonce_of(const uint8_t sequence[SEQUENCE_BYTES])
{
    struct aes_ocb_nonce nonce = { { 0 } };

    memcpy(nonce.bytes + sizeof nonce.bytes - SEQUENCE_BYTES, sequence, SEQUENCE_BYTES);
    return nonce;
}

enum skua_err
path_probe_seal(struct path_probe *p, uint64_t number, size_t bytes, struct buf *out)
{
    struct buf whole;
    struct aes_ocb_tag tag;

    buf_init(&whole, PATH_PROBE_MAX_BYTES);
    buf_put_u64(&whole, p->sequence++ | (p->is_server ? FROM_SERVER : 0));
    buf_put_u64(&whole, number);
    uint8_t *rest = buf_reserve(&whole, bytes - whole.len);
    enum skua_err err = rest == NULL ? SKUA_ERR_TOO_LARGE : SKUA_OK;
    if (err == SKUA_OK) {
        memset(rest, 0, bytes - whole.len);
        struct aes_ocb_nonce nonce = nonce_of(whole.data);
        err = aes_ocb_seal(p->ocb, &nonce, (struct view){ 0 }, whole.data + SEQUENCE_BYTES,
                           bytes - SEQUENCE_BYTES - sizeof tag.bytes, &tag);
    }
    if (err == SKUA_OK) {
        memcpy(whole.data + bytes - sizeof tag.bytes, tag.bytes, sizeof tag.bytes);
        if (!buf_put(out, view_of(whole.data, bytes)))
            err = SKUA_ERR_TOO_LARGE;
    }
    buf_fini(&whole);
    return err;
}

enum skua_err
path_probe_open(struct path_probe *p, struct view datagram, uint64_t *number)
{
    uint8_t bytes[PATH_PROBE_MAX_BYTES];
    struct aes_ocb_tag tag;

    if (datagram.len < PATH_PROBE_MIN_BYTES)
        return SKUA_ERR_TRUNCATED;
    if (datagram.len > PATH_PROBE_MAX_BYTES)
        return SKUA_ERR_TOO_LARGE;
    struct reader r = reader_of(datagram);
    if (((reader_u64(&r) & FROM_SERVER) != 0) == p->is_server)
        return SKUA_ERR_DIRECTION;
    size_t len = datagram.len - SEQUENCE_BYTES - sizeof tag.bytes;
    memcpy(bytes, datagram.data + SEQUENCE_BYTES, len);
    memcpy(tag.bytes, datagram.data + SEQUENCE_BYTES + len, sizeof tag.bytes);
    struct aes_ocb_nonce nonce = nonce_of(datagram.data);
    enum skua_err err = aes_ocb_open(p->ocb, &nonce, (struct view){ 0 }, bytes, len, &tag);
    if (err != SKUA_OK)
        return err;
    r = reader_of(view_of(bytes, len));
    uint64_t found = reader_u64(&r);
    if (found >= PATH_PROBE_NUMBERS)
        return SKUA_ERR_MALFORMED;
    if (p->seen[found])
        return SKUA_ERR_DUPLICATE;
    p->seen[found] = true;
    p->received++;
    *number = found;
    return SKUA_OK;
}

uint64_t
path_probe_received(const struct path_probe *p)
{
    return p->received;
}
