/*
 * The order of the tests on a datagram is the order of their cost: length, direction, replay
 * window, and only then the cipher. Nothing of the link changes before the tag has been found
 * right.
 */
#include "net/datagram/link.h"

#include <assert.h>
#include <stdlib.h>

#include "base/mem.h"
#include "net/crypto/aes_ocb.h"
#include "net/datagram/echo.h"
#include "net/datagram/packet.h"
#include "net/datagram/peer.h"
#include "net/datagram/replay.h"
#include "net/datagram/timestamp.h"
#include "net/path/loss.h"

_Static_assert(LINK_DATAGRAM_MIN_BYTES == PACKET_OVERHEAD_BYTES + LINK_FRAGMENT_BYTES + 1,
               "the smallest datagram that means something");
_Static_assert(LINK_DATAGRAM_MAX_BYTES == PACKET_MAX_BYTES, "one limit");

/* A key, and what keeps its nonces unique in both directions. */
struct link_key {
    struct aes_ocb *ocb;
    struct replay replay;
    uint64_t next_sequence;
};

struct link {
    enum packet_direction sends;
    struct link_key key[LINK_KEYS_MAX]; /* the last one seals */
    size_t key_count;
    struct echo echo;
    struct loss loss;
    struct race race;
    uint64_t since_ms; /* nothing that we sent before this is measured */
    uint64_t roundtrip_ms;
    uint32_t tries; /* of the transport, as last told */
    bool has_heard;
    uint64_t last_heard_ms, rtt_ms; /* the latter: the newest sample */
    size_t last_sent_bytes;         /* of the datagram handed out last; 0: taken back */
    struct link_stats stats;

    /* The client's: where the server may be. */
    struct addr server[RACE_PEERS_MAX];

    /* The server's: where the client is, and whether the last packet came from there. */
    struct peer peer;
    bool came_from_peer;
};

static struct link *
new_link(const struct key *key, enum packet_direction sends, uint64_t now_ms)
{
    struct aes_ocb *ocb = aes_ocb_new(key);
    if (ocb == NULL)
        return NULL;
    struct link *link = mem_new(1, sizeof *link);
    link->sends = sends;
    link->key[0].ocb = ocb;
    replay_init(&link->key[0].replay);
    link->key_count = 1;
    link->since_ms = now_ms;
    link->roundtrip_ms = now_ms;
    return link;
}

struct link *
link_new_client(const struct key *key, const struct link_peer *peers, size_t count, uint64_t now_ms)
{
    assert(count >= 1);
    struct link *link = new_link(key, PACKET_TO_SERVER, now_ms);
    if (link == NULL)
        return NULL;
    if (count > RACE_PEERS_MAX)
        count = RACE_PEERS_MAX;
    enum path_family families[RACE_PEERS_MAX];
    for (size_t i = 0; i < count; i++) {
        link->server[i] = peers[i].addr;
        families[i] = peers[i].family;
    }
    race_init(&link->race, families, count, now_ms);
    return link;
}

struct link *
link_new_server(const struct key *key, uint32_t path, enum path_family family, uint64_t now_ms)
{
    struct link *link = new_link(key, PACKET_TO_CLIENT, now_ms);
    if (link != NULL)
        race_init_fixed(&link->race, path, family);
    return link;
}

void
link_free(struct link *link)
{
    if (link == NULL)
        return;
    for (size_t i = 0; i < link->key_count; i++)
        aes_ocb_free(link->key[i].ocb);
    free(link);
}

static bool
is_server(const struct link *link)
{
    return link->sends == PACKET_TO_CLIENT;
}

/* Open with the first key that fits. *newest: the packet is the newest under the newest key. */
static enum skua_err
open_packet(struct link *link, struct view datagram, struct buf *scratch, struct packet *packet,
            bool *newest)
{
    if (datagram.len < LINK_DATAGRAM_MIN_BYTES)
        return SKUA_ERR_TRUNCATED;
    if (datagram.len > LINK_DATAGRAM_MAX_BYTES)
        return SKUA_ERR_TOO_LARGE;
    struct packet claimed;
    enum skua_err err = packet_peek(datagram, &claimed);
    if (err != SKUA_OK)
        return err;
    if (claimed.direction == link->sends)
        return SKUA_ERR_DIRECTION;

    err = SKUA_ERR_REPLAYED;
    for (size_t i = link->key_count; i-- > 0;) {
        struct link_key *key = &link->key[i];
        if (!replay_is_fresh(&key->replay, claimed.sequence))
            continue;
        err = packet_open(key->ocb, datagram, scratch, packet);
        if (err == SKUA_OK) {
            *newest = replay_note(&key->replay, packet->sequence) && i == link->key_count - 1;
            if (i == link->key_count - 1)
                loss_note(&link->loss, packet->sequence);
            return SKUA_OK;
        }
    }
    return err;
}

