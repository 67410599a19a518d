/*
 * What we expect of keys that the server has not answered yet: a queue, oldest first, each with the
 * line as it should look after that key.
 */
#ifndef SKUA_TERM_PREDICT_GUESS_H
#define SKUA_TERM_PREDICT_GUESS_H

#include <stdbool.h>
#include <stdint.h>

#include "term/input/key.h"
#include "term/predict/context.h"
#include "term/predict/line.h"
#include "term/predict/line_editor.h"
#include "term/predict/modal.h"

/* Keys outstanding; with more, predictions are given up until the server answers. */
#define GUESS_MAX 256

struct guess {
    struct key key;
    enum line_command command;
    uint64_t due; /* number of the client state that holds the key: a verdict needs its echo */
    uint64_t born_ms;
    uint64_t epoch;   /* stretch of input that one echo proves */
    uint64_t serial;  /* of the key */
    struct line line; /* after the key; only if is_modelled */
    bool is_modelled; /* else what the key does is not known, nor what those behind it do */
    bool has_effect;  /* the line differs from the one before it */
    bool tells;       /* its echo cannot be mistaken for what stood there before */
    bool was_shown;
    bool switches;        /* it changes an editor's mode, and is no text */
    enum modal modal;     /* after the key; before it where that is not known */
    enum context_tty tty; /* when the key was typed */
    bool is_seen;         /* an Enter: the screen shows that the line was sent off */
    bool is_secret;       /* it was typed where nothing may be painted: it never is */
};

struct guesses {
    int count, room;
    struct guess *at; /* room of them */
};

/* Nothing is left; they can be used again. */
void guesses_fini(struct guesses *g);

/* Add a guess, taken over with its line. There must be room. */
void guesses_push(struct guesses *g, const struct guess *guess);

/* Drop the oldest `count` of them. */
void guesses_drop(struct guesses *g, int count);

/* How many are due: their echo must be in a screen that shows client state echo_ack. */
int guesses_due(const struct guesses *g, uint64_t echo_ack);

/* The newest, or NULL. */
struct guess *guesses_last(struct guesses *g);

/* When the oldest that is modelled was typed; UINT64_MAX: there is none. */
uint64_t guesses_oldest_ms(const struct guesses *g);

#endif
