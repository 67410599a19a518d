/*
 * Our object, as the peer is to hold it: which state to send next, against which base, and when. Makes
 * instructions; packing and cutting them is the transport's.
 */
#ifndef SKUA_NET_TRANSPORT_SENDER_H
#define SKUA_NET_TRANSPORT_SENDER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "net/path/timing.h"
#include "net/transport/cadence.h"
#include "net/transport/syncable.h"
#include "net/wire/instruction.h"

/* A longer diff is not offered to the wire: with its frame it must fit INSTRUCTION_MAX_BYTES packed. */
#define SENDER_DIFF_MAX_BYTES (INSTRUCTION_MAX_BYTES - 8 * 1024)

/*
 * A piece of this size arrives wherever anything does: what the link has for its floor. Larger ones are
 * suspected of never arriving when they go unanswered.
 */
#define SENDER_SAFE_PIECE_BYTES 462

/* Into a path that looks dead go pings alone, but for some keys in the beginning: most outages are short. */
#define SENDER_EARLY_MS    10000
#define SENDER_EARLY_BYTES 60

/* A diff that a stock peer is sent even into a path that looks dead. */
#define SENDER_SMALL_BYTES 200

struct sender;

/*
 * object       Borrowed.
 * first        Number 0; the reference is taken over.
 * hello        Goes into every instruction until the peer has acknowledged one.
 */
struct sender *sender_new(const struct syncable *object, struct state first, bool is_client,
                          const struct hello *hello, uint64_t seed, uint64_t now_ms);
void sender_free(struct sender *s);

/* Our object is now this. The reference is taken over. Ignored during shutdown. */
void sender_publish(struct sender *s, struct state current, uint64_t now_ms);

/* Whether what was published last has not been sent. */
bool sender_is_fresh(const struct sender *s);

/* Something newer than what was published is there and will be published before it is sent. */
void sender_touch(struct sender *s, uint64_t now_ms);

/* No more changes are coming for now: what was published need not wait for them. */
void sender_quiet(struct sender *s);

enum sender_step {
    SENDER_NOTHING, /* for now */
    SENDER_NEW,     /* *out is to be sent, under a new fragment id */
    SENDER_AGAIN, /* the instruction that sender_note_packed() told of is to be sent again, verbatim */
};

/*
 * What to send now. out->diff and out->chaff are borrowed until the next call. *can_repeat: whether the
 * instruction may be asked for AGAIN, so that its packed form should be kept.
 */
enum sender_step sender_next(struct sender *s, const struct link_timing *timing,
                             struct instruction *out, bool *can_repeat, uint64_t now_ms);

/*
 * How large the pieces of the next instruction are: as the path has it, or small when what was larger
 * goes unanswered.
 */
size_t sender_piece_bytes(const struct sender *s, const struct link_timing *timing);

/*
 * The instruction just given, with *can_repeat, was packed into so many bytes and cut into fragments of
 * piece_bytes. is_small: by sender_piece_bytes()'s own choice.
 */
void sender_note_packed(struct sender *s, size_t bytes, size_t fragments, size_t piece_bytes,
                        bool is_small);

/* What sender_next() gave last did not leave this machine. */
void sender_unsent(struct sender *s, uint64_t now_ms);

/* When sender_next() has something. UINT64_MAX: never. */
uint64_t sender_deadline_ms(struct sender *s, const struct link_timing *timing, uint64_t now_ms);

/* Say something now, and something that the peer answers. */
void sender_poke(struct sender *s);

/* The peer acknowledges num. Returns whether that is a state it was not known to hold. */
bool sender_ack(struct sender *s, uint64_t num);

/*
 * The peer's newest state is num since now, by a diff of so many bytes: then it is to be acknowledged
 * soon, if it is urgent at once. Otherwise whatever is sent next says it.
 */
void
sender_note_state(struct sender *s, uint64_t num, size_t diff_bytes, bool urgent, uint64_t now_ms);

/* The peer sent what it would not have if it had our acknowledgement. */
void sender_note_repeat(struct sender *s, uint64_t now_ms);

/*
 * Whether the peer sends a hello: it acknowledges sooner, and answers repeats; and whether the link is
 * metered. Until this is called, neither. And how long a healthy peer may be silent as things are.
 */
void sender_note_cadence(struct sender *s, const struct cadence *cadence);
uint64_t sender_silence_ms(const struct sender *s, uint64_t now_ms);

/* The newest number sent; the newest acknowledged, and when it went out first and last. */
struct sender_figures {
    uint64_t sent_num;
    uint64_t acked_num, acked_first_ms, acked_last_ms;
    size_t states;            /* held: those that the peer may have */
    bool is_outstanding;      /* the peer is not known to hold what we have to say */
    uint32_t tries;           /* repetitions in a row that went unanswered */
    uint64_t retransmissions; /* instructions that said what was said before */
};
struct sender_figures sender_figures(const struct sender *s);

/* transport.h says what these mean. */
bool sender_take_black_hole(struct sender *s);
void sender_shutdown(struct sender *s, uint64_t now_ms);
bool sender_is_shutting(const struct sender *s);
bool sender_is_acked(const struct sender *s);
bool sender_is_over(const struct sender *s, uint64_t now_ms);
bool sender_is_asked(const struct sender *s);
bool sender_is_answered(const struct sender *s, uint64_t now_ms);

#endif
