/* An acknowledgement names a state: each state knows how much had been sent when it was sent last. */
#include "net/transport/flight.h"

void
flight_init(struct flight *f)
{
    *f = (struct flight){ 0 };
    congestion_init(&f->congestion);
}

void
flight_note_sent(struct flight *f, const struct packed *packed, struct sent_list *sent)
{
    size_t bytes = packed->bytes + packed->fragments * FLIGHT_HEADERS_BYTES;
    uint64_t mark = congestion_note_sent(&f->congestion, bytes);
    struct sent *back = sent_list_back(sent);
    if (back->num == packed->num)
        back->mark = mark;
}

void
flight_note_acked(struct flight *f, const struct sent_list *sent)
{
    congestion_note_acked(&f->congestion, sent->entry[0].mark);
}

void
flight_note_loss(struct flight *f, const struct link_timing *timing, uint64_t now_ms)
{
    congestion_note_loss(&f->congestion, timing->srtt_ms, now_ms);
}

void
flight_look(struct flight *f, const struct link_timing *timing, uint64_t now_ms)
{
    if (timing->rtt_samples != f->rtt_samples)
        congestion_note_rtt(&f->congestion, timing->rtt_ms, now_ms);
    f->rtt_samples = timing->rtt_samples;
}

bool
flight_is_full(struct flight *f, const struct sent_list *sent, bool is_answer)
{
    return sent_list_is_outstanding(sent) &&
           !congestion_has_room(&f->congestion, is_answer ? FLIGHT_ANSWER_BYTES : 0);
}
