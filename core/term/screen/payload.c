/* Counted immutable bytes. */
#include "term/screen/payload.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

struct payload *
payload_new(struct view bytes)
{
    struct payload *p = mem_new(1, sizeof *p + bytes.len);
    p->refs = 1;
    p->len = bytes.len;
    if (bytes.len > 0)
        memcpy(p->bytes, bytes.data, bytes.len);
    return p;
}

struct payload *
payload_ref(struct payload *p)
{
    if (p != NULL)
        p->refs++;
    return p;
}

void
payload_unref(struct payload *p)
{
    if (p != NULL && --p->refs == 0)
        free(p);
}

void
payload_set(struct payload **slot, struct payload *p)
{
    payload_ref(p);
    payload_unref(*slot);
    *slot = p;
}

struct view
payload_view(const struct payload *p)
{
    return p == NULL ? (struct view){ 0 } : view_of(p->bytes, p->len);
}

bool
payload_equal(const struct payload *a, const struct payload *b)
{
    return a == b || view_equal(payload_view(a), payload_view(b));
}
