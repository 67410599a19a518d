/*
 * Bodies lie in one buffer a partial in the order of their arrival, found through a table by index
 * that is as long as the highest index seen. Nothing is allocated by a number from outside beyond
 * that table's 16384 entries.
 */
#include "net/transport/assembler.h"

#include <assert.h>
#include <stdbool.h>
#include <stdlib.h>

#include "base/buf.h"
#include "base/mem.h"
#include "net/wire/instruction.h"

/* A partial this far behind the newest completed id is not coming any more. */
#define PARTIAL_AGE_MAX 64

/* Memory that is kept from one instruction to the next. */
#define WHOLE_KEEP_BYTES (64 * 1024)

struct place {
    bool filled;
    uint32_t at, len; /* in partial.bytes */
};

struct partial {
    bool used;
    uint64_t id;
    struct place *place;
    size_t places;   /* highest index seen, and one */
    size_t filled;   /* of them */
    size_t expected; /* places that the final fragment announced; 0: not seen yet */
    struct buf bytes;
};

struct assembler {
    struct partial partial[ASSEMBLER_PARTIAL_MAX];
    bool any_done;
    uint64_t newest_done;
    uint64_t done[ASSEMBLER_WINDOW / 64]; /* a ring of bits by id */
    struct buf whole;
};

struct assembler *
assembler_new(void)
{
    struct assembler *a = mem_new(1, sizeof *a);
    for (size_t i = 0; i < ASSEMBLER_PARTIAL_MAX; i++)
        buf_init(&a->partial[i].bytes, INSTRUCTION_MAX_BYTES);
    buf_init(&a->whole, INSTRUCTION_MAX_BYTES);
    return a;
}

static void
drop(struct partial *p)
{
    buf_fini(&p->bytes);
    free(p->place);
    *p = (struct partial){ .bytes = p->bytes };
}

void
assembler_free(struct assembler *a)
{
    if (a == NULL)
        return;
    for (size_t i = 0; i < ASSEMBLER_PARTIAL_MAX; i++)
        drop(&a->partial[i]);
    buf_fini(&a->whole);
    free(a);
}

static bool
is_stale(const struct assembler *a, uint64_t id)
{
    return a->any_done && id < a->newest_done && a->newest_done - id >= ASSEMBLER_WINDOW;
}

static uint64_t *
done_word(struct assembler *a, uint64_t id)
{
    return &a->done[id % ASSEMBLER_WINDOW / 64];
}

static bool
is_done(struct assembler *a, uint64_t id)
{
    return a->any_done && id <= a->newest_done && (*done_word(a, id) >> (id % 64) & 1) != 0;
}

static void
note_done(struct assembler *a, uint64_t id)
{
    if (!a->any_done || id > a->newest_done) {
        /* The bits of the ids in between were those of ids a window before. */
        uint64_t skipped = a->any_done ? id - a->newest_done : ASSEMBLER_WINDOW;
        if (skipped > ASSEMBLER_WINDOW)
            skipped = ASSEMBLER_WINDOW;
        for (uint64_t i = 0; i < skipped; i++)
            *done_word(a, id - i) &= ~(UINT64_C(1) << ((id - i) % 64));
        a->any_done = true;
        a->newest_done = id;
    }
    *done_word(a, id) |= UINT64_C(1) << (id % 64);
    for (size_t i = 0; i < ASSEMBLER_PARTIAL_MAX; i++) {
        struct partial *p = &a->partial[i];
        if (p->used && p->id < a->newest_done && a->newest_done - p->id > PARTIAL_AGE_MAX)
            drop(p);
    }
}

/* The partial with the lowest id, other than `except`; NULL if there is none. */
static struct partial *
oldest(struct assembler *a, const struct partial *except)
{
    struct partial *found = NULL;
    for (size_t i = 0; i < ASSEMBLER_PARTIAL_MAX; i++) {
        struct partial *p = &a->partial[i];
        if (p->used && p != except && (found == NULL || p->id < found->id))
            found = p;
    }
    return found;
}

/* The partial of this id, made if need be; NULL if all places belong to newer ones. */
static struct partial *
partial_of(struct assembler *a, uint64_t id)
{
    struct partial *unused = NULL;
    for (size_t i = 0; i < ASSEMBLER_PARTIAL_MAX; i++) {
        struct partial *p = &a->partial[i];
        if (p->used && p->id == id)
            return p;
        if (!p->used)
            unused = p;
    }
    if (unused == NULL) {
        struct partial *p = oldest(a, NULL);
        if (p->id > id)
            return NULL;
        drop(p);
        unused = p;
    }
    unused->used = true;
    unused->id = id;
    return unused;
}

