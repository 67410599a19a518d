/*
 * How well predictions do on recorded sessions of real programs, over links with delay.
 *
 *     prediction_sim [-v] TRACE...     a table of figures; -v: each key that was not instant
 *
 * Fails where a secret is painted, or the figures fall below what was reached before.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "prediction/trace.h"
#include "prediction/typing.h"

/*
 * Floors over all traces, of the keys that can be known: instant at least, wrong at most. They stand
 * just below what is reached, so that a loss fails; the aim is 0.97, 0.93 and 0.005.
 */
#define INSTANT_WITH_HINTS    0.95
#define INSTANT_WITHOUT_HINTS 0.925
#define WRONG_MAX             0.003

static const uint32_t round_trips_ms[] = { 100, 250, 500 };

static double
instant_share(const struct typing_score *s)
{
    unsigned known = s->keys - s->unknowable;
    return known > 0 ? (double)s->instant / known : 1;
}

static double
wrong_share(const struct typing_score *s)
{
    return s->keys > 0 ? s->wrong / s->keys : 0;
}

static void
print(const char *name, const char *link, const struct typing_score *s)
{
    printf("%-12s %-18s keys %5u  instant %6.2f %% (of all %6.2f %%)  wrong %5.2f %%  leaks %u\n",
           name, link, s->keys, 100 * instant_share(s), 100.0 * s->instant / (s->keys + !s->keys),
           100 * wrong_share(s), s->leaks);
}

static void
add(struct typing_score *sum, const struct typing_score *s)
{
    sum->keys += s->keys;
    sum->instant += s->instant;
    sum->unknowable += s->unknowable;
    sum->wrong += s->wrong;
    sum->leaks += s->leaks;
}

static const char *
base_name(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash != NULL ? slash + 1 : path;
}

/* All links over one trace; with and without hints apart in sum[]. */
static bool
play_all(const char *path, bool verbose, struct typing_score sum[2])
{
    struct trace *t = trace_load(path);
    if (t == NULL)
        return false;
    for (int hints = 0; hints < 2; hints++) {
        for (size_t i = 0; i < sizeof round_trips_ms / sizeof round_trips_ms[0]; i++) {
            const struct typing_link link = { round_trips_ms[i], round_trips_ms[i] / 10, 1, hints };
            struct typing_score score = { 0 };
            char text[32];
            snprintf(text, sizeof text, "%u ms%s", round_trips_ms[i], hints ? ", hints" : "");
            if (verbose)
                printf("--- %s %s\n", base_name(path), text);
            typing_play(t, &link, PREDICT_ALWAYS, &score, verbose ? stdout : NULL);
            print(base_name(path), text, &score);
            add(&sum[hints], &score);
        }
    }
    trace_free(t);
    return true;
}

int
main(int argc, char **argv)
{
    struct typing_score sum[2] = { { 0 }, { 0 } };
    bool verbose = argc > 1 && strcmp(argv[1], "-v") == 0, good = true;
    for (int i = verbose ? 2 : 1; i < argc; i++)
        good = play_all(argv[i], verbose, sum) && good;
    print("all", "without hints", &sum[0]);
    print("all", "hints", &sum[1]);
    const double floors[2] = { INSTANT_WITHOUT_HINTS, INSTANT_WITH_HINTS };
    for (int hints = 0; hints < 2; hints++) {
        good = good && sum[hints].leaks == 0 && wrong_share(&sum[hints]) <= WRONG_MAX &&
               instant_share(&sum[hints]) >= floors[hints];
    }
    return good ? EXIT_SUCCESS : EXIT_FAILURE;
}
