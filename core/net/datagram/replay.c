/* RFC 6479 does the same with a ring of words; a ring of bits needs no care at a word's edge. */
#include "net/datagram/replay.h"

#include <string.h>

void
replay_init(struct replay *replay)
{
    *replay = (struct replay){ .has_any = false };
}

static uint64_t *
word_of(struct replay *replay, uint64_t sequence)
{
    return &replay->seen[sequence % REPLAY_WINDOW / 64];
}

static uint64_t
bit_of(uint64_t sequence)
{
    return UINT64_C(1) << (sequence % 64);
}

bool
replay_is_fresh(const struct replay *replay, uint64_t sequence)
{
    if (!replay->has_any || sequence > replay->newest)
        return true;
    if (replay->newest - sequence >= REPLAY_WINDOW)
        return false;
    return (replay->seen[sequence % REPLAY_WINDOW / 64] & bit_of(sequence)) == 0;
}

/* The window moves on to sequence: the bits that change their meaning on the way say "not seen". */
static void
move_to(struct replay *replay, uint64_t sequence)
{
    if (!replay->has_any || sequence - replay->newest >= REPLAY_WINDOW) {
        memset(replay->seen, 0, sizeof replay->seen);
    } else {
        for (uint64_t passed = replay->newest + 1; passed < sequence; passed++)
            *word_of(replay, passed) &= ~bit_of(passed);
    }
    replay->newest = sequence;
    replay->has_any = true;
}

bool
replay_note(struct replay *replay, uint64_t sequence)
{
    bool is_newest = !replay->has_any || sequence > replay->newest;
    if (is_newest)
        move_to(replay, sequence);
    *word_of(replay, sequence) |= bit_of(sequence);
    return is_newest;
}
