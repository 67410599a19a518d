/*
 * The order of the tests on a datagram is the order of their cost: length, direction, replay
 * window, and only then the cipher. Nothing of the link changes before the tag has been found
 * right.
 */
#include "net/datagram/link.h"

#include <assert.h>
#include <stdlib.h>

#include "base/mem.h"
#include "net/datagram/echo.h"
#include "net/datagram/keyring.h"
#include "net/datagram/packet.h"
#include "net/datagram/peer.h"
#include "net/datagram/timestamp.h"
#include "net/path/loss.h"

_Static_assert(LINK_DATAGRAM_MIN_BYTES == PACKET_OVERHEAD_BYTES + LINK_FRAGMENT_BYTES + 1,
               "the smallest datagram that means something");
_Static_assert(LINK_DATAGRAM_MAX_BYTES == PACKET_MAX_BYTES, "one limit");

struct link {
    enum packet_direction sends;
    struct keyring keys;
    struct echo echo;
    struct loss loss;
    struct race race;
    uint64_t since_ms; /* nothing that we sent before this is measured */
    uint64_t roundtrip_ms;
    uint32_t tries;          /* of the transport, as last told */
    struct buf last_payload; /* the client's: what was sent last, if it is short */
    bool wants_copy;         /* by another path, too */
    bool is_own;             /* what is sent next is a look, or leads back from one */
    uint64_t suspect_ms; /* since when something goes unanswered beside a look; 0: nothing does */
    bool has_heard;
    uint32_t heard_path;
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
    struct link *link = mem_new(1, sizeof *link);
    if (!keyring_init(&link->keys, key)) {
        free(link);
        return NULL;
    }
    link->sends = sends;
    link->since_ms = now_ms;
    link->roundtrip_ms = now_ms;
    buf_init(&link->last_payload, LINK_COPY_MAX_BYTES);
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
    keyring_fini(&link->keys);
    buf_wipe(&link->last_payload);
    buf_fini(&link->last_payload);
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

    err = keyring_open(&link->keys, datagram, claimed.sequence, scratch, packet, newest);
    if (err == SKUA_OK)
        loss_note(&link->loss, packet->sequence);
    return err;
}

/*
 * How long our own timestamp was under way. What is longer than we are awake is a wrapped clock. Returns
 * when it was sent; 0 if it tells nothing.
 */
static uint64_t
measure(struct link *link, uint32_t path_id, uint16_t echoed, uint64_t at_ms)
{
    uint64_t age_ms = timestamp_age_ms(echoed, at_ms);
    struct path *path = race_find(&link->race, path_id);
    if (path == NULL || at_ms < link->since_ms || age_ms > at_ms - link->since_ms)
        return 0;
    if (rtt_sample(&path->rtt, age_ms)) {
        link->stats.rtt_samples++;
        link->rtt_ms = age_ms;
    }
    return at_ms - age_ms;
}

