/*
 * Sender and receiver joined, and what lies between them and a datagram: encode, compress, cut; put
 * together, inflate, parse.
 *
 * Two packed instructions are kept: the newest with a diff, which the sender may want again verbatim,
 * and the newest other one.
 */
#include "net/transport/transport.h"

#include <assert.h>
#include <inttypes.h>
#include <stdlib.h>

#include "base/mem.h"
#include "net/transport/assembler.h"
#include "net/transport/deflate.h"
#include "net/transport/fragment.h"
#include "net/transport/receiver.h"
#include "net/transport/sender.h"

/* Whatever the path says, a piece is of a size that datagrams have and fragment numbers suffice for. */
#define PIECE_MIN_BYTES 256
#define PIECE_MAX_BYTES 1984

_Static_assert(INSTRUCTION_MAX_BYTES / PIECE_MIN_BYTES <= FRAGMENT_COUNT_MAX,
               "16384 pieces suffice");

/* Memory that a buffer keeps from one instruction to the next. */
#define KEEP_BYTES (64 * 1024)

/* An instruction on its way out. */
struct outgoing {
    struct buf bytes; /* compressed */
    uint64_t id;
    size_t piece_bytes, count, next; /* fragments, and how many were handed out */
};

struct transport {
    struct syncable out, in;
    struct sender *sender;
    struct receiver *receiver;
    struct assembler *assembler;
    struct deflate *deflate;
    bool is_client;
    uint64_t last_id;
    struct outgoing kept, other;
    struct outgoing *sending; /* one of the two, or NULL */
    struct buf plain;         /* an instruction, encoded; either way */
    struct buf storage;       /* what a parsed one looks at */
    struct hello peer_hello;
    struct cadence cadence;
    bool told_version;
    const struct trace *trace;
    struct transport_stats stats;
};

static void
outgoing_init(struct outgoing *o)
{
    *o = (struct outgoing){ 0 };
    buf_init(&o->bytes, INSTRUCTION_MAX_BYTES);
}

/* Figures that sender and receiver keep. */
static void
refresh_stats(struct transport *t)
{
    const struct sender_figures f = sender_figures(t->sender);
    t->stats.retransmissions = f.retransmissions;
    t->stats.states_outstanding = (uint32_t)f.states;
    t->stats.states_held = (uint32_t)receiver_count(t->receiver);
}

struct transport *
transport_new(const struct transport_config *config, uint64_t now_ms)
{
    struct transport *t = mem_new(1, sizeof *t);
    t->out = config->outgoing;
    t->in = config->incoming;
    t->is_client = config->role == TRANSPORT_CLIENT;
    t->sender = sender_new(&t->out, config->first_outgoing, t->is_client, &config->hello,
                           config->seed, now_ms);
    t->receiver = receiver_new(&t->in, config->first_incoming, now_ms);
    t->assembler = assembler_new();
    t->deflate = deflate_new(t->is_client ? DEFLATE_KEYS : DEFLATE_SCREENS);
    t->trace = config->trace;
    refresh_stats(t);
    outgoing_init(&t->kept);
    outgoing_init(&t->other);
    buf_init(&t->plain, INSTRUCTION_MAX_BYTES);
    buf_init(&t->storage, INSTRUCTION_MAX_BYTES);
    return t;
}

void
transport_free(struct transport *t)
{
    if (t == NULL)
        return;
    struct buf *bufs[] = { &t->storage, &t->plain, &t->other.bytes, &t->kept.bytes };
    for (size_t i = 0; i < sizeof bufs / sizeof bufs[0]; i++) {
        buf_wipe(bufs[i]);
        buf_fini(bufs[i]);
    }
    deflate_free(t->deflate);
    assembler_free(t->assembler);
    receiver_free(t->receiver);
    sender_free(t->sender);
    free(t);
}

static void
note_version(struct transport *t, uint32_t version)
{
    if (!t->told_version)
        trace_linef(t->trace, "transport: the peer speaks protocol version %u, not %d",
                    (unsigned)version, INSTRUCTION_PROTOCOL_VERSION);
    t->told_version = true;
}

/* One line for -v: the clock's last five digits, numbers, sizes. Nothing of what a diff holds. */
static void
trace_instruction(const struct transport *t, const char *what, const struct instruction *in,
                  enum skua_err err, uint64_t now_ms)
{
    if (!trace_is_on(t->trace))
        return;
    trace_linef(
        t->trace,
        "[%05u] %s %" PRIu64 "=>%" PRIu64 " ack=%" PRIu64 " throwaway=%" PRIu64 " diff=%zu%s%s",
        (unsigned)(now_ms % 100000), what, in->old_num, in->new_num, in->ack_num, in->throwaway_num,
        in->diff.len, err == SKUA_OK ? "" : " dropped: ", err == SKUA_OK ? "" : skua_err_text(err));
}

