/*
 * How many bytes a second the emulator alone takes, by what is in them: one line a corpus. The best of
 * several rounds, since others only ever slow us down.
 *
 *   bench/emulator [ROUNDS [CORPUS]]     under callgrind: 1 round and one corpus
 *   bench/emulator 0 CORPUS              its bytes instead, for who else takes them
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "corpus.h"
#include "stopwatch.h"
#include "term/emulator/emulator.h"

#define ROWS        24
#define COLS        80
#define FEED_BYTES  (16 * 1024) /* what a server reads at once */
#define FEEDS_ROUND (CORPUS_BYTES / FEED_BYTES)

static double
round_s(struct view corpus)
{
    struct emulator *e = emulator_new(EMULATOR_PTY, screen_new(ROWS, COLS));
    double begin = stopwatch_s();
    for (int i = 0; i < FEEDS_ROUND; i++)
        emulator_feed(e, view_first(view_from(corpus, (size_t)i * FEED_BYTES), FEED_BYTES), 0);
    double took = stopwatch_s() - begin;
    emulator_free(e);
    return took;
}

int
main(int argc, char **argv)
{
    int rounds = argc > 1 ? (int)strtol(argv[1], NULL, 10) : 10;
    struct buf bytes;
    buf_init(&bytes, CORPUS_BYTES);
    for (int i = 0; i < corpora_count; i++) {
        if (argc > 2 && strcmp(argv[2], corpora[i].name) != 0)
            continue;
        buf_clear(&bytes);
        corpus_fill(&corpora[i], &bytes);
        if (rounds == 0) {
            fwrite(bytes.data, 1, bytes.len, stdout);
            continue;
        }
        double best = round_s(buf_view(&bytes));
        for (int n = 1; n < rounds; n++) {
            double took = round_s(buf_view(&bytes));
            best = took < best ? took : best;
        }
        printf("emulator %-8s %7.0f MB/s\n", corpora[i].name, (double)bytes.len / best / 1e6);
    }
    buf_fini(&bytes);
    return 0;
}
