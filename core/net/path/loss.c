/* An exponential average, one step for each packet that should have come. */
#include "net/path/loss.h"

#define ALL    1000000
#define WEIGHT 32

static void
step(struct loss *loss, bool is_lost)
{
    if (is_lost)
        loss->micro += (ALL - loss->micro) / WEIGHT;
    else
        loss->micro -= (loss->micro + WEIGHT - 1) / WEIGHT;
}

void
loss_note(struct loss *loss, uint64_t sequence)
{
    if (loss->has_any && sequence < loss->newest) {
        uint32_t undo = (ALL - loss->micro) / (WEIGHT - 1);
        loss->micro -= undo < loss->micro ? undo : loss->micro;
        return;
    }
    uint64_t gap = loss->has_any ? sequence - loss->newest : sequence + 1;
    for (uint64_t i = 1; i < gap && i <= LOSS_GAP_MAX; i++)
        step(loss, true);
    step(loss, false);
    loss->has_any = true;
    loss->newest = sequence;
}

uint32_t
loss_permille(const struct loss *loss)
{
    return loss->micro / (ALL / 1000);
}