/* The path's figures follow what was sent on it. */
static void
trace_pieces(const struct transport *t, const struct outgoing *o, const struct link_timing *timing)
{
    if (trace_is_on(t->trace))
        trace_linef(t->trace,
                    "        id=%" PRIu64 " fragments=%zu bytes=%zu interval=%" PRIu64
                    " timeout=%" PRIu64 " srtt=%" PRIu64,
                    o->id, o->count, o->bytes.len, timing->send_interval_ms, timing->rto_ms,
                    timing->srtt_ms);
}

/* States that are here, or late, or based on what is gone: the peer lacks our acknowledgement. */
static bool
is_repeat(enum skua_err err)
{
    return err == SKUA_ERR_DUPLICATE || err == SKUA_ERR_STALE || err == SKUA_OK;
}

static enum skua_err
take_instruction(struct transport *t, const struct instruction *in, uint64_t now_ms)
{
    if (in->protocol_version != INSTRUCTION_PROTOCOL_VERSION) {
        note_version(t, in->protocol_version);
        return SKUA_ERR_VERSION;
    }
    t->stats.instructions_received++;
    if (in->hello.version != 0) {
        t->peer_hello = in->hello;
        t->cadence.peer_is_skua = true;
        sender_note_cadence(t->sender, &t->cadence);
    }
    sender_ack(t->sender, in->ack_num);

    uint64_t before = receiver_newest_num(t->receiver);
    enum skua_err err = receiver_take(t->receiver, in, now_ms);
    uint64_t newest = receiver_newest_num(t->receiver);
    if (newest != before) {
        /* The first answer of a server waits for ours: it paces itself by a guess until then. */
        bool is_urgent = t->is_client && before == 0;
        sender_note_state(t->sender, newest, in->diff.len, is_urgent, now_ms);
    } else if (is_repeat(err)) {
        sender_note_repeat(t->sender, now_ms);
    }
    trace_instruction(t, "received", in, err, now_ms);
    return err;
}

static enum skua_err
take_payload(struct transport *t, struct view payload, uint64_t now_ms)
{
    struct fragment fragment;
    struct view packed;
    enum skua_err err = fragment_parse(payload, &fragment);
    if (err != SKUA_OK)
        return err;
    err = assembler_take(t->assembler, &fragment, &packed);
    if (err == SKUA_ERR_DUPLICATE)
        sender_note_repeat(t->sender, now_ms);
    if (err != SKUA_OK)
        return err;

    struct instruction instruction;
    buf_clear(&t->plain);
    err = deflate_unpack(t->deflate, packed, &t->plain);
    if (err == SKUA_OK)
        err = instruction_parse(buf_view(&t->plain), &t->storage, &instruction);
    if (err == SKUA_OK)
        err = take_instruction(t, &instruction, now_ms);
    buf_clear(&t->plain);
    buf_shrink(&t->plain, KEEP_BYTES);
    buf_clear(&t->storage);
    buf_shrink(&t->storage, KEEP_BYTES);
    return err;
}

enum skua_err
transport_receive(struct transport *t, struct view payload, uint64_t now_ms)
{
    t->stats.payloads_received++;
    enum skua_err err = take_payload(t, payload, now_ms);
    if (err != SKUA_OK && err != SKUA_ERR_INCOMPLETE)
        t->stats.dropped[err]++;
    refresh_stats(t);
    return err;
}

void
transport_publish(struct transport *t, struct state current, uint64_t now_ms)
{
    sender_publish(t->sender, current, now_ms);
}

bool
transport_is_waiting(struct transport *t, const struct link_timing *timing, uint64_t now_ms)
{
    return t->sending == NULL && sender_is_fresh(t->sender) &&
           sender_deadline_ms(t->sender, timing, now_ms) > now_ms;
}

void
transport_touch(struct transport *t, uint64_t now_ms)
{
    sender_touch(t->sender, now_ms);
}

void
transport_quiet(struct transport *t)
{
    sender_quiet(t->sender);
}

/* Encode, compress and cut. False if it is too large after all, which the sender's bounds prevent. */
static bool
pack(struct transport *t, const struct instruction *in, struct outgoing *o, size_t piece_bytes)
{
    buf_clear(&t->plain);
    buf_clear(&o->bytes);
    buf_shrink(&o->bytes, KEEP_BYTES);
    if (instruction_encode(in, &t->plain) != SKUA_OK ||
        deflate_pack(t->deflate, buf_view(&t->plain), &o->bytes) != SKUA_OK)
        return false;
    o->id = ++t->last_id;
    o->piece_bytes = piece_bytes < PIECE_MIN_BYTES   ? PIECE_MIN_BYTES
                     : piece_bytes > PIECE_MAX_BYTES ? PIECE_MAX_BYTES
                                                     : piece_bytes;
    o->count = fragment_count(o->bytes.len, o->piece_bytes);
    o->next = 0;
    t->stats.instructions_sent++;
    t->stats.diff_bytes_sent += in->diff.len;
    return true;
}

