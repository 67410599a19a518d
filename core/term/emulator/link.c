/*
 * Links that no cell shows any more are noticed only when the table is full: then those that nobody
 * but the table refers to are swept out.
 */
#include "term/emulator/link.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "term/emulator/emulator_internal.h"
#include "term/emulator/field.h"

#define LINKS_FIRST 16

/* "id=" and the longest id, or "n=" and the longest number; the semicolon; the longest URI. */
#define LINK_MAX_BYTES (3 + LINK_ID_MAX_BYTES + 1 + LINK_URI_MAX_BYTES)

void
links_fini(struct links *l)
{
    for (size_t i = 0; i < l->count; i++)
        payload_unref(l->entry[i]);
    free(l->entry);
    *l = (struct links){ 0 };
}

static void
sweep(struct links *l)
{
    size_t kept = 0;
    for (size_t i = 0; i < l->count; i++) {
        if (l->entry[i]->refs > 1) {
            l->entry[kept++] = l->entry[i];
            continue;
        }
        l->bytes -= l->entry[i]->len;
        payload_unref(l->entry[i]);
    }
    l->count = kept;
}

static bool
is_full(const struct links *l, size_t bytes)
{
    return l->count == LINKS_MAX || bytes > LINKS_MAX_BYTES - l->bytes;
}

/* The table's own reference to these bytes, or NULL if there is no room for them. */
static struct payload *
intern(struct links *l, struct view bytes)
{
    for (size_t i = l->count; i > 0; i--) {
        if (view_equal(payload_view(l->entry[i - 1]), bytes))
            return l->entry[i - 1];
    }
    if (is_full(l, bytes.len))
        sweep(l);
    if (is_full(l, bytes.len))
        return NULL;
    if (l->count == l->capacity) {
        l->capacity = l->capacity > 0 ? l->capacity * 2 : LINKS_FIRST;
        l->entry = mem_resize(l->entry, l->capacity, sizeof *l->entry);
    }
    l->bytes += bytes.len;
    return l->entry[l->count++] = payload_new(bytes);
}

static bool
is_printable_ascii(struct view text)
{
    for (size_t i = 0; i < text.len; i++) {
        if (text.data[i] < 0x20 || text.data[i] > 0x7E)
            return false;
    }
    return true;
}

/* "name=value" in "k=v:k=v", name and all; empty if there is none or it has no value. */
static struct view
find_param(struct view params, const char *name)
{
    struct view start = view_of_text(name);
    while (params.len > 0) {
        struct view param = field_take(&params, ':');
        if (param.len > start.len && view_equal(view_first(param, start.len), start))
            return param;
    }
    return (struct view){ 0 };
}

/* What tells this link from others to the same place. A peer has numbered those that had no id. */
static void
put_name(struct links *l, struct view params, bool is_peer, struct buf *out)
{
    struct view id = find_param(params, "id=");
    if (id.len == 0 && is_peer)
        id = find_param(params, "n=");
    if (id.len == 0 && !is_peer)
        buf_putf(out, "n=%llu", (unsigned long long)++l->unnamed);
    else if (id.len <= 3 + LINK_ID_MAX_BYTES)
        buf_put(out, id);
    else
        out->overflow = true;
}

static struct payload *
parse(struct links *l, struct view text, bool is_peer)
{
    struct view uri = text;
    struct view params = field_take(&uri, ';');
    if (uri.len == 0 || uri.len > LINK_URI_MAX_BYTES || !is_printable_ascii(text))
        return NULL;
    struct buf link;
    buf_init(&link, LINK_MAX_BYTES);
    put_name(l, params, is_peer, &link);
    buf_put_u8(&link, ';');
    buf_put(&link, uri);
    struct payload *p = link.overflow ? NULL : intern(l, buf_view(&link));
    buf_fini(&link);
    return p;
}

void
link_set(struct emulator *e, struct view text)
{
    struct style pen = e->screen->pen;
    pen.link = parse(&e->links, text, !e->role->names_links);
    screen_set_pen(e->screen, &pen);
}
