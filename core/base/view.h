/*
 * Bytes borrowed. A view never owns: it lives as long as what it looks at.
 */
#ifndef SKUA_BASE_VIEW_H
#define SKUA_BASE_VIEW_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* len bytes at data; data may be NULL only if len is 0. */
struct view {
    const uint8_t *data;
    size_t len;
};

/* A view of len bytes at data. */
static inline struct view
view_of(const void *data, size_t len)
{
    return (struct view){ .data = data, .len = len };
}

/* A view of a C string, without its terminating NUL. */
static inline struct view
view_of_text(const char *text)
{
    return view_of(text, strlen(text));
}

/* Whether a and b hold the same bytes. Not constant time: never for tags or keys. */
static inline bool
view_equal(struct view a, struct view b)
{
    return a.len == b.len && (a.len == 0 || memcmp(a.data, b.data, a.len) == 0);
}

/* Whether v is one of `count` texts. */
static inline bool
view_is_one_of(struct view v, const char *const *texts, size_t count)
{
    size_t i = 0;
    while (i < count && !view_equal(v, view_of_text(texts[i])))
        i++;
    return i < count;
}

/* The part of v from byte `from` on; empty if from is past the end. */
static inline struct view
view_from(struct view v, size_t from)
{
    if (from >= v.len)
        return (struct view){ 0 };
    return view_of(v.data + from, v.len - from);
}

/* The first `len` bytes of v; all of it if it is shorter. */
static inline struct view
view_first(struct view v, size_t len)
{
    return view_of(v.data, len < v.len ? len : v.len);
}

#endif
