/* Titles are text that a stranger chose and that a window manager shows: nothing but text gets in. */
#include "term/emulator/title.h"

#include <string.h>

#include "term/emulator/emulator_internal.h"
#include "term/text/codepoint.h"
#include "term/text/grapheme.h"
#include "term/text/utf8.h"

void
title_stack_fini(struct title_stack *t)
{
    for (int i = 0; i < t->count; i++) {
        payload_unref(t->entry[i].title);
        payload_unref(t->entry[i].icon);
    }
    t->count = 0;
}

static bool
is_unwanted(uint32_t c)
{
    bool is_control = c < 0x20 || (c >= 0x7F && c < 0xA0) || c == 0x2028 || c == 0x2029;
    bool is_bidi = (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
    return is_control || is_bidi;
}

static void
put_points(struct view text, int points, struct buf *out)
{
    uint32_t c;
    for (; text.len > 0 && points > 0; points--) {
        size_t used = utf8_next(text, &c);
        buf_put(out, view_first(text, used));
        text = view_from(text, used);
    }
}

static void
put_clusters(struct view text, int points, struct buf *out)
{
    while (text.len > 0) {
        struct view cluster = view_first(text, grapheme_length(text));
        text = view_from(text, cluster.len);
        int count = (int)utf8_count(cluster);
        if (count > points)
            break;
        points -= count;
        while (cluster.len > 0) {
            uint32_t c;
            size_t used = utf8_next(cluster, &c);
            if (!is_unwanted(c))
                buf_put(out, view_first(cluster, used));
            cluster = view_from(cluster, used);
        }
    }
}

void
title_set(struct emulator *e, struct view text, int points, bool title, bool icon)
{
    struct buf kept;
    buf_init(&kept, text.len);
    if (e->role->is_modern)
        put_clusters(text, points, &kept);
    else
        put_points(text, points, &kept);
    struct payload *p = payload_new(buf_view(&kept));
    buf_fini(&kept);
    if (title)
        payload_set(&e->screen->title, p);
    if (icon)
        payload_set(&e->screen->icon, p);
    payload_unref(p);
    e->screen->title_set = true;
}

void
title_push(struct emulator *e, int which)
{
    struct title_stack *t = &e->titles;
    if (t->count == TITLE_STACK_MAX) {
        payload_unref(t->entry[0].title);
        payload_unref(t->entry[0].icon);
        memmove(&t->entry[0], &t->entry[1], (TITLE_STACK_MAX - 1) * sizeof t->entry[0]);
        t->count--;
    }
    bool has_title = which != 1, has_icon = which != 2;
    t->entry[t->count].has_title = has_title;
    t->entry[t->count].has_icon = has_icon;
    t->entry[t->count].title = has_title ? payload_ref(e->screen->title) : NULL;
    t->entry[t->count].icon = has_icon ? payload_ref(e->screen->icon) : NULL;
    t->count++;
}

void
title_pop(struct emulator *e, int which)
{
    struct title_stack *t = &e->titles;
    if (t->count == 0)
        return;
    t->count--;
    struct payload *title = t->entry[t->count].title;
    struct payload *icon = t->entry[t->count].icon;
    if (which != 1 && t->entry[t->count].has_title)
        payload_set(&e->screen->title, title);
    if (which != 2 && t->entry[t->count].has_icon)
        payload_set(&e->screen->icon, icon);
    payload_unref(title);
    payload_unref(icon);
}
