/* Small generators; the words have the lengths of English ones, the lines those of source and logs. */
#include "corpus.h"

#include <stddef.h>

#define PIECE_MAX_BYTES 2048
#define SEED            UINT64_C(0x9E3779B97F4A7C15)

/* xorshift64 (Marsaglia, 2003): 0..below-1. */
static unsigned
pick(uint64_t *state, unsigned below)
{
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    return (unsigned)(*state >> 33) % below;
}

static void
put_word(struct buf *out, uint64_t *state)
{
    static const char letters[] = "etaoinshrdlucmfwypvbgkjqxzETAOIN0123456789_-./:=(){}";
    for (unsigned left = 2 + pick(state, 9); left > 0; left--)
        (void)buf_put_u8(out, (uint8_t)letters[pick(state, sizeof letters - 1)]);
}

static void
put_words(struct buf *out, uint64_t *state, unsigned count)
{
    for (unsigned i = 0; i < count; i++) {
        if (i > 0)
            (void)buf_put_u8(out, ' ');
        put_word(out, state);
    }
}

static void
ascii_run(struct buf *out, uint64_t *state)
{
    put_words(out, state, 64);
}

static void
ascii_lines(struct buf *out, uint64_t *state)
{
    put_words(out, state, pick(state, 15));
    (void)buf_put_text(out, "\r\n");
}

/* A compiler's or a test runner's log: every word or two in another colour. */
static void
colours(struct buf *out, uint64_t *state)
{
    for (unsigned words = 2 + pick(state, 7); words > 0; words--) {
        switch (pick(state, 6)) {
        case 0: (void)buf_putf(out, "\033[1;%um", 31 + pick(state, 6)); break;
        case 1: (void)buf_putf(out, "\033[38;5;%um", pick(state, 256)); break;
        case 2:
            (void)buf_putf(out, "\033[38;2;%u;%u;%um", pick(state, 256), pick(state, 256),
                           pick(state, 256));
            break;
        case 3:
            (void)buf_putf(out, "\033[0;%u;%um", 30 + pick(state, 8), 40 + pick(state, 8));
            break;
        default: (void)buf_putf(out, "\033[%um", 30 + pick(state, 8)); break;
        }
        put_word(out, state);
        (void)buf_put_text(out, pick(state, 2) == 0 ? "\033[0m " : " ");
    }
    (void)buf_put_text(out, "\033[m\r\n");
}

static void
put_three(struct buf *out, unsigned c)
{
    (void)buf_put_u8(out, (uint8_t)(0xE0 | c >> 12));
    (void)buf_put_u8(out, (uint8_t)(0x80 | (c >> 6 & 0x3F)));
    (void)buf_put_u8(out, (uint8_t)(0x80 | (c & 0x3F)));
}

/* Chinese and Japanese prose with its punctuation, and now and then a Latin word. */
static void
cjk(struct buf *out, uint64_t *state)
{
    for (unsigned left = pick(state, 60); left > 0; left--) {
        unsigned kind = pick(state, 16);
        if (kind == 0)
            put_three(out, 0x3001 + pick(state, 2));
        else if (kind < 5)
            put_three(out, 0x3042 + pick(state, 80));
        else if (kind == 5)
            put_word(out, state);
        else
            put_three(out, 0x4E00 + pick(state, 0x51A5));
    }
    (void)buf_put_text(out, "\r\n");
}

/* An editor that is scrolled, typed into and searched in: margins, moves, erasing, short runs. */
static void
editor(struct buf *out, uint64_t *state)
{
    unsigned row = 1 + pick(state, 23);
    switch (pick(state, 8)) {
    case 0:
        (void)buf_putf(out, "\033[?25l\033[1;23r\033[23;1H\n\033[1;24r\033[23;1H\033[33m%4u \033[m",
                       pick(state, 4000));
        put_words(out, state, 1 + pick(state, 9));
        (void)buf_put_text(out, "\033[K\033[?25h");
        break;
    case 1:
        (void)buf_putf(out, "\033[1;23r\033[1;1H\033[L\033[1;24r\033[1;1H\033[33m%4u \033[m",
                       pick(state, 4000));
        put_words(out, state, 1 + pick(state, 9));
        break;
    case 2:
        (void)buf_putf(out, "\033[24;1H\033[1m-- INSERT --\033[m\033[24;63H%u,%u\033[K\033[%u;%uH",
                       pick(state, 4000), pick(state, 80), row, 1 + pick(state, 80));
        break;
    case 3: (void)buf_putf(out, "\033[%u;%uH\033[K", row, 1 + pick(state, 80)); break;
    case 4: (void)buf_putf(out, "\033[%u;%uH\033[@%c", row, 1 + pick(state, 79), 'a'); break;
    case 5:
        (void)buf_putf(out, "\033[%u;%uH\033[%uP", row, 1 + pick(state, 79), 1 + pick(state, 4));
        break;
    default:
        (void)buf_putf(out, "\033[%u;%uH\033[3%um", row, 1 + pick(state, 40), pick(state, 8));
        put_words(out, state, 1 + pick(state, 4));
        (void)buf_put_text(out, "\033[m");
        break;
    }
}

const struct corpus corpora[] = {
    { "ascii", ascii_run }, { "lines", ascii_lines }, { "colours", colours },
    { "cjk", cjk },         { "editor", editor },
};

const int corpora_count = sizeof corpora / sizeof corpora[0];

void
corpus_fill(const struct corpus *c, struct buf *out)
{
    uint64_t state = SEED;
    while (out->len < CORPUS_BYTES - PIECE_MAX_BYTES)
        c->piece(out, &state);
}