/* Make t->sending something with fragments to hand out. */
static bool
begin_next(struct transport *t, const struct link_timing *timing, uint64_t now_ms)
{
    struct instruction in;
    bool can_repeat;
    size_t piece_bytes = sender_piece_bytes(t->sender, timing);
    switch (sender_next(t->sender, timing, &in, &can_repeat, now_ms)) {
    case SENDER_NOTHING: return false;
    case SENDER_AGAIN:
        t->sending = &t->kept;
        t->kept.next = 0;
        t->stats.instructions_sent++;
        trace_pieces(t, t->sending, timing);
        return true;
    case SENDER_NEW: break;
    }
    trace_instruction(t, "sent", &in, SKUA_OK, now_ms);
    struct outgoing *o = can_repeat ? &t->kept : &t->other;
    if (!pack(t, &in, o, piece_bytes)) {
        t->stats.dropped[SKUA_ERR_TOO_LARGE]++;
        sender_unsent(t->sender, now_ms);
        return false;
    }
    if (can_repeat)
        sender_note_packed(t->sender, o->bytes.len, o->count, piece_bytes,
                           piece_bytes < timing->piece_bytes);
    trace_pieces(t, o, timing);
    t->sending = o;
    return true;
}

bool
transport_next(struct transport *t, const struct link_timing *timing, struct buf *out,
               uint64_t now_ms)
{
    if (!timing->has_peer)
        return false;
    if (t->sending == NULL && !begin_next(t, timing, now_ms))
        return false;

    struct outgoing *o = t->sending;
    struct fragment f = fragment_of(o->id, buf_view(&o->bytes), o->piece_bytes, o->next);
    if (++o->next == o->count)
        t->sending = NULL;
    buf_clear(out);
    enum skua_err err = fragment_encode(&f, out);
    assert(err == SKUA_OK); /* out holds a datagram, and a piece is smaller */
    (void)err;
    t->stats.payloads_sent++;
    refresh_stats(t);
    return true;
}

void
transport_unsent(struct transport *t, uint64_t now_ms)
{
    t->sending = NULL; /* what is left of it alone is of no use */
    sender_unsent(t->sender, now_ms);
}

uint64_t
transport_deadline_ms(struct transport *t, const struct link_timing *timing, uint64_t now_ms)
{
    if (t->sending != NULL && timing->has_peer)
        return now_ms;
    return sender_deadline_ms(t->sender, timing, now_ms);
}

void
transport_note_metered(struct transport *t)
{
    t->cadence.is_metered = true;
    sender_note_cadence(t->sender, &t->cadence);
}

uint64_t
transport_silence_ms(const struct transport *t, uint64_t now_ms)
{
    return sender_silence_ms(t->sender, now_ms);
}

void
transport_poke(struct transport *t, uint64_t now_ms)
{
    (void)now_ms;
    sender_poke(t->sender);
}

const struct state *
transport_newest(const struct transport *t)
{
    return receiver_newest(t->receiver);
}

uint64_t
transport_newest_num(const struct transport *t)
{
    return receiver_newest_num(t->receiver);
}

uint64_t
transport_newest_ms(const struct transport *t)
{
    return receiver_newest_ms(t->receiver);
}

uint64_t
transport_sent_num(const struct transport *t)
{
    return sender_figures(t->sender).sent_num;
}

uint64_t
transport_acked_num(const struct transport *t)
{
    return sender_figures(t->sender).acked_num;
}

uint64_t
transport_acked_sent_ms(const struct transport *t)
{
    return sender_figures(t->sender).acked_last_ms;
}

uint64_t
transport_acked_first_sent_ms(const struct transport *t)
{
    return sender_figures(t->sender).acked_first_ms;
}

bool
transport_take_black_hole(struct transport *t)
{
    return sender_take_black_hole(t->sender);
}

bool
transport_awaits_answer(const struct transport *t)
{
    const struct sender_figures f = sender_figures(t->sender);
    return f.is_outstanding || f.tries > 0;
}

uint32_t
transport_tries(const struct transport *t)
{
    return sender_figures(t->sender).tries;
}

const struct hello *
transport_peer_hello(const struct transport *t)
{
    return &t->peer_hello;
}

void
transport_shutdown(struct transport *t, uint64_t now_ms)
{
    sender_shutdown(t->sender, now_ms);
}

bool
transport_is_shutting(const struct transport *t)
{
    return sender_is_shutting(t->sender);
}

bool
transport_is_acked(const struct transport *t)
{
    return sender_is_acked(t->sender);
}

bool
transport_is_over(const struct transport *t, uint64_t now_ms)
{
    return sender_is_over(t->sender, now_ms);
}

bool
transport_is_asked(const struct transport *t)
{
    return sender_is_asked(t->sender);
}

bool
transport_is_answered(const struct transport *t, uint64_t now_ms)
{
    return sender_is_answered(t->sender, now_ms);
}

const struct transport_stats *
transport_stats(const struct transport *t)
{
    return &t->stats;
}