/* What the fragments that are here say against f. SKUA_OK: nothing. */
static enum skua_err
check(const struct partial *p, const struct fragment *f)
{
    if (p->expected != 0 && f->index >= p->expected)
        return SKUA_ERR_MALFORMED;
    if (f->final && p->expected != 0 && p->expected != (size_t)f->index + 1)
        return SKUA_ERR_MALFORMED;
    if (f->final && p->places > (size_t)f->index + 1)
        return SKUA_ERR_MALFORMED;
    if (f->index >= p->places || !p->place[f->index].filled)
        return SKUA_OK;

    const struct place *here = &p->place[f->index];
    bool is_last = p->expected == (size_t)f->index + 1;
    struct view body = view_first(view_from(buf_view(&p->bytes), here->at), here->len);
    return view_equal(body, f->body) && f->final == is_last ? SKUA_ERR_DUPLICATE
                                                            : SKUA_ERR_MALFORMED;
}

static void
grow(struct partial *p, size_t places)
{
    if (places <= p->places)
        return;
    p->place = mem_resize(p->place, places, sizeof *p->place);
    for (size_t i = p->places; i < places; i++)
        p->place[i] = (struct place){ 0 };
    p->places = places;
}

/* Room for len bytes more in p, at the cost of older ones; false if p itself is what is too large. */
static bool
make_room(struct assembler *a, struct partial *p, size_t len)
{
    if (len > p->bytes.max - p->bytes.len)
        return false;
    while (len > ASSEMBLER_PARTIAL_MAX_BYTES - assembler_partial_bytes(a)) {
        struct partial *victim = oldest(a, p);
        if (victim == NULL || victim->id > p->id)
            return false;
        drop(victim);
    }
    return true;
}

static struct view
join(struct assembler *a, const struct partial *p)
{
    buf_clear(&a->whole);
    for (size_t i = 0; i < p->places; i++) {
        struct view body = view_from(buf_view(&p->bytes), p->place[i].at);
        buf_put(&a->whole, view_first(body, p->place[i].len));
    }
    assert(!a->whole.overflow);
    return buf_view(&a->whole);
}

static bool
is_under_way(const struct assembler *a, uint64_t id)
{
    for (size_t i = 0; i < ASSEMBLER_PARTIAL_MAX; i++) {
        if (a->partial[i].used && a->partial[i].id == id)
            return true;
    }
    return false;
}

static enum skua_err
store(struct assembler *a, struct partial *p, const struct fragment *f, struct view *whole)
{
    grow(p, (size_t)f->index + 1);
    p->place[f->index] = (struct place){
        .filled = true,
        .at = (uint32_t)p->bytes.len,
        .len = (uint32_t)f->body.len,
    };
    buf_put(&p->bytes, f->body);
    p->filled++;
    if (f->final)
        p->expected = (size_t)f->index + 1;
    if (p->filled != p->expected)
        return SKUA_ERR_INCOMPLETE;

    *whole = join(a, p);
    uint64_t id = p->id;
    drop(p);
    note_done(a, id);
    return SKUA_OK;
}

enum skua_err
assembler_take(struct assembler *a, const struct fragment *f, struct view *whole)
{
    buf_clear(&a->whole);
    buf_shrink(&a->whole, WHOLE_KEEP_BYTES);
    if (is_stale(a, f->id))
        return SKUA_ERR_STALE;
    if (is_done(a, f->id))
        return SKUA_ERR_DUPLICATE;
    if (f->body.len > INSTRUCTION_MAX_BYTES)
        return SKUA_ERR_TOO_LARGE;
    if (f->final && f->index == 0 && !is_under_way(a, f->id)) {
        *whole = f->body;
        note_done(a, f->id);
        return SKUA_OK;
    }

    struct partial *p = partial_of(a, f->id);
    if (p == NULL)
        return SKUA_ERR_STALE;
    enum skua_err err = check(p, f);
    if (err != SKUA_OK)
        return err;
    if (!make_room(a, p, f->body.len)) {
        drop(p);
        return SKUA_ERR_TOO_LARGE;
    }
    return store(a, p, f, whole);
}

size_t
assembler_partial_count(const struct assembler *a)
{
    size_t count = 0;
    for (size_t i = 0; i < ASSEMBLER_PARTIAL_MAX; i++)
        count += a->partial[i].used;
    return count;
}

size_t
assembler_partial_bytes(const struct assembler *a)
{
    size_t bytes = 0;
    for (size_t i = 0; i < ASSEMBLER_PARTIAL_MAX; i++)
        bytes += a->partial[i].bytes.len;
    return bytes;
}
