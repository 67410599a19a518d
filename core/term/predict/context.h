/*
 * What is learned about predictions, kept apart by the situation in which keys are typed: the prompt,
 * the screen, the editor's mode. What came true here before is shown at once; what failed is not
 * shown any more.
 */
#ifndef SKUA_TERM_PREDICT_CONTEXT_H
#define SKUA_TERM_PREDICT_CONTEXT_H

#include <stdbool.h>
#include <stdint.h>

#include "term/predict/line.h"
#include "term/predict/line_editor.h"
#include "term/predict/prompt.h"
#include "term/screen/hints.h"
#include "term/screen/screen.h"

/* Situations remembered; the one unused for longest gives way. */
#define CONTEXT_MAX 32

/* What the tty is known to do with keys. */
enum context_tty {
    CONTEXT_TTY_UNKNOWN,
    CONTEXT_TTY_CANONICAL, /* the driver edits and echoes lines */
    CONTEXT_TTY_SILENT,    /* the driver reads lines and does not echo */
    CONTEXT_TTY_RAW,       /* the program does what it likes */
    CONTEXT_TTY_FEW,       /* the driver echoes, the program reads characters: a few, and then? */
};

struct situation {
    enum context_tty tty;
    bool is_whole;        /* a program has the whole screen: full_screen_is() */
    bool bracketed_paste; /* a line editor, or an editor, is waiting for input */
    bool is_full_screen;  /* so, or the bottom row shows an editor's mode; but no pane */
    bool is_pane;         /* a shell's, among others: what shows them has a bar of its own */
    bool is_interpreter;  /* the prompt says that a line is read, in some language */
    bool is_copier;       /* no prompt, no hints, and the line before came back as it was typed */
    uint8_t cursor_style;
    bool takes_text;    /* whole, and the bottom rows say what other keys do than text */
    bool is_emacs;      /* so by its mode line: control characters are its motions */
    bool indents;       /* and in a language of programs: it indents lines of its own accord */
    bool inserts;       /* whole, and that row says "-- INSERT --" */
    uint32_t mark;      /* prompt_mark() */
    uint32_t mode_hash; /* of the editor's mode, "-- INSERT --"; 0: none shown */
    bool is_field;      /* whole, and a line is typed in the bottom row, as in chat clients */
    bool is_asked;      /* whole, and a command or a pattern is typed in the bottom row */
    uint32_t program;   /* that reads keys one by one and is no known editor; else 0 */
};

/* What hints say of keys. */
enum context_tty context_tty_of(const struct hints *hints);

/* is_whole: a program has the whole of s (full_screen_is()). */
struct situation situation_of(const struct screen *s, bool is_whole, const struct hints *hints,
                              const struct prompt *prompt);

/* The same editor in insert mode. */
struct situation situation_inserting(const struct situation *s);

/* The same pager, asking for a pattern. */
struct situation situation_asking(const struct situation *s);

struct context {
    struct situation situation;
    uint64_t used; /* 0: the place is free */
    int16_t score; /* of typed text */
    uint8_t stays; /* how often the rest of a line stayed where it was; 0: it is pushed */
    uint8_t right[LINE_COMMAND_COUNT], wrong[LINE_COMMAND_COUNT];
};

/* All zeros is the start. */
struct contexts {
    uint64_t clock;
    struct context slot[CONTEXT_MAX];
};

/* The context of a situation, made if it is new. Valid until the next call makes another. */
struct context *contexts_find(struct contexts *c, const struct situation *situation);

/* Verdicts. */
void context_right(struct context *c, enum line_command command);
void context_wrong(struct context *c, enum line_command command);

/* The rest of a line was seen to be pushed by typed text, or to stay. */
void context_saw_tail(struct context *c, bool pushed);

/* Whether typed text pushes what is right of it here. */
bool context_pushes(const struct context *c);

/*
 * Whether a prediction of command may be shown before anything of this stretch of input was
 * confirmed, because it came true here before or the tty says so.
 */
bool context_trusts(const struct context *c, enum line_command command);

/*
 * Whether anything can make this situation trusted. Nothing can where the next key may be a secret: a
 * program that reads a few characters, a question, a row without any prompt.
 */
bool context_can_be_trusted(const struct context *c);

/* How many echoes prove a stretch of input here; calm: it has gone well since the program began. */
int context_proof_needed(const struct context *c, bool calm);

/* Whether command does here what we think it does, once typed text is known to be echoed. */
bool context_knows(const struct context *c, enum line_command command);

#endif
