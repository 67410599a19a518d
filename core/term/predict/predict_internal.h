/* What the files of the predictor share. */
#ifndef SKUA_TERM_PREDICT_PREDICT_INTERNAL_H
#define SKUA_TERM_PREDICT_PREDICT_INTERNAL_H

#include "term/predict/command.h"
#include "term/predict/context.h"
#include "term/predict/guess.h"
#include "term/predict/history.h"
#include "term/predict/landing.h"
#include "term/predict/predictor.h"
#include "term/predict/prompt.h"
#include "term/predict/trigger.h"

struct predictor {
    struct predict_preference preference;
    struct key_decoder decoder;
    struct trigger trigger;
    struct contexts contexts;
    struct prompt prompt;
    struct landings landings;
    struct history history;
    struct guesses guesses;
    struct context *context; /* of the guesses; NULL before the first line */
    struct line rest;        /* the line before the oldest guess, as the server showed it */
    bool has_rest;
    struct row *above;       /* counted: what stood above the line at rest; NULL: nothing */
    struct line_rules rules; /* of the guesses */
    struct line_kill killed;
    struct hints hints;
    struct predict_sync sync;
    struct predict_stats stats;
    int rows, cols;           /* of the window; 0: none seen yet */
    uint64_t epoch;           /* of keys typed now */
    uint64_t confirmed_epoch; /* up to this one, echoes were seen */
    uint64_t serial;          /* of the last key */
    uint64_t control_serial;  /* of the last key that may have begun something else */
    uint64_t echoed_serial;   /* of the last key whose echo was seen */
    int echoes;               /* seen of epoch `echoes_epoch` */
    uint64_t echoes_epoch;
    bool calm;        /* so many in one stretch, since a program began */
    bool was_editing; /* bracketed paste was on when a line was last begun */
    uint64_t late_ms; /* the oldest guess is due but not there: wait so long; 0: it is not */
    bool unsettled;   /* Enter was answered, but the cursor is where it was: */
    int unsettled_row, unsettled_col;
    bool shows_directory; /* the prompt was seen to change with it */
    bool in_paste;
    bool has_sent_line;        /* the last key that may have begun something else was Enter */
    bool has_slid;             /* the field that is typed in was moved along */
    bool is_asking;            /* a pager was asked to take a pattern */
    bool is_prefixed;          /* the last key may have been the prefix of what shows panes */
    bool is_whole;             /* a program has the whole screen */
    bool is_modal;             /* and has shown that it inserts, as vi does */
    enum command_kind started; /* by the line that was sent off last to a program of its own */
    uint64_t tty_since_ms;     /* since when the tty is in this mode, with this program */
};

/* Two send intervals make a round trip, but for what its variation takes off. */
static inline uint64_t
predictor_round_trip_ms(const struct predictor *p)
{
    return (uint64_t)p->sync.send_interval_ms * 18 / 10;
}

/* What is typed from now on has to be proved by an echo of its own. */
void predictor_doubt(struct predictor *p);

/* raw shows the line at rest: remember what stands above it. */
void rest_note_above(struct predictor *p, const struct screen *raw);

/* The line at rest is not to be relied on any more. */
void predictor_forget_rest(struct predictor *p);

/*
 * Find the line that the next key goes to: into p->rest, with its context and rules. modal: the mode of
 * the editor. Returns false where there is none that can be followed.
 */
bool rest_begin(struct predictor *p, const struct screen *raw, enum modal modal);

/* Work out what the key of g does, on the line as the newest guess has it, or as raw shows it. */
void predictor_model(struct predictor *p, struct guess *g, const struct screen *raw);

/* What the key of g does to l; the situation is that of the line at rest. */
enum line_effect predictor_apply(struct predictor *p, struct line *l, const struct guess *g);

/*
 * All guesses anew, from the keys that the server has not answered and the screen raw. was_sent: a line was
 * sent off by those that it has answered just now, so that the prompt may be back.
 * acked: so many of the first keys, typed behind that line, have been answered as well.
 */
void predictor_replay(struct predictor *p, const struct screen *raw, bool was_sent, int acked,
                      uint64_t now_ms);

/*
 * Begin the line behind one that was sent off, with nothing typed in it yet: into *next, which line_fini()
 * ends. Returns false where nothing is known of the place, or where a secret might be asked for.
 */
bool ahead_begin(struct predictor *p, const struct line *sent, struct line *next);

/*
 * Whether raw, in which the line `sent` has been left, shows that the shell waits for the next one: the
 * same prompt is back, and a line editor reads.
 */
bool
ahead_is_answered(const struct predictor *p, const struct line *sent, const struct screen *raw);

/* raw is the answer to a line that was sent off and has moved up by shift rows: learn from it. */
void ahead_note(struct predictor *p, const struct line *sent, int shift, const struct screen *raw);

/*
 * Put into l what Up or Down brings back. Returns LINE_EFFECT_UNKNOWN where only the shell knows.
 */
enum line_effect recall_apply(const struct predictor *p, struct line *l, enum line_command command);

/* The line `sent` was sent off, and was seen so; NULL: one that is not known. */
void recall_note(struct predictor *p, const struct line *sent);

/* The tty is in this mode now. */
void trust_note_hints(struct predictor *p, const struct hints *hints, uint64_t now_ms);

/* Whether nothing may be painted where the cursor of s stands: it may be a secret. */
bool trust_forbids(const struct predictor *p, const struct screen *s);

/* Why g may not be shown, if those before it are: PREDICT_HOLD_NONE, it may. */
enum predict_hold trust_holds(const struct predictor *p, const struct guess *g, uint64_t now_ms);

/* Judge the guesses by raw and p->sync. */
void verdict_review(struct predictor *p, const struct screen *raw, uint64_t now_ms);

/* Whether guesses are hidden because an answer is overdue. */
bool verdict_is_waiting(const struct predictor *p);

#endif