/* The newest authentic packet: the only one that tells times and places. */
static void
hear(struct link *link, const struct packet *packet, const struct arrival *how, uint64_t at_ms)
{
    link->has_heard = true;
    link->last_heard_ms = at_ms;
    link->heard_path = how->path;
    uint64_t answers_ms = 0;
    if (packet->timestamp != TIMESTAMP_NONE)
        echo_hold(&link->echo, packet->timestamp, how->ecn == ECN_CE, at_ms);
    if (packet->timestamp_reply != TIMESTAMP_NONE)
        answers_ms = measure(link, how->path, packet->timestamp_reply, at_ms);
    race_note_heard(&link->race, how->path, answers_ms, at_ms);
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

static enum skua_err
seal_next(struct link *link, struct view payload, struct buf *out, uint64_t now_ms)
{
    struct packet packet = {
        .direction = link->sends,
        .timestamp = timestamp_of(now_ms),
        .timestamp_reply = echo_take(&link->echo, now_ms),
        .payload = payload,
    };
    return keyring_seal(&link->keys, &packet, out);
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

static struct departure
departure_on(const struct link *link, const struct path *path)
{
    return (struct departure){ .path = path->id,
                               .to = *destination(link, path),
                               .from = link->peer.local,
                               .ecn = ECN_ECT0,
                               .is_look = path->id != link->race.current };
}

enum skua_err
link_send(struct link *link, struct view payload, struct buf *out, struct departure *how,
          uint64_t now_ms)
{
    buf_clear(out);
    const struct path *path = race_outgoing(&link->race);
    if (path == NULL || !addr_is_set(destination(link, path)))
        return SKUA_ERR_CLOSED;
    if (payload.len > PACKET_MAX_BYTES - PACKET_OVERHEAD_BYTES)
        return SKUA_ERR_TOO_LARGE;
    if (payload.len + PACKET_OVERHEAD_BYTES > allowance_bytes(link))
        return SKUA_ERR_FULL;
    enum skua_err err = seal_next(link, payload, out, now_ms);
    if (err != SKUA_OK)
        return err;

    *how = departure_on(link, path);
    note_sent(link, out->len, now_ms);
    buf_clear(&link->last_payload);
    if (!is_server(link) && payload.len <= LINK_COPY_MAX_BYTES)
        buf_put(&link->last_payload, payload);
    link->wants_copy = link->race.is_searching;
    return SKUA_OK;
}

bool
link_next_copy(struct link *link, struct buf *out, struct departure *how, uint64_t now_ms)
{
    const struct path *path = link->wants_copy ? race_other(&link->race, now_ms) : NULL;
    if (path == NULL)
        return false;
    uint32_t id = path->id;
    link->wants_copy = false;
    buf_clear(out);
    if (link->last_payload.len == 0 ||
        seal_next(link, buf_view(&link->last_payload), out, now_ms) != SKUA_OK)
        return false;
    *how = departure_on(link, path);
    path_note_sent(race_find(&link->race, id), now_ms);
    link->last_sent_bytes = out->len;
    link->stats.packets_sent++;
    link->stats.bytes_sent += out->len;
    return true;
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
    keyring_skip(&link->keys, step + 1);
    link->echo.is_held = false; /* we cannot say how long */
    link->since_ms = now_ms;
}

void
link_note_acked(struct link *link, uint64_t sent_ms, uint64_t now_ms)
{
    if (sent_ms > link->roundtrip_ms)
        race_note_acked(&link->race, link->heard_path, sent_ms, now_ms);
    link->roundtrip_ms = sent_ms;
}

void
link_note_unasked(struct link *link, uint64_t now_ms)
{
    if (link->roundtrip_ms + RACE_HOP_MS < now_ms + LINK_ANSWER_MS)
        link->roundtrip_ms = now_ms + LINK_ANSWER_MS - RACE_HOP_MS;
}

void
link_confirm_path(struct link *link, uint64_t first_sent_ms)
{
    if (link->came_from_peer)
        peer_prove(&link->peer, first_sent_ms);
}

/* When what went unanswered beside a look is the path's fault after all. */
static uint64_t
suspect_due_ms(const struct link *link, const struct path *path)
{
    return link->suspect_ms + rtt_rto_ms(&path->rtt) + SCOUT_ANSWER_MS;
}

void
link_note_tries(struct link *link, uint32_t tries, uint64_t now_ms)
{
    const struct path *path = race_current(&link->race);
    bool is_one_more = tries > link->tries;
    link->tries = tries;
    if (!is_one_more || path == NULL)
        return;
    if (race_is_looking(&link->race, now_ms)) {
        if (link->suspect_ms == 0 && !link->is_own)
            link->suspect_ms = now_ms;
        return;
    }
    bool is_silent = now_ms - link->last_heard_ms >= rtt_rto_ms(&path->rtt);
    if (race_turn(&link->race, tries, is_silent, now_ms))
        link->wants_copy = true;
}

void
link_note_active(struct link *link, uint64_t now_ms)
{
    race_note_active(&link->race, now_ms);
}

bool
link_wants_packet(struct link *link, bool is_calm, uint64_t now_ms)
{
    const struct path *path = race_current(&link->race);
    if (link->suspect_ms <= link->last_heard_ms || path == NULL)
        link->suspect_ms = 0;
    else if (now_ms >= suspect_due_ms(link, path)) {
        link->suspect_ms = 0;
        if (race_turn(&link->race, link->tries, true, now_ms))
            link->wants_copy = true;
    }
    link->is_own = race_wants_packet(&link->race, is_calm, loss_permille(&link->loss), now_ms);
    return link->is_own;
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
    const struct path *path = race_current(&link->race);
    uint64_t deadline = race_deadline_ms(&link->race);
    if (link->suspect_ms > 0 && path != NULL && suspect_due_ms(link, path) < deadline)
        deadline = suspect_due_ms(link, path);
    return deadline;
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
