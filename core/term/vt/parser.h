/*
 * Bytes to tokens: the VT500 state machine (Paul Williams, vt100.net/emu/dec_ansi_parser) over UTF-8.
 * It knows what a sequence looks like and nothing of what one means. Malformed UTF-8 becomes U+FFFD;
 * C1 controls exist only as the code points U+0080 to U+009F.
 * Source: docs/TERMINAL.md, "Parser".
 */
#ifndef SKUA_TERM_VT_PARSER_H
#define SKUA_TERM_VT_PARSER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/view.h"

/* A sequence with more is swallowed whole: docs/TERMINAL.md, "Bounds". */
#define PARSER_PARAMS_MAX    32
#define PARSER_SUBPARAMS_MAX 16

#define PARSER_PARAM_MAX 65535 /* of one value */
#define PARSER_MISSING   (-1)  /* a parameter that is not there */

/*
 * What a sequence is looked up by: private prefix ('<' '=' '>' '?' or 0), up to two intermediates (0:
 * none) and the final byte, in one word that fits a case label.
 */
#define PARSER_KEY(prefix, first, second, final)                                                   \
    ((uint32_t)(prefix) << 24 | (uint32_t)(first) << 16 | (uint32_t)(second) << 8 |                \
     (uint32_t)(final))

/* The key of what is complete but can mean nothing: more intermediates, or a final beyond ASCII. */
#define PARSER_KEY_UNKNOWN 0

/* A control sequence, or the head of a device control string. Borrowed during the callback. */
struct parser_sequence {
    uint32_t key;                    /* PARSER_KEY() */
    int count;                       /* parameters, 1..PARSER_PARAMS_MAX: semicolons and one */
    uint8_t subs[PARSER_PARAMS_MAX]; /* values of each, 1..PARSER_SUBPARAMS_MAX: colons and one */
    int value[PARSER_PARAMS_MAX][PARSER_SUBPARAMS_MAX]; /* 0..PARSER_PARAM_MAX or PARSER_MISSING */
};

/* The first value of parameter i; fallback if it is not there or is 0 (ECMA-48 §5.4.2). */
static inline int
parser_param(const struct parser_sequence *s, int i, int fallback)
{
    return i < s->count && s->value[i][0] > 0 ? s->value[i][0] : fallback;
}

/* Called in the order of the bytes. Views are borrowed during the call. None may be NULL. */
struct parser_handler {
    /* A run of bytes 20..7E outside of any sequence; as long as the input allows. Never empty. */
    void (*print_ascii)(void *context, struct view text);
    /* One or more code points from U+00A0 on, as the text has them one after the other. */
    void (*print)(void *context, const uint32_t *points, size_t count);
    /* A C0 or C1 control that begins no sequence: 00..1F, 80..9F. */
    void (*control)(void *context, uint8_t code);
    /* ESC, up to two intermediates and a final 30..7E, as a key without prefix. */
    void (*escape)(void *context, uint32_t key);
    /* CSI, complete. */
    void (*csi)(void *context, const struct parser_sequence *sequence);
    /* The UTF-8 text of an OSC, free of controls. bel: BEL ended it, so a reply ends in BEL too. */
    void (*osc)(void *context, struct view text, bool bel);
    /* A device control string: its head, and its body as osc's text. */
    void (*dcs)(void *context, const struct parser_sequence *head, struct view body);
};

/* Where emulators of different roles disagree about the machine itself. */
struct parser_rules {
    size_t osc_max_bytes;       /* longer ones are swallowed to their end and not reported */
    size_t clipboard_max_bytes; /* the same, for those that begin with "52;" */
    size_t dcs_max_bytes;       /* the same, for bodies; 0: no device control string is reported */
    int params_max_chars;       /* of digits and separators; the rest is dropped. 0: no limit */
    bool overflow_is_missing;   /* a value over PARSER_PARAM_MAX; else it is that maximum */
    bool has_colons;            /* ':' separates subparameters; else it spoils the sequence */
    bool abort_reports;         /* CAN and SUB end an OSC as ST does; else they discard it */
    bool has_title_string;      /* ESC k begins a string to swallow, as GNU screen has it */
};

struct parser;

/* A parser between two characters. rules is borrowed for the parser's life. */
struct parser *parser_new(const struct parser_rules *rules);
void parser_free(struct parser *p);

/*
 * Eat bytes; handler and context are used during the call alone. Bytes in pieces give the same tokens
 * as bytes at once, except that runs of text are cut where the pieces are.
 */
void parser_feed(struct parser *p, struct view bytes, const struct parser_handler *handler,
                 void *context);

/* Whether nothing is open: no sequence, no string, no half of a character. */
bool parser_is_ground(const struct parser *p);

#endif
