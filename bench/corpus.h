/* What programs print, made up: the same bytes on every machine and in every run. */
#ifndef SKUA_BENCH_CORPUS_H
#define SKUA_BENCH_CORPUS_H

#include <stdint.h>

#include "base/buf.h"

#define CORPUS_BYTES (4 * 1024 * 1024)

/* Lines end in CR LF, as a terminal gets them; the editor expects 80 by 24. */
struct corpus {
    const char *name;
    /* Append one piece, a line or a step of a program. state is the generator's, and not 0. */
    void (*piece)(struct buf *out, uint64_t *state);
};

extern const struct corpus corpora[];
extern const int corpora_count;

/* Pieces of a corpus, CORPUS_BYTES or some hundred less, into out, which has room for them. */
void corpus_fill(const struct corpus *c, struct buf *out);

#endif