/* How long our own timestamp was under way. What is longer than we are awake is a wrapped clock. */
static void
measure(struct link *link, uint32_t path_id, uint16_t echoed, uint64_t at_ms)
{
    uint64_t age_ms = timestamp_age_ms(echoed, at_ms);
    struct path *path = race_find(&link->race, path_id);
    if (path == NULL || at_ms < link->since_ms || age_ms > at_ms - link->since_ms)
        return;
    if (!rtt_sample(&path->rtt, age_ms))
        return;
    link->stats.rtt_samples++;
    link->rtt_ms = age_ms;
}

/* The newest authentic packet: the only one that tells times and places. */
static void
hear(struct link *link, const struct packet *packet, const struct arrival *how, uint64_t at_ms)
{
    link->has_heard = true;
    link->last_heard_ms = at_ms;
    race_note_heard(&link->race, how->path, at_ms);
    if (packet->timestamp != TIMESTAMP_NONE)
        echo_hold(&link->echo, packet->timestamp, how->ecn == ECN_CE, at_ms);
    if (packet->timestamp_reply != TIMESTAMP_NONE)
        measure(link, how->path, packet->timestamp_reply, at_ms);
}

static bool
follow(struct link *link, const struct arrival *how, uint64_t now_ms)
{
    bool moved = peer_follow(&link->peer, &how->from, &how->to, now_ms);
    link->stats.moves += moved;
    return moved;
}

enum skua_err
link_receive(struct link *link, struct view datagram, const struct arrival *how,
             struct buf *scratch, struct link_payload *payload, uint64_t now_ms)
{
    struct packet packet;
    bool newest;
    enum skua_err err = open_packet(link, datagram, scratch, &packet, &newest);
    if (err != SKUA_OK) {
        link->stats.dropped[err]++;
        return err;
    }

    uint64_t at_ms = how->at_ms == 0 || how->at_ms > now_ms ? now_ms : how->at_ms;
    *payload = (struct link_payload){ .bytes = packet.payload, .newest = newest };
    if (newest) {
        hear(link, &packet, how, at_ms);
        if (is_server(link))
            payload->moved = follow(link, how, now_ms);
    }
    link->came_from_peer = addr_equal(&how->from, &link->peer.addr);
    if (link->came_from_peer)
        peer_note_received(&link->peer, datagram.len);

    link->stats.packets_received++;
    link->stats.bytes_received += datagram.len;
    link->stats.packets_old += !newest;
    link->stats.packets_marked += how->ecn == ECN_CE;
    return SKUA_OK;
}

/* Where to send on this path; unset: nowhere. */
static const struct addr *
destination(const struct link *link, const struct path *path)
{
    return is_server(link) ? &link->peer.addr : &link->server[path->peer];
}

static size_t
allowance_bytes(const struct link *link)
{
    return is_server(link) ? peer_allowance_bytes(&link->peer) : SIZE_MAX;
}

/* Use up a sequence number, then seal: a number whose sealing failed is not tried again. */
static enum skua_err
seal_next(struct link *link, struct view payload, struct buf *out, uint64_t now_ms)
{
    struct link_key *key = &link->key[link->key_count - 1];
    if (key->next_sequence >= PACKET_SEQUENCE_MAX)
        return SKUA_ERR_EXHAUSTED;
    const struct packet packet = {
        .direction = link->sends,
        .sequence = key->next_sequence++,
        .timestamp = timestamp_of(now_ms),
        .timestamp_reply = echo_take(&link->echo, now_ms),
        .payload = payload,
    };
    return packet_seal(key->ocb, &packet, out);
}

/* Everything that a datagram of so many bytes, handed out now, changes. */
static void
note_sent(struct link *link, size_t bytes, uint64_t now_ms)
{
    link->last_sent_bytes = bytes;
    link->stats.packets_sent++;
    link->stats.bytes_sent += bytes;
    race_note_sent(&link->race, link->roundtrip_ms, now_ms);
    if (!is_server(link))
        return;
    peer_note_sent(&link->peer, bytes);
    if (now_ms > link->last_heard_ms && now_ms - link->last_heard_ms > LINK_DETACH_MS)
        peer_forget(&link->peer);
}

enum skua_err
link_send(struct link *link, struct view payload, struct buf *out, struct departure *how,
          uint64_t now_ms)
{
    buf_clear(out);
    const struct path *path = race_current(&link->race);
    if (path == NULL || !addr_is_set(destination(link, path)))
        return SKUA_ERR_CLOSED;
    if (payload.len > PACKET_MAX_BYTES - PACKET_OVERHEAD_BYTES)
        return SKUA_ERR_TOO_LARGE;
    if (payload.len + PACKET_OVERHEAD_BYTES > allowance_bytes(link))
        return SKUA_ERR_FULL;
    enum skua_err err = seal_next(link, payload, out, now_ms);
    if (err != SKUA_OK)
        return err;

    *how = (struct departure){
        .path = path->id, .to = *destination(link, path), .from = link->peer.local, .ecn = ECN_ECT0
    };
    note_sent(link, out->len, now_ms);
    return SKUA_OK;
}

