/* A receiver with stock's rules: duplicates are never answered, unknown references are not kept. */
#include "stock_peer.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "net/datagram/packet.h"
#include "net/transport/chaff.h"
#include "net/transport/deflate.h"
#include "net/transport/fragment.h"

#define MINDELAY_SERVER_MS 8
#define MINDELAY_CLIENT_MS 1
#define RECEIVED_MAX       1024
#define RECEIVED_ROOM      2048
#define QUENCH_MS          15000
#define PIECES_MAX         1024

struct stock_received {
    uint64_t num, at_ms;
    struct state state;
};

struct stock_peer {
    struct stock_link link;
    struct syncable incoming;
    struct stock_sender sender;
    struct stock_received received[RECEIVED_ROOM]; /* ascending */
    size_t count;
    uint64_t quench_until_ms;
    struct chaff chaff;
    struct deflate *deflate;

    uint64_t piece_id; /* of the one instruction that is put together */
    struct buf piece[PIECES_MAX];
    bool has_piece[PIECES_MAX];
    size_t pieces, pieces_wanted;

    struct buf scratch, plain, packed, storage;
    uint64_t last_id;
    size_t next_piece; /* of packed, to be sent; past the last: nothing is */
    bool is_sending, shutdown_is_acked;
};

struct stock_peer *
stock_peer_new(const struct stock_peer_config *config, uint64_t now_ms)
{
    struct stock_peer *p = mem_new(1, sizeof *p);
    stock_link_init(&p->link, config->key, config->server, config->is_inet6, now_ms);
    p->incoming = config->incoming;
    stock_sender_init(&p->sender, &config->outgoing, config->first_outgoing,
                      p->link.is_server ? MINDELAY_SERVER_MS : MINDELAY_CLIENT_MS, now_ms);
    p->received[0] = (struct stock_received){ .at_ms = now_ms, .state = config->first_incoming };
    p->count = 1;
    chaff_init(&p->chaff, config->seed);
    p->deflate = deflate_new(DEFLATE_SCREENS);
    for (size_t i = 0; i < PIECES_MAX; i++)
        buf_init(&p->piece[i], PACKET_MAX_BYTES);
    buf_init(&p->scratch, PACKET_MAX_BYTES);
    buf_init(&p->plain, INSTRUCTION_MAX_BYTES);
    buf_init(&p->packed, INSTRUCTION_MAX_BYTES);
    buf_init(&p->storage, INSTRUCTION_MAX_BYTES);
    return p;
}

void
stock_peer_free(struct stock_peer *p)
{
    if (p == NULL)
        return;
    for (size_t i = 0; i < p->count; i++)
        p->incoming.release(p->incoming.object, &p->received[i].state);
    for (size_t i = 0; i < PIECES_MAX; i++)
        buf_fini(&p->piece[i]);
    stock_sender_fini(&p->sender);
    stock_link_fini(&p->link);
    deflate_free(p->deflate);
    buf_fini(&p->scratch);
    buf_fini(&p->plain);
    buf_fini(&p->packed);
    buf_fini(&p->storage);
    free(p);
}

static struct stock_received *
find(struct stock_peer *p, uint64_t num)
{
    for (size_t i = 0; i < p->count; i++) {
        if (p->received[i].num == num)
            return &p->received[i];
    }
    return NULL;
}

static void
throw_away(struct stock_peer *p, uint64_t num)
{
    size_t gone = 0;
    while (gone < p->count && p->received[gone].num < num) {
        p->incoming.release(p->incoming.object, &p->received[gone].state);
        gone++;
    }
    if (gone == p->count)
        abort(); /* as stock does: a peer that comes here is at fault */
    p->count -= gone;
    memmove(p->received, p->received + gone, p->count * sizeof p->received[0]);
    p->incoming.forget_before(p->incoming.object, &p->received[0].state);
}

static void
insert(struct stock_peer *p, uint64_t num, struct state state, bool has_diff, uint64_t now_ms)
{
    size_t at = p->count;
    while (p->received[at - 1].num > num)
        at--;
    memmove(&p->received[at + 1], &p->received[at], (p->count - at) * sizeof p->received[0]);
    p->received[at] = (struct stock_received){ .num = num, .at_ms = now_ms, .state = state };
    p->count++;
    if (at != p->count - 1)
        return;
    p->sender.ack_num = num;
    p->sender.heard_ms = now_ms;
    p->sender.ack_pending = p->sender.ack_pending || has_diff;
}

static void
take_instruction(struct stock_peer *p, const struct instruction *in, uint64_t now_ms)
{
    stock_link_note_roundtrip(&p->link, stock_sender_ack(&p->sender, in->ack_num));
    struct stock_received *base = find(p, in->old_num);
    if (find(p, in->new_num) != NULL || base == NULL)
        return;
    if (in->throwaway_num > in->old_num)
        abort();
    struct state from = p->incoming.keep(p->incoming.object, &base->state);
    throw_away(p, in->throwaway_num);
    struct state state;
    bool is_full = p->count > RECEIVED_MAX;
    bool is_quenched = is_full && (now_ms < p->quench_until_ms || p->count == RECEIVED_ROOM);
    if (is_full && !is_quenched)
        p->quench_until_ms = now_ms + QUENCH_MS;
    if (!is_quenched) {
        if (in->diff.len == 0)
            state = p->incoming.keep(p->incoming.object, &from);
        else if (p->incoming.apply(p->incoming.object, &from, in->diff, &state, now_ms) != SKUA_OK)
            abort();
        insert(p, in->new_num, state, in->diff.len > 0, now_ms);
    }
    p->incoming.release(p->incoming.object, &from);
}

