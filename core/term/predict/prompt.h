/*
 * Where the user's input begins on the screen: right of the prompt. Found by looking where the first
 * key was typed, and found again by the prompt's text when the screen has moved.
 */
#ifndef SKUA_TERM_PREDICT_PROMPT_H
#define SKUA_TERM_PREDICT_PROMPT_H

#include <stdbool.h>
#include <stdint.h>

#include "term/screen/screen.h"

/* All zeros is "not seen yet". Ended by prompt_fini(). */
struct prompt {
    struct row *text;  /* counted: the row as it was when the input began; NULL: not seen */
    int row, col;      /* where the input begins */
    bool is_known;     /* that it begins there, and not left of it */
    bool moved_on;     /* the line was sent off: the next key may begin another */
    bool has_returned; /* it came again behind a line that was sent off */
};

void prompt_fini(struct prompt *p);

/*
 * A key is typed while s is shown, and nothing is outstanding: settle row, col and is_known.
 */
void prompt_find(struct prompt *p, const struct screen *s);

/*
 * After a line was sent off: whether the same prompt, or none as before, stands left of the cursor
 * again; then row is settled.
 */
bool prompt_again(struct prompt *p, const struct screen *s);

/* Input begins at column col of the cursor's row: its first characters are known to be there. */
void prompt_begin(struct prompt *p, const struct screen *s, int col);

/* The line was sent off. */
void prompt_move_on(struct prompt *p);

/* The screen moved up by rows. */
void prompt_scroll(struct prompt *p, int rows);

/* The last character of the prompt, blanks apart: "$", ">", ":"; 0 where there is none. */
uint32_t prompt_mark(const struct prompt *p);

/*
 * Whose prompt it is, as a number that another is not likely to have: what stands before the first
 * blank, colon or directory, and the mark.
 */
uint32_t prompt_place(const struct prompt *p);

/* Whether it asks for the rest of a line that is not complete: "> ", "quote> ", "... ", "db-# ". */
bool prompt_goes_on(const struct prompt *p);

/* Whether that is what shells write before a command: "$", "#", "%", ">" and some arrows. */
bool prompt_is_of_shell(const struct prompt *p);

/* Whether it is psql's: the name of a database, then "=>", or "=#" for its master. */
bool prompt_is_of_sql(const struct prompt *p);

/*
 * Whether the whole prompt is one that only an interpreter has, which reads a line of its language
 * behind it: Python, gdb, SQL.
 */
bool prompt_is_of_interpreter(const struct prompt *p);

#endif
