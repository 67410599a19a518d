/* Stock follows the newest packet, echoes each timestamp once, and hops after ten silent seconds. */
#include "stock_link.h"

#include <math.h>
#include <stdlib.h>

#include "net/datagram/packet.h"
#include "net/datagram/timestamp.h"

#define SRTT_START_MS     1000
#define RTTVAR_START_MS   500
#define SAMPLE_LIMIT_MS   5000
#define RTO_MIN_MS        50
#define RTO_MAX_MS        1000
#define INTERVAL_MIN_MS   20
#define INTERVAL_MAX_MS   250
#define DETACH_MS         40000
#define HOP_MS            10000
#define OLD_SOCKET_MS     60000
#define SOCKETS_MAX       10
#define PIECE_INET_BYTES  1214
#define PIECE_INET6_BYTES 1178

void
stock_link_init(struct stock_link *l, const struct key *key, const struct addr *server,
                bool is_inet6, uint64_t now_ms)
{
    *l = (struct stock_link){ .is_server = server == NULL,
                              .ocb = aes_ocb_new(key),
                              .srtt_ms = SRTT_START_MS,
                              .rttvar_ms = RTTVAR_START_MS,
                              .piece_bytes = is_inet6 ? PIECE_INET6_BYTES : PIECE_INET_BYTES,
                              .path = 1,
                              .oldest_path = 1,
                              .chosen_ms = now_ms,
                              .roundtrip_ms = now_ms };
    if (l->ocb == NULL)
        abort();
    if (server != NULL) {
        l->has_peer = true;
        l->peer = *server;
    }
}

void
stock_link_fini(struct stock_link *l)
{
    aes_ocb_free(l->ocb);
    *l = (struct stock_link){ 0 };
}

static void
sample(struct stock_link *l, double r)
{
    if (r >= SAMPLE_LIMIT_MS)
        return;
    if (!l->has_sample) {
        l->srtt_ms = r;
        l->rttvar_ms = r / 2;
        l->has_sample = true;
        return;
    }
    l->rttvar_ms = 0.75 * l->rttvar_ms + 0.25 * fabs(l->srtt_ms - r);
    l->srtt_ms = 0.875 * l->srtt_ms + 0.125 * r;
}

static void
retire_sockets(struct stock_link *l, uint64_t now_ms)
{
    if (now_ms - l->chosen_ms > OLD_SOCKET_MS)
        l->oldest_path = l->path;
    if (l->path - l->oldest_path >= SOCKETS_MAX)
        l->oldest_path = l->path - SOCKETS_MAX + 1;
}

bool
stock_link_receive(struct stock_link *l, struct view datagram, const struct arrival *how,
                   struct buf *scratch, struct view *payload, uint64_t now_ms)
{
    struct packet packet;
    enum packet_direction ours = l->is_server ? PACKET_TO_SERVER : PACKET_TO_CLIENT;
    if (packet_open(l->ocb, datagram, scratch, &packet) != SKUA_OK || packet.direction != ours)
        return false;
    *payload = packet.payload;
    l->received++;
    if (packet.sequence < l->expected)
        return true;
    l->expected = packet.sequence + 1;
    l->last_heard_ms = now_ms;
    if (packet.timestamp != TIMESTAMP_NONE)
        echo_hold(&l->echo, packet.timestamp, how->ecn == ECN_CE, now_ms);
    if (packet.timestamp_reply != TIMESTAMP_NONE)
        sample(l, timestamp_age_ms(packet.timestamp_reply, now_ms));
    if (l->is_server) {
        l->has_peer = true;
        l->peer = how->from;
        l->local = how->to;
    } else {
        retire_sockets(l, now_ms);
    }
    return true;
}

void
stock_link_send(struct stock_link *l, struct view payload, struct buf *out, struct departure *how,
                uint64_t now_ms)
{
    const struct packet packet = {
        .direction = l->is_server ? PACKET_TO_CLIENT : PACKET_TO_SERVER,
        .sequence = l->next_sequence++,
        .timestamp = timestamp_of(now_ms),
        .timestamp_reply = echo_take(&l->echo, now_ms),
        .payload = payload,
    };
    buf_clear(out);
    if (packet_seal(l->ocb, &packet, out) != SKUA_OK)
        abort();
    *how = (struct departure){ .path = l->path, .to = l->peer, .from = l->local, .ecn = ECN_ECT0 };
    l->sent++;
    if (l->is_server && now_ms - l->last_heard_ms > DETACH_MS)
        l->has_peer = false;
    if (!l->is_server && now_ms - l->chosen_ms > HOP_MS && now_ms - l->roundtrip_ms > HOP_MS) {
        l->path++;
        l->chosen_ms = now_ms;
        retire_sockets(l, now_ms);
    }
}

void
stock_link_note_roundtrip(struct stock_link *l, uint64_t sent_ms)
{
    l->roundtrip_ms = sent_ms;
}

static uint64_t
clamp(double ms, uint64_t min_ms, uint64_t max_ms)
{
    uint64_t whole = (uint64_t)ceil(ms);
    return whole < min_ms ? min_ms : whole > max_ms ? max_ms : whole;
}

uint64_t
stock_link_rto_ms(const struct stock_link *l)
{
    return clamp(l->srtt_ms + 4 * l->rttvar_ms, RTO_MIN_MS, RTO_MAX_MS);
}

uint64_t
stock_link_interval_ms(const struct stock_link *l)
{
    return clamp(l->srtt_ms / 2, INTERVAL_MIN_MS, INTERVAL_MAX_MS);
}
