/*
 * What prediction costs the client: a key typed and painted, and a frame judged and painted, at 200x60
 * with a full screen. The server is some keys behind, so that each frame finds guesses to judge and to
 * paint again. The mean of the best round, since others only ever slow us down.
 */
#include <stdio.h>
#include <stdlib.h>

#include "stopwatch.h"
#include "term/emulator/emulator.h"
#include "term/predict/predictor.h"

#define ROWS      60
#define COLS      200
#define ROUNDS    10
#define LINES     50
#define LINE_KEYS 150
#define BEHIND    16 /* half a second of quick typing */

struct cost {
    double key_s, frame_s;
    int keys, frames;
    uint64_t shown;
};

struct client {
    struct predictor *predictor;
    struct emulator *server;
    struct screen *raw;
    struct predict_sync sync;
    uint64_t now_ms;
};

static void
feed(struct client *c, const char *text)
{
    emulator_feed(c->server, view_of_text(text), c->now_ms);
}

static void
paint(struct client *c)
{
    screen_unref(predictor_overlay(c->predictor, c->raw, c->now_ms));
}

static void
frame(struct client *c, uint64_t echo_ack, struct cost *cost)
{
    static const struct hints none = { 0 };
    screen_unref(c->raw);
    c->raw = emulator_snapshot(c->server, c->now_ms);
    c->sync.echo_ack = echo_ack;
    double begin = stopwatch_s();
    predictor_judge(c->predictor, c->raw, &none, &c->sync, c->now_ms);
    paint(c);
    cost->frame_s += stopwatch_s() - begin;
    cost->frames++;
}

static void
key(struct client *c, const char *typed, struct cost *cost)
{
    double begin = stopwatch_s();
    predictor_type(c->predictor, view_of_text(typed), c->raw, &c->sync, c->now_ms);
    paint(c);
    cost->key_s += stopwatch_s() - begin;
    cost->keys++;
    c->sync.sent++;
    c->now_ms += 40;
}

static void
line(struct client *c, struct cost *cost)
{
    for (int i = 0; i < LINE_KEYS; i++) {
        key(c, "x", cost);
        if (i >= BEHIND) {
            feed(c, "x");
            frame(c, c->sync.sent - BEHIND, cost);
        }
    }
    for (int i = 0; i < BEHIND; i++)
        feed(c, "x");
    frame(c, c->sync.sent, cost);
    key(c, "\r", cost);
    feed(c, "\r\nanswer\r\nann@host:~$ ");
    frame(c, c->sync.sent, cost);
}

static struct cost
round_cost(void)
{
    const struct predict_preference preference = { .display = PREDICT_ALWAYS };
    struct cost cost = { 0 }, warm = { 0 };
    struct client c = { .predictor = predictor_new(&preference),
                        .server = emulator_new(EMULATOR_PTY, screen_new(ROWS, COLS)),
                        .raw = screen_new(ROWS, COLS),
                        .sync = { .send_interval_ms = 250 },
                        .now_ms = 1000 };
    for (int y = 0; y < ROWS * COLS / 10; y++)
        feed(&c, "0123456789");
    feed(&c, "\r\n\033[?2004hann@host:~$ ");
    frame(&c, 0, &warm);
    for (int i = 0; i < LINES; i++)
        line(&c, &cost);
    cost.shown = predictor_stats(c.predictor)->shown;
    screen_unref(c.raw);
    emulator_free(c.server);
    predictor_free(c.predictor);
    return cost;
}

int
main(void)
{
    double key_s = 1, frame_s = 1;
    struct cost cost = { 0 };
    for (int i = 0; i < ROUNDS; i++) {
        cost = round_cost();
        key_s = cost.key_s / cost.keys < key_s ? cost.key_s / cost.keys : key_s;
        frame_s = cost.frame_s / cost.frames < frame_s ? cost.frame_s / cost.frames : frame_s;
    }
    printf("prediction key   %6.1f us  (%d of them, %llu shown)\n", key_s * 1e6, cost.keys,
           (unsigned long long)cost.shown);
    printf("prediction frame %6.1f us  (%d of them)\n", frame_s * 1e6, cost.frames);
    return 0;
}
