/* Keys are told apart by their lengths: a server may turn an arrow key into the other form of it. */
#include "recorded.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

#define PENDING_MAX 4096

/* A piece of output that is yet to be written. */
struct pending {
    uint64_t at_ms;
    const struct trace_key *key;
    int index;
};

struct recorded {
    const struct key_trace *trace;
    int next;     /* the key whose bytes come next */
    size_t taken; /* so many of them have come */
    uint64_t start_ms, free_ms;
    bool is_started;
    struct hints tty;
    struct pending pending[PENDING_MAX];
    int count;
};

struct recorded *
recorded_new(const struct key_trace *trace)
{
    struct recorded *r = mem_new(1, sizeof *r);
    r->trace = trace;
    r->tty = (struct hints){ .signals = true,
                             .extended = true,
                             .erase = HINTS_ERASE,
                             .word_erase = HINTS_WORD_ERASE,
                             .kill = HINTS_KILL };
    return r;
}

void
recorded_free(struct recorded *r)
{
    free(r);
}

static void
set_mode(struct recorded *r, const struct trace_key *k)
{
    r->tty.echo = k->echo;
    r->tty.canonical = k->canonical;
}

/* It works on one key after the other. */
static void
answer(struct recorded *r, const struct trace_key *k, uint64_t now_ms)
{
    uint64_t at_ms = now_ms > r->free_ms ? now_ms : r->free_ms;
    for (int i = 0; i < k->outs; i++) {
        if (r->count == PENDING_MAX)
            abort();
        at_ms += k->out[i].delay_ms + 1;
        r->pending[r->count++] = (struct pending){ at_ms, k, i };
    }
    r->free_ms = at_ms;
    if (k->outs == 0)
        set_mode(r, k);
}

void
recorded_start(struct recorded *r, uint64_t now_ms)
{
    r->is_started = true;
    r->next = 1;
    answer(r, &r->trace->key[0], now_ms);
}

static void
read_keys(struct recorded *r, size_t len, uint64_t now_ms)
{
    for (r->taken += len; r->next < r->trace->keys; r->next++) {
        const struct trace_key *k = &r->trace->key[r->next];
        if (r->taken < k->typed.len)
            return;
        r->taken -= k->typed.len;
        answer(r, k, now_ms);
    }
}

/* A recorded program has had the answers to what it asks: the terminal's are no keys. */
static void
write_piece(struct host_end *host, const struct pending *p, uint64_t now_ms)
{
    host_end_pty_output(host, buf_view(&p->key->out[p->index].bytes), now_ms);
    buf_clear(host_end_pty_input(host));
}

static void
run(void *context, struct host_end *host, uint64_t now_ms)
{
    struct recorded *r = context;
    struct buf *input = host_end_pty_input(host);
    int done = 0;
    if (r->is_started)
        read_keys(r, input->len, now_ms);
    buf_clear(input);
    for (; done < r->count && r->pending[done].at_ms <= now_ms; done++) {
        const struct pending *p = &r->pending[done];
        write_piece(host, p, now_ms);
        if (p->index == p->key->outs - 1)
            set_mode(r, p->key);
    }
    r->count -= done;
    memmove(r->pending, r->pending + done, (size_t)r->count * sizeof r->pending[0]);
    host_end_note_tty(host, &r->tty);
}

static uint64_t
deadline_ms(void *context)
{
    const struct recorded *r = context;
    return r->count > 0 ? r->pending[0].at_ms : UINT64_MAX;
}

struct world_program
recorded_program(struct recorded *r)
{
    return (struct world_program){ r, run, deadline_ms };
}
