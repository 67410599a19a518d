/* Words for keys that were not painted, as bench/prediction/missed.py counts them. */
#ifndef SKUA_TESTS_SIM_PREDICTION_HOLD_H
#define SKUA_TESTS_SIM_PREDICTION_HOLD_H

#include "base/view.h"
#include "term/predict/predictor.h"

/* What was typed: enter, tab, backspace, sequence, control, text. */
const char *hold_kind_of_key(struct view typed);

/* The kind of the key that holds others, an enum line_command; below 0: none, "-". */
const char *hold_kind_of_command(int command);

const char *hold_name(enum predict_hold hold);

#endif