static void
start_over(struct stock_peer *p, uint64_t id)
{
    memset(p->has_piece, 0, sizeof p->has_piece);
    p->piece_id = id;
    p->pieces = 0;
    p->pieces_wanted = 0;
}

/* Returns true when plain holds a whole instruction. */
static bool
take_piece(struct stock_peer *p, const struct fragment *f)
{
    if (f->id != p->piece_id)
        start_over(p, f->id);
    if (f->index >= PIECES_MAX)
        abort();
    if (!p->has_piece[f->index]) {
        p->has_piece[f->index] = true;
        p->pieces++;
        buf_clear(&p->piece[f->index]);
        buf_put(&p->piece[f->index], f->body);
    } else if (!view_equal(buf_view(&p->piece[f->index]), f->body)) {
        abort(); /* as stock does */
    }
    if (f->final)
        p->pieces_wanted = (size_t)f->index + 1;
    if (p->pieces != p->pieces_wanted)
        return false;

    struct buf whole;
    buf_init(&whole, INSTRUCTION_MAX_BYTES);
    for (size_t i = 0; i < p->pieces; i++)
        buf_put(&whole, buf_view(&p->piece[i]));
    buf_clear(&p->plain);
    bool ok = deflate_unpack(p->deflate, buf_view(&whole), &p->plain) == SKUA_OK;
    buf_fini(&whole);
    start_over(p, p->piece_id);
    return ok;
}

void
stock_peer_receive(struct stock_peer *p, struct view datagram, const struct arrival *how,
                   uint64_t now_ms)
{
    struct view payload;
    struct fragment fragment;
    struct instruction in;
    if (!p->link.is_server && (how->path < p->link.oldest_path || how->path > p->link.path))
        return; /* that socket is closed */
    if (!stock_link_receive(&p->link, datagram, how, &p->scratch, &payload, now_ms))
        return;
    if (fragment_parse(payload, &fragment) != SKUA_OK)
        abort(); /* as stock does */
    if (!take_piece(p, &fragment))
        return;
    if (instruction_parse(buf_view(&p->plain), &p->storage, &in) != SKUA_OK)
        abort();
    if (in.protocol_version == INSTRUCTION_PROTOCOL_VERSION)
        take_instruction(p, &in, now_ms);
}

void
stock_peer_publish(struct stock_peer *p, struct state current)
{
    stock_sender_publish(&p->sender, current);
}

static struct stock_timing
timing_of(const struct stock_peer *p)
{
    return (struct stock_timing){ .rto_ms = stock_link_rto_ms(&p->link),
                                  .interval_ms = stock_link_interval_ms(&p->link),
                                  .has_peer = p->link.has_peer };
}

void
stock_peer_tick(struct stock_peer *p, uint64_t now_ms)
{
    const struct stock_timing timing = timing_of(p);
    struct instruction out;
    if (p->is_sending || !stock_sender_tick(&p->sender, &timing, &out, now_ms))
        return;
    out.chaff = chaff_next(&p->chaff);
    buf_clear(&p->plain);
    buf_clear(&p->packed);
    if (instruction_encode(&out, &p->plain) != SKUA_OK ||
        deflate_pack(p->deflate, buf_view(&p->plain), &p->packed) != SKUA_OK)
        abort();
    p->last_id++;
    p->next_piece = 0;
    p->is_sending = true;
    p->shutdown_is_acked = p->shutdown_is_acked || out.ack_num == INSTRUCTION_SHUTDOWN;
}

bool
stock_peer_next_datagram(struct stock_peer *p, struct buf *out, struct departure *how,
                         uint64_t now_ms)
{
    if (!p->is_sending)
        return false;
    size_t count = fragment_count(p->packed.len, p->link.piece_bytes);
    struct fragment f =
        fragment_of(p->last_id, buf_view(&p->packed), p->link.piece_bytes, p->next_piece);
    p->is_sending = ++p->next_piece < count;
    buf_clear(&p->scratch);
    if (fragment_encode(&f, &p->scratch) != SKUA_OK)
        abort();
    stock_link_send(&p->link, buf_view(&p->scratch), out, how, now_ms);
    return true;
}

uint64_t
stock_peer_deadline_ms(struct stock_peer *p, uint64_t now_ms)
{
    const struct stock_timing timing = timing_of(p);
    return stock_sender_deadline_ms(&p->sender, &timing, now_ms);
}

const struct state *
stock_peer_newest(const struct stock_peer *p)
{
    return &p->received[p->count - 1].state;
}

uint64_t
stock_peer_newest_num(const struct stock_peer *p)
{
    return p->received[p->count - 1].num;
}

uint64_t
stock_peer_newest_ms(const struct stock_peer *p)
{
    return p->received[p->count - 1].at_ms;
}

uint64_t
stock_peer_sent_num(const struct stock_peer *p)
{
    return p->sender.sent[p->sender.count - 1].num;
}

uint64_t
stock_peer_acked_ms(const struct stock_peer *p)
{
    return p->sender.sent[0].at_ms;
}

void
stock_peer_shutdown(struct stock_peer *p, uint64_t now_ms)
{
    stock_sender_shutdown(&p->sender, now_ms);
}

bool
stock_peer_is_shutting(const struct stock_peer *p)
{
    return p->sender.is_shutting;
}

bool
stock_peer_is_over(const struct stock_peer *p, uint64_t now_ms)
{
    return p->shutdown_is_acked || stock_sender_is_over(&p->sender, now_ms);
}

bool
stock_peer_is_acked(const struct stock_peer *p)
{
    return p->sender.sent[0].num == INSTRUCTION_SHUTDOWN;
}

const struct stock_link *
stock_peer_link(const struct stock_peer *p)
{
    return &p->link;
}
