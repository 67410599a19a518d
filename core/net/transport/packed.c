/* Nothing but conditions on numbers; the bytes are the transport's. */
#include "net/transport/packed.h"

/* Whether all that was sent after num was empty: a peer that gets num has what there is. */
static bool
is_newest_change(const struct sent_list *sent, uint64_t num)
{
    size_t i = sent->count;
    while (i > 0 && sent->entry[i - 1].num > num) {
        if (sent->entry[--i].changes)
            return false;
    }
    return i > 0 && sent->entry[i - 1].num == num;
}

/*
 * A peer that has not seen num yet still holds what was acknowledged when num was made: it throws
 * nothing away before it is told to by something newer.
 */
bool
packed_can_copy(const struct packed *p, const struct sent_list *sent)
{
    uint64_t front = sent->entry[0].num;
    return p->is_kept && p->fragments == 1 && p->num > front && p->base_num <= front &&
           is_newest_change(sent, p->num);
}

bool
packed_can_repeat(const struct packed *p, const struct sent_list *sent, size_t piece_bytes)
{
    uint64_t front = sent->entry[0].num, back = sent->entry[sent->count - 1].num;
    return p->is_kept && p->base_num == front && p->num > front && p->num == back &&
           p->piece_bytes == piece_bytes;
}
