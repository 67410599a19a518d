/*
 * What a key does to a line: as the programs that people type into do it (readline, zle, fish, editors
 * in insert mode), or as a terminal driver does it in canonical mode. Guesses all of them: which
 * commands hold in a context is learned there (context.h).
 */
#ifndef SKUA_TERM_PREDICT_LINE_EDITOR_H
#define SKUA_TERM_PREDICT_LINE_EDITOR_H

#include <stdbool.h>

#include "term/input/key.h"
#include "term/predict/line.h"
#include "term/screen/hints.h"

enum line_command {
    LINE_COMMAND_TEXT,
    LINE_COMMAND_ERASE, /* Backspace */
    LINE_COMMAND_LEFT,  /* arrows */
    LINE_COMMAND_RIGHT,
    LINE_COMMAND_ENTER,
    /* Those before this one every line editor knows; the others have to prove themselves. */
    LINE_COMMAND_BACKWARD, /* ^B ^F */
    LINE_COMMAND_FORWARD,
    LINE_COMMAND_RUBOUT, /* ^H */
    LINE_COMMAND_DELETE, /* Del */
    LINE_COMMAND_CTRL_D, /* ^D */
    LINE_COMMAND_BEGIN,  /* ^A */
    LINE_COMMAND_FINISH, /* ^E */
    LINE_COMMAND_HOME,   /* Home, End */
    LINE_COMMAND_END,
    LINE_COMMAND_KILL_ALL,  /* ^U: to the start */
    LINE_COMMAND_KILL_END,  /* ^K */
    LINE_COMMAND_KILL_WORD, /* ^W */
    LINE_COMMAND_YANK,      /* ^Y */
    LINE_COMMAND_WORD_LEFT, /* Alt-b, Ctrl-Left */
    LINE_COMMAND_WORD_RIGHT,
    LINE_COMMAND_DELETE_WORD, /* Alt-d */
    LINE_COMMAND_ERASE_WORD,  /* Alt-Backspace */
    LINE_COMMAND_UP,          /* and ^P: the line sent off before; Down and ^N */
    LINE_COMMAND_DOWN,
    LINE_COMMAND_TAB,
    LINE_COMMAND_CARET,  /* a control that is echoed as "^X" */
    LINE_COMMAND_OTHER,  /* could do anything to the line */
    LINE_COMMAND_BREAK,  /* the same, and the input begins anew */
    LINE_COMMAND_SILENT, /* reports and answers: not for the line */
    LINE_COMMAND_COUNT,
};

/* The discipline in force. */
struct line_rules {
    bool canonical;   /* the terminal driver edits the line */
    bool shift;       /* typed text pushes the rest of the line */
    bool suggests;    /* what is right of the line is a suggestion, not text */
    bool lines_below; /* the line is one of a text: its ends are no walls */
};

/* Which command a key is: to the terminal driver if tty says that it edits lines, else to an editor. */
enum line_command line_command_of(const struct key *key, const struct hints *tty);

/* Text that was cut out and can be yanked. All zeros is none; line_kill_fini() ends it. */
struct line_kill {
    struct row *cells; /* counted; NULL: none, or not known */
    int len;
};

void line_kill_fini(struct line_kill *k);

enum line_effect {
    LINE_EFFECT_NONE, /* the line and its cursor stay as they are */
    LINE_EFFECT_CHANGED,
    LINE_EFFECT_UNKNOWN, /* the line is not to be used any more */
};

/*
 * Do what key, which is command, does to the line. code points of TEXT are those of key. killed is
 * what ^Y gives back, and takes what is cut out.
 */
enum line_effect
line_command_apply(struct line *l, enum line_command command, const struct key *key,
                   const struct line_rules *rules, struct line_kill *killed);

/* Put text (UTF-8) in the place of all that l has, the cursor at its end. False: l is of no use any more. */
bool line_replace(struct line *l, struct view text, const struct line_rules *rules);

#endif
