/* Two buffers, kept from one instruction to the next. */
#include "net/transport/diffs.h"

/* Memory that a buffer keeps. */
#define KEEP_BYTES (64 * 1024)

static const uint8_t filler[] = { 0xc0, 0x3e, 0x00 };

void
diffs_init(struct diffs *d, size_t max_bytes)
{
    buf_init(&d->assumed, max_bytes);
    buf_init(&d->resend, max_bytes);
}

void
diffs_fini(struct diffs *d)
{
    buf_wipe(&d->assumed);
    buf_wipe(&d->resend);
    buf_fini(&d->resend);
    buf_fini(&d->assumed);
}

struct view
diffs_filler(void)
{
    return view_of(filler, sizeof filler);
}

static void
make(const struct syncable *object, const struct sent *base, const struct state *current,
     struct buf *out)
{
    buf_clear(out);
    buf_shrink(out, KEEP_BYTES);
    object->diff(object->object, &base->state, base->num, current, out);
    if (!out->overflow && out->len == 0)
        buf_put(out, diffs_filler());
}

const struct sent *
diffs_choose(struct diffs *d, struct sent_list *sent, const struct state *current,
             uint64_t window_ms, struct view *diff, uint64_t now_ms)
{
    const struct sent *front = sent_list_front(sent);
    const struct sent *assumed = sent_list_assumed(sent, window_ms, now_ms);
    make(sent->object, front, current, &d->resend);
    if (assumed != front)
        make(sent->object, assumed, current, &d->assumed);

    size_t resend = d->resend.len, shorter = d->assumed.len;
    bool is_cheap =
        assumed == front || d->assumed.overflow || resend <= shorter ||
        (resend < DIFFS_RESEND_ABS_BYTES && resend - shorter < DIFFS_RESEND_EXTRA_BYTES);
    if (!d->resend.overflow && is_cheap) {
        *diff = buf_view(&d->resend);
        return front;
    }
    if (assumed == front || d->assumed.overflow)
        return NULL;
    *diff = buf_view(&d->assumed);
    return assumed;
}

struct view
diffs_resend(struct diffs *d, struct sent_list *sent, const struct state *current)
{
    make(sent->object, sent_list_front(sent), current, &d->resend);
    return d->resend.overflow ? (struct view){ 0 } : buf_view(&d->resend);
}