void
link_path_event(struct link *link, uint32_t path, enum path_event what, uint64_t now_ms)
{
    race_note_event(&link->race, path, what, now_ms);
    if (what == PATH_REFUSED)
        link->stats.refused++;
    if (what != PATH_UNSENT && what != PATH_TOO_BIG)
        return;
    link->stats.packets_unsent++;
    link->stats.packets_sent -= link->last_sent_bytes > 0;
    link->stats.bytes_sent -= link->last_sent_bytes;
    peer_note_unsent(&link->peer, link->last_sent_bytes);
    link->last_sent_bytes = 0;
}

bool
link_next_order(struct link *link, struct path_order *out, uint64_t now_ms)
{
    if (!race_next_order(&link->race, out, now_ms))
        return false;
    link->stats.paths_opened += out->what == PATH_ORDER_OPEN;
    return true;
}

void
link_woke(struct link *link, struct view random, uint64_t now_ms)
{
    assert(random.len >= LINK_SKIP_RANDOM_BYTES);
    uint64_t step = 0;
    for (size_t i = 0; i < LINK_SKIP_RANDOM_BYTES; i++)
        step = step << 8 | random.data[i];
    step++;

    struct link_key *key = &link->key[link->key_count - 1];
    uint64_t left = PACKET_SEQUENCE_MAX - key->next_sequence;
    key->next_sequence += step < left ? step : left;
    link->echo.is_held = false; /* we cannot say how long */
    link->since_ms = now_ms;
}

void
link_note_roundtrip(struct link *link, uint64_t sent_ms)
{
    link->roundtrip_ms = sent_ms;
}

void
link_confirm_path(struct link *link, uint64_t first_sent_ms)
{
    if (link->came_from_peer)
        peer_prove(&link->peer, first_sent_ms);
}

void
link_confirm_rtt(struct link *link, uint64_t rtt_ms)
{
    struct path *path = race_find(&link->race, link->race.current);
    if (path == NULL || rtt_ms < RTT_SAMPLE_LIMIT_MS)
        return;
    if (rtt_sample_confirmed(&path->rtt, rtt_ms))
        link->stats.rtt_samples++;
}

bool
link_note_tries(struct link *link, uint32_t tries, uint64_t now_ms)
{
    const struct path *path = race_current(&link->race);
    bool is_one_more = tries > link->tries;
    link->tries = tries;
    if (!is_one_more || path == NULL || now_ms - link->last_heard_ms < rtt_rto_ms(&path->rtt))
        return false;
    return race_turn(&link->race, now_ms) && tries == 1;
}

void
link_note_black_hole(struct link *link, uint64_t now_ms)
{
    struct path *path = race_find(&link->race, link->race.current);
    if (path != NULL)
        mtu_shrink(&path->mtu, now_ms);
}

uint64_t
link_deadline_ms(const struct link *link)
{
    return race_deadline_ms(&link->race);
}

bool
link_has_peer(const struct link *link)
{
    const struct path *path = race_current(&link->race);
    return path != NULL && addr_is_set(destination(link, path));
}

struct link_timing
link_timing(const struct link *link, uint64_t now_ms)
{
    struct path unmeasured;
    const struct path *path = race_current(&link->race);
    if (path == NULL) {
        path_init(&unmeasured, 0, PATH_FAMILY_V6); /* the smaller budget */
        path = &unmeasured;
    }
    return (struct link_timing){
        .srtt_ms = rtt_smoothed_ms(&path->rtt),
        .rto_ms = rtt_rto_ms(&path->rtt),
        .send_interval_ms = rtt_send_interval_ms(&path->rtt),
        .has_sample = path->rtt.has_sample,
        .rtt_ms = link->rtt_ms,
        .rtt_samples = link->stats.rtt_samples,
        .piece_bytes =
            mtu_budget_bytes(&path->mtu, now_ms) - PACKET_OVERHEAD_BYTES - LINK_FRAGMENT_BYTES,
        .has_peer = link_has_peer(link),
        .allowance_bytes = allowance_bytes(link),
        .has_heard = link->has_heard,
        .last_heard_ms = link->last_heard_ms,
        .loss_permille = loss_permille(&link->loss),
        .send_failures = path->send_failures,
    };
}

struct link_stats
link_stats(const struct link *link)
{
    struct link_stats stats = link->stats;
    const struct path *path = race_current(&link->race);
    stats.loss_permille = loss_permille(&link->loss);
    if (path != NULL) {
        stats.peer = path->peer;
        stats.srtt_ms = path->rtt.srtt_ms;
        stats.rttvar_ms = path->rtt.rttvar_ms;
    }
    return stats;
}
