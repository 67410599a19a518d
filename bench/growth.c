/*
 * What a frame costs by how many rows of it changed and how large the screen is: the emulator's snapshot, its
 * projection, and the bytes that take a client from the last one to this. One line a size and number of rows.
 *
 *   bench/growth [FRAMES]
 */
#include <stdio.h>
#include <stdlib.h>

#include "stopwatch.h"
#include "term/display/paint.h"
#include "term/display/project.h"
#include "term/emulator/emulator.h"

#define OUT_MAX_BYTES (1024 * 1024)

/* Others only ever slow us down: the best of several rounds. */
#define ROUNDS 7

static const int sizes[][2] = { { 24, 80 }, { 200, 80 }, { 60, 200 }, { 200, 500 } };
static const int changes[] = { 1, 4, 16 };

/* The same number of cells in each changed row, whatever the width. */
static void
change(struct emulator *e, int rows, int changed, int frame)
{
    char text[128];
    for (int i = 0; i < changed; i++) {
        int row = (frame * 7 + i) % rows;
        int len = snprintf(text, sizeof text,
                           "\033[%d;1Hrow %03d, frame %07d: and so it goes on to its end", row + 1,
                           row, frame);
        emulator_feed(e, view_of(text, (size_t)len), 0);
    }
}

static double
frame_s(int rows, int cols, int changed, int frames)
{
    struct emulator *e = emulator_new(EMULATOR_PTY, screen_new(rows, cols));
    struct buf out;
    buf_init(&out, OUT_MAX_BYTES);
    struct screen *before = emulator_snapshot(e, 0);
    double spent = 0;
    for (int frame = 0; frame < frames; frame++) {
        change(e, rows, changed, frame);
        double begin = stopwatch_s();
        struct screen *now = emulator_snapshot(e, 0);
        struct screen *projected = screen_project(now, &caps_skua);
        screen_unref(now);
        buf_clear(&out);
        paint(before, projected, &caps_skua, &out);
        screen_unref(before);
        before = projected;
        spent += stopwatch_s() - begin;
    }
    screen_unref(before);
    emulator_free(e);
    buf_fini(&out);
    return spent / frames;
}

int
main(int argc, char **argv)
{
    int frames = argc > 1 ? (int)strtol(argv[1], NULL, 10) : 1000;
    for (size_t s = 0; s < sizeof sizes / sizeof sizes[0]; s++) {
        for (size_t c = 0; c < sizeof changes / sizeof changes[0]; c++) {
            double best = 1e9;
            for (int round = 0; round < ROUNDS; round++) {
                double took = frame_s(sizes[s][0], sizes[s][1], changes[c], frames);
                best = took < best ? took : best;
            }
            printf("growth %3dx%-3d %2d rows changed %8.2f us\n", sizes[s][1], sizes[s][0],
                   changes[c], best * 1e6);
        }
    }
    return 0;
}
