/*
 * Links that no cell shows any more are noticed only when the table is full: then those that nobody
 * but the table refers to are swept out.
 */
#include "term/emulator/link.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "term/emulator/emulator_internal.h"
#include "term/emulator/field.h"

#define LINKS_FIRST 16

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

/* The value of id in "k=v:k=v"; empty if there is none. */
static struct view
find_id(struct view params)
{
    while (params.len > 0) {
        struct view param = field_take(&params, ':');
        if (param.len > 3 && memcmp(param.data, "id=", 3) == 0)
            return view_from(param, 3);
    }
    return (struct view){ 0 };
}

static struct payload *
parse(struct links *l, struct view text)
{
    struct view uri = text;
    struct view id = find_id(field_take(&uri, ';'));
    if (uri.len == 0 || uri.len > LINK_URI_MAX_BYTES || id.len > LINK_ID_MAX_BYTES ||
        !is_printable_ascii(text))
        return NULL;
    uint8_t bytes[3 + LINK_ID_MAX_BYTES + 1 + LINK_URI_MAX_BYTES];
    size_t len = 0;
    if (id.len > 0) {
        memcpy(bytes, "id=", 3);
        memcpy(bytes + 3, id.data, id.len);
        len = 3 + id.len;
    }
    bytes[len++] = ';';
    memcpy(bytes + len, uri.data, uri.len);
    return intern(l, view_of(bytes, len + uri.len));
}

void
link_set(struct emulator *e, struct view text)
{
    struct style pen = e->screen->pen;
    pen.link = parse(&e->links, text);
    screen_set_pen(e->screen, &pen);
}
