/* Thousandths, so that a fast clock does not lose what a slow pace gives. */
#include "net/transport/bucket.h"

#define TOKEN UINT64_C(1000)

void
bucket_init(struct bucket *b, uint64_t burst, uint64_t step_ms)
{
    *b = (struct bucket){ .burst = burst, .step_ms = step_ms };
}

static void
refill(struct bucket *b, uint64_t now_ms)
{
    uint64_t back = (now_ms - b->refilled_ms) * TOKEN / b->step_ms;
    b->out -= back < b->out ? back : b->out;
    b->refilled_ms = now_ms;
}

void
bucket_set_step(struct bucket *b, uint64_t step_ms, uint64_t now_ms)
{
    b->step_ms = step_ms;
    refill(b, now_ms);
}

/* How many may be out while there is still one left. */
static uint64_t
out_max(const struct bucket *b)
{
    return (b->burst - 1) * TOKEN;
}

uint64_t
bucket_due_ms(const struct bucket *b, uint64_t now_ms)
{
    if (b->out <= out_max(b))
        return now_ms;
    return now_ms + ((b->out - out_max(b)) * b->step_ms + TOKEN - 1) / TOKEN;
}

void
bucket_take(struct bucket *b, uint64_t tokens, uint64_t now_ms)
{
    refill(b, now_ms);
    b->out += tokens * TOKEN;
}

void
bucket_grant(struct bucket *b)
{
    if (b->out > out_max(b))
        b->out = out_max(b);
}
