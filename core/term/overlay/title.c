/* Title prefix. */
#include "term/overlay/title.h"

#include "base/buf.h"

/* A title is at most 254 code points; this bounds prefix and title together. */
#define TITLE_MAX_BYTES (254 * 4 + TITLE_PREFIX_MAX_BYTES)

struct screen *
title_overlay(struct screen *s, struct view prefix)
{
    if (!s->title_set || prefix.len == 0)
        return screen_ref(s);

    struct buf text;
    buf_init(&text, TITLE_MAX_BYTES);
    buf_put(&text, view_first(prefix, TITLE_PREFIX_MAX_BYTES));
    buf_put(&text, payload_view(s->title));
    struct payload *title = payload_new(buf_view(&text));
    buf_fini(&text);

    struct screen *out = screen_copy(s);
    if (payload_equal(s->icon, s->title))
        payload_set(&out->icon, title);
    payload_set(&out->title, title);
    payload_unref(title);
    return out;
}
