/*
 * The diffs that could be sent to bring the peer to our object: from the state that it may be expected
 * to hold, and from the one that it does hold.
 */
#ifndef SKUA_NET_TRANSPORT_DIFFS_H
#define SKUA_NET_TRANSPORT_DIFFS_H

#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/view.h"
#include "net/transport/sent_list.h"
#include "net/transport/syncable.h"

/*
 * A diff against the acknowledged state is preferred to a shorter one if it costs little more.
 * docs/PROTOCOL.md, "Prospective resend".
 */
#define DIFFS_RESEND_ABS_BYTES   1000
#define DIFFS_RESEND_EXTRA_BYTES 100

struct diffs {
    struct buf assumed, resend;
};

/* max_bytes: a longer diff does not fit. fini wipes: they hold keystrokes and screens. */
void diffs_init(struct diffs *d, size_t max_bytes);
void diffs_fini(struct diffs *d);

/*
 * A diff that changes nothing and still is one, so that the peer acknowledges it: field 1000, a number,
 * beside the instructions of an inner message. Every peer skips fields that it does not know.
 */
struct view diffs_filler(void);

/*
 * The base to use, and in *diff the diff from it to `current`: never empty, borrowed until the next call.
 * NULL if none fits.
 */
const struct sent *
diffs_choose(struct diffs *d, struct sent_list *sent, const struct state *current,
             uint64_t window_ms, struct view *diff, uint64_t now_ms);

/* The diff from what is acknowledged; empty if it does not fit. Borrowed likewise. */
struct view diffs_resend(struct diffs *d, struct sent_list *sent, const struct state *current);

#endif
