/*
 * A model of the predictions of Mosh 1.4.0's client, made from what its programs are seen to do: cells
 * and cursors guessed one by one, epochs that one echo proves, one mistake that ends them all. It is
 * there to be measured beside ours on the same keys and links; what it says is only as good as its
 * calibration (docs/PREDICTION.md).
 *
 * Left out: underlining and renditions, which nothing here scores, and the experimental mode.
 */
#ifndef SKUA_TESTS_SIM_PREDICTION_STOCK_H
#define SKUA_TESTS_SIM_PREDICTION_STOCK_H

#include <stdint.h>

#include "base/view.h"
#include "term/predict/predictor.h"
#include "term/screen/screen.h"

struct stock;

/* For screens of that size. Ended by stock_free(). */
struct stock *stock_new(enum predict_display display, int rows, int cols);
void stock_free(struct stock *k);

/* The bytes of one read were typed while `displayed` was on the screen. */
void stock_type(struct stock *k, struct view bytes, const struct screen *displayed,
                const struct predict_sync *sync, uint64_t now_ms);

/* A datagram has come: how far the server has got. */
void stock_note_sync(struct stock *k, const struct predict_sync *sync);

/* What is painted over the server's screen s, as a new reference. */
struct screen *stock_overlay(struct stock *k, struct screen *s, uint64_t now_ms);

#endif
