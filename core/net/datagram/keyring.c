/* docs/SECURITY.md: one counter a key and direction, used up before the cipher runs. */
#include "net/datagram/keyring.h"

bool
keyring_init(struct keyring *k, const struct key *key)
{
    *k = (struct keyring){ .count = 1 };
    k->key[0].ocb = aes_ocb_new(key);
    replay_init(&k->key[0].replay);
    return k->key[0].ocb != NULL;
}

void
keyring_fini(struct keyring *k)
{
    for (size_t i = 0; i < k->count; i++)
        aes_ocb_free(k->key[i].ocb);
    *k = (struct keyring){ 0 };
}

enum skua_err
keyring_open(struct keyring *k, struct view datagram, uint64_t sequence, struct buf *scratch,
             struct packet *packet, bool *newest)
{
    enum skua_err err = SKUA_ERR_REPLAYED;
    for (size_t i = k->count; i-- > 0;) {
        struct keyring_key *key = &k->key[i];
        if (!replay_is_fresh(&key->replay, sequence))
            continue;
        err = packet_open(key->ocb, datagram, scratch, packet);
        if (err == SKUA_OK) {
            *newest = replay_note(&key->replay, packet->sequence) && i == k->count - 1;
            return SKUA_OK;
        }
    }
    return err;
}

enum skua_err
keyring_seal(struct keyring *k, struct packet *packet, struct buf *out)
{
    struct keyring_key *key = &k->key[k->count - 1];
    if (key->next_sequence >= PACKET_SEQUENCE_MAX)
        return SKUA_ERR_EXHAUSTED;
    packet->sequence = key->next_sequence++;
    return packet_seal(key->ocb, packet, out);
}

void
keyring_skip(struct keyring *k, uint64_t count)
{
    struct keyring_key *key = &k->key[k->count - 1];
    uint64_t left = PACKET_SEQUENCE_MAX - key->next_sequence;
    key->next_sequence += count < left ? count : left;
}
