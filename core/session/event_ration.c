/* A screen goes out with counters of our own: the server's may say anything, even less than before. */
#include "session/event_ration.h"

void
event_ration_fini(struct event_ration *r)
{
    payload_unref(r->clipboard.contents);
    *r = (struct event_ration){ 0 };
}

/* As many tokens as there are, of `wanted` at most. */
static uint64_t
take(struct ration *r, const struct ration_rule *rule, uint64_t wanted, uint64_t now_ms)
{
    uint64_t taken = 0;
    while (taken < wanted && ration_take(r, rule, now_ms))
        taken++;
    return taken;
}

static void
grant_clipboard(struct event_ration *r, const struct screen *s)
{
    r->granted.clipboards++;
    payload_set(&r->clipboard.contents, s->clipboard.contents);
    r->clipboard.target = s->clipboard.target;
    r->clipboard.count = r->granted.clipboards;
}

static void
take_new(struct event_ration *r, const struct screen *s, uint64_t now_ms)
{
    const struct event_counts now = events_counts(s);
    uint64_t fresh = now.notifications - r->seen.notifications;
    if (fresh > EVENTS_NOTIFICATIONS_MAX)
        fresh = EVENTS_NOTIFICATIONS_MAX; /* no more are remembered */
    r->granted.notifications += take(&r->notifications, &ration_of_notifications, fresh, now_ms);
    r->granted.bells += take(&r->bells, &ration_of_bells, now.bells != r->seen.bells, now_ms);
    if (now.clipboards != r->seen.clipboards &&
        take(&r->clipboards, &ration_of_clipboards, 1, now_ms) > 0)
        grant_clipboard(r, s);
    r->seen = now;
}

struct screen *
event_ration_apply(struct event_ration *r, struct screen *s, uint64_t now_ms)
{
    take_new(r, s, now_ms);
    if (s->bell_count == r->granted.bells && s->clipboard.count == r->clipboard.count &&
        payload_equal(s->clipboard.contents, r->clipboard.contents) &&
        s->notifications.count == r->granted.notifications)
        return screen_ref(s);
    struct screen *granted = screen_copy(s);
    granted->bell_count = r->granted.bells;
    granted->clipboard.count = r->clipboard.count;
    granted->clipboard.target = r->clipboard.target;
    payload_set(&granted->clipboard.contents, r->clipboard.contents);
    granted->notifications.count = r->granted.notifications;
    return granted;
}
